namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>
/// Within how many working hours each step of a dossier is to be taken, as long as administrators have not said otherwise, and when the desk works.
/// Settings <c>Promise:Hours:RepairRequest:FirstAnswer</c> and so on, <c>Promise:Opens</c>, <c>Promise:Closes</c>, <c>Promise:WarnHours</c>.
/// </summary>
public sealed class PromiseOptions
{
    /// <summary>The longest target; more is a slip of the keyboard.</summary>
    public const int MaxHours = 999;

    /// <summary>When the desk opens on a working day, Brussels time.</summary>
    public TimeOnly Opens { get; set; } = new(9, 0);

    public TimeOnly Closes { get; set; } = new(17, 0);

    /// <summary>So many working hours before its end a promise is «due soon».</summary>
    public int WarnHours { get; set; } = 2;

    /// <summary>What differs from the usual; 0 for no target.</summary>
    public Dictionary<DossierType, Dictionary<PromiseStep, double>> Hours { get; } = [];

    public bool IsPossible => Opens < Closes && WarnHours is >= 0 and <= MaxHours && Hours.Values.SelectMany(steps => steps.Values).All(hours => hours is >= 0 and <= MaxHours);

    /// <summary>In minutes; null for no target.</summary>
    public int? Target(DossierType type, PromiseStep step)
    {
        var hours = Hours.TryGetValue(type, out var steps) && steps.TryGetValue(step, out var set) ? set : Usual(type, step);
        return hours > 0 ? (int)Math.Round(hours * 60) : null;
    }

    private static double Usual(DossierType type, PromiseStep step) => (step, type) switch
    {
        (PromiseStep.FirstAnswer, DossierType.RepairRequest or DossierType.TechnicalQuestion) => 8,
        (PromiseStep.FirstAnswer, DossierType.MissingAccessory or DossierType.CreditQuestion) => 24,
        (PromiseStep.FirstAnswer, _) => 16,
        (PromiseStep.Conclusion, _) => 40,
        (PromiseStep.RepairOrder or PromiseStep.RepairVisit or PromiseStep.ReturnCollection, _) => 8,
        (PromiseStep.RepairStart or PromiseStep.ReturnDecision or PromiseStep.ReturnPlanning, _) => 16,
        (PromiseStep.RepairParts, _) => 80,
        _ => 40,
    };
}
