using DealerPortal.Core.Calendar;

namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>The targets that hold: those of the settings, and over them what administrators set.</summary>
public sealed class PromiseTargets(PromiseOptions options, IReadOnlyDictionary<(DossierType Type, PromiseStep Step), int?> set)
{
    public PromiseOptions Options => options;

    /// <summary>In minutes of working time; null for no target.</summary>
    public int? this[DossierType type, PromiseStep step] => set.TryGetValue((type, step), out var minutes) ? minutes : options.Target(type, step);
}

/// <summary>The targets and the calendar that one organisation's promises follow.</summary>
/// <param name="Country">Of the organisation, as an ISO code.</param>
/// <param name="TrackOf">What follows a request of a type.</param>
public sealed record PromiseTerms(PromiseTargets Targets, WorkingDays Days, string Country, Func<DossierType, DossierTrack> TrackOf)
{
    private readonly WorkingHours _hours = new(Days, Targets.Options.Opens, Targets.Options.Closes);

    /// <summary>What the dossier waits for as it stands, from support or from a service centre; null once it waits for nothing.</summary>
    public PromiseStep? StepOf(Dossier dossier) => dossier switch
    {
        { IsOpen: false } => null,
        { Status: RequestStatus.Submitted } or { Status: RequestStatus.InProgress, Step: PromiseStep.FirstAnswer } => PromiseStep.FirstAnswer,
        _ => TrackOf(dossier.Type) switch
        {
            DossierTrack.Repair => PromiseSteps.After(dossier.RepairStatus),
            DossierTrack.Return => PromiseSteps.After(dossier.ReturnStatus),
            _ => PromiseStep.Conclusion,
        },
    };

    /// <summary>UTC: when the step's working time is over; null where it has no target.</summary>
    /// <param name="since">When its clock last began to run.</param>
    /// <param name="used">Minutes that had passed before.</param>
    public DateTime? DueAt(DossierType type, PromiseStep step, DateTime since, int used) =>
        Targets[type, step] is { } minutes ? _hours.Add(since, minutes - used, Country) : null;

    /// <summary>Working minutes between two instants, UTC.</summary>
    public int Minutes(DateTime from, DateTime until) => _hours.Between(from, until, Country);

    /// <summary>The instant before which a promise that ends is «due soon», UTC.</summary>
    public DateTime SoonUntil(DateTime now) => _hours.Add(now, Targets.Options.WarnHours * 60, Country);
}
