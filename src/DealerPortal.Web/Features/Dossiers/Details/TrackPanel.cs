using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Dossiers.Details;

public enum StepState
{
    Done,
    Now,
    ToCome,
}

/// <summary>A step as the panel shows it.</summary>
/// <param name="When">The day it was reached, or the appointment.</param>
public sealed record TrackStep(StatusBadge Badge, StepState State, string? When);

/// <summary>Where the repair or the return of a dossier stands, for its panel.</summary>
/// <param name="Last">The entry that last moved it.</param>
/// <param name="Reason">Why it was cancelled or refused.</param>
/// <param name="IsOver">An appointment is of no interest any more.</param>
public sealed record TrackPanel(DossierTrack Track, StatusBadge Badge, IReadOnlyList<TrackStep> Steps, TimelineEntry? Last, string? Reason, bool IsOver)
{
    private static readonly RepairStatus[] UsualRepair =
        [RepairStatus.OrderReceived, RepairStatus.AppointmentScheduled, RepairStatus.InRepair, RepairStatus.RepairCompleted];

    private static readonly ReturnStatus[] UsualReturn =
        [ReturnStatus.Authorised, ReturnStatus.PickupPlanned, ReturnStatus.Collected, ReturnStatus.Inspected, ReturnStatus.Credited];

    /// <summary>Null while nobody has reported anything.</summary>
    public static TrackPanel? Of(DossierDetails details) => details.Dossier switch
    {
        { RepairStatus: { } repair } dossier => new(
            DossierTrack.Repair,
            StatusBadge.Of(repair),
            StepsOf(details, repair, entry => entry.RepairStatus, UsualRepair, Rank, RepairTransitions.IsEnd(repair), StatusBadge.Of, RepairStatus.AppointmentScheduled),
            LastEntry(details, entry => entry.RepairStatus is not null),
            dossier.RepairCancelledReason,
            RepairTransitions.IsEnd(repair)),
        { ReturnStatus: { } returned } dossier => new(
            DossierTrack.Return,
            StatusBadge.Of(returned),
            StepsOf(details, returned, entry => entry.ReturnStatus, UsualReturn, status => (int)status, ReturnTransitions.IsEnd(returned), StatusBadge.Of, ReturnStatus.PickupPlanned),
            LastEntry(details, entry => entry.ReturnStatus is not null),
            dossier.ReturnRefusedReason,
            returned >= ReturnStatus.Collected),
        _ => null,
    };

    /// <summary>What happened, where it stands, and what usually follows. A step that was passed over is left out.</summary>
    private static List<TrackStep> StepsOf<TStatus>(
        DossierDetails details,
        TStatus now,
        Func<TimelineEntry, TStatus?> statusOf,
        TStatus[] usual,
        Func<TStatus, int> rank,
        bool isOver,
        Func<TStatus, StatusBadge> badge,
        TStatus appointed)
        where TStatus : struct, Enum
    {
        // What a service centre reported late happened all the same; what it reported without effect did not.
        var reached = details.Timeline.Where(item => statusOf(item.Entry) is not null && !item.Entry.IsInternal)
            .GroupBy(item => statusOf(item.Entry)!.Value).ToDictionary(group => group.Key, group => group.Max(item => item.Entry.OccurredAt ?? item.Entry.At));
        var done = reached.Keys
            .Where(status => !status.Equals(now) && (isOver || rank(status) < rank(now) || reached[status] < reached.GetValueOrDefault(now)))
            .OrderBy(status => reached[status])
            .Select(status => new TrackStep(badge(status), StepState.Done, Day(reached[status])));
        var toCome = isOver ? [] : usual.Where(status => rank(status) > rank(now)).Select(status => new TrackStep(badge(status), StepState.ToCome, null));
        var when = now.Equals(appointed) && details.Appointment is { } appointment
            ? $"{Formats.LongDate(appointment.Date)}, {Formats.HourRange(appointment.From, appointment.Until)}"
            : reached.TryGetValue(now, out var at) ? Day(at) : null;
        return [.. done, new TrackStep(badge(now), StepState.Now, when), .. toCome];
    }

    /// <summary>Waiting for parts is a pause within the repair.</summary>
    private static int Rank(RepairStatus status) => status == RepairStatus.WaitingForParts ? (int)RepairStatus.InRepair : (int)status;

    private static TimelineEntry? LastEntry(DossierDetails details, Func<TimelineEntry, bool> moved) =>
        details.Timeline.Select(item => item.Entry).FirstOrDefault(entry => entry.Kind != TimelineKind.CentreReport && moved(entry));

    private static string Day(DateTime utc) => Formats.ShortDate(DateOnly.FromDateTime(Formats.ToBrussels(utc)));
}
