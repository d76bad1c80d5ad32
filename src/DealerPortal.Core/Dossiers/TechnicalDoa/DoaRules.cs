using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <summary>How a condition stands.</summary>
public enum DoaOutcome : byte
{
    /// <summary>The answer it depends on is not given yet.</summary>
    Open = 0,
    Met = 1,
    NotMet = 2,
    ProofMissing = 3,

    /// <summary>It asks something of sold devices only, and this one is not sold.</summary>
    NotApplicable = 4,
}

/// <summary>What is known of the device when its conditions are judged. Null: not answered yet.</summary>
/// <param name="Today">The day in Brussels.</param>
public sealed record DoaFacts(
    DateOnly Today, bool? Sold, DateOnly? PurchaseDate, bool? IsDamaged, bool? IsComplete, bool HasProof, bool HasSerialPlate, bool HasFaultPhoto);

/// <param name="Days">Since the purchase, where the condition counts them and they are known.</param>
public sealed record DoaFinding(DoaCondition Condition, DoaOutcome Outcome, int? Days = null);

/// <summary>Judges a device against the conditions of its category. Source: design.md «Forms».</summary>
public static class DoaRules
{
    /// <summary>The conditions for a device filed today: the category's own, otherwise the general ones.</summary>
    /// <exception cref="InvalidOperationException">There are none, although a migration brings the general ones.</exception>
    public static Task<DoaConditionSet> DoaConditionsAsync(this PortalDbContext db, int? categoryId, DateOnly today, CancellationToken ct) =>
        db.DoaConditionSets.AsNoTracking().Include(s => s.Conditions.OrderBy(c => c.Position))
            .Where(s => s.EffectiveFrom <= today && s.WithdrawnAt == null && (s.CategoryId == null || s.CategoryId == categoryId))
            .OrderBy(s => s.CategoryId == null ? 1 : 0).ThenByDescending(s => s.EffectiveFrom).ThenByDescending(s => s.Version)
            .FirstAsync(ct);

    /// <summary>In the order of the conditions.</summary>
    public static IReadOnlyList<DoaFinding> Judge(this DoaConditionSet set, DoaFacts facts) =>
        [.. set.Conditions.OrderBy(c => c.Position).Select(condition => Judge(condition, facts))];

    private static DoaFinding Judge(DoaCondition condition, DoaFacts facts) => condition.Kind switch
    {
        DoaConditionKind.PurchasedWithin => Purchase(condition, facts),
        DoaConditionKind.Sold => new(condition, Answer(facts.Sold)),
        DoaConditionKind.NotSold => new(condition, Answer(!facts.Sold)),
        DoaConditionKind.ProofOfPurchase => new(condition, facts.Sold switch
        {
            null => DoaOutcome.Open,
            false => DoaOutcome.NotApplicable,
            true => File(facts.HasProof),
        }),
        DoaConditionKind.SerialPlate => new(condition, File(facts.HasSerialPlate)),
        DoaConditionKind.FaultPhoto => new(condition, File(facts.HasFaultPhoto)),
        DoaConditionKind.Undamaged => new(condition, Answer(!facts.IsDamaged)),
        DoaConditionKind.Complete => new(condition, Answer(facts.IsComplete)),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Kind, null),
    };

    private static DoaFinding Purchase(DoaCondition condition, DoaFacts facts)
    {
        if (facts.Sold == false)
            return new(condition, DoaOutcome.NotApplicable);
        if (facts is { Sold: null } or { PurchaseDate: null } || facts.PurchaseDate > facts.Today)
            return new(condition, DoaOutcome.Open);
        var days = facts.Today.DayNumber - facts.PurchaseDate.Value.DayNumber;
        return new(condition, days <= condition.MaxDays ? DoaOutcome.Met : DoaOutcome.NotMet, days);
    }

    private static DoaOutcome Answer(bool? answer) => answer switch { null => DoaOutcome.Open, true => DoaOutcome.Met, false => DoaOutcome.NotMet };

    private static DoaOutcome File(bool isThere) => isThere ? DoaOutcome.Met : DoaOutcome.ProofMissing;
}
