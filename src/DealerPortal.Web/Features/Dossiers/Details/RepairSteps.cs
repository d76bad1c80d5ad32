using DealerPortal.Core;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Web.Features.Dossiers.Details;

public enum StepState
{
    Done,
    Now,
    ToCome,
}

/// <summary>A step of the repair as the panel shows it.</summary>
/// <param name="When">The day it was reached, or the appointment.</param>
public sealed record RepairStep(RepairStatus Status, StepState State, string? When);

public static class RepairSteps
{
    private static readonly RepairStatus[] Usual =
        [RepairStatus.OrderReceived, RepairStatus.AppointmentScheduled, RepairStatus.InRepair, RepairStatus.RepairCompleted];

    /// <summary>What happened, where the repair stands, and what usually follows. A step that was passed over is left out.</summary>
    public static IReadOnlyList<RepairStep> Of(DossierDetails details)
    {
        if (details.Dossier.RepairStatus is not { } now)
            return [];
        var reached = details.Timeline.Where(item => item.Entry.RepairStatus is not null)
            .GroupBy(item => item.Entry.RepairStatus!.Value).ToDictionary(group => group.Key, group => group.Max(item => item.Entry.At));
        var done = Usual.Append(RepairStatus.WaitingForParts)
            .Where(status => status != now && reached.ContainsKey(status) && (RepairTransitions.IsEnd(now) || status < now || reached[status] < reached.GetValueOrDefault(now)))
            .OrderBy(status => reached[status])
            .Select(status => new RepairStep(status, StepState.Done, Formats.ShortDate(DateOnly.FromDateTime(Formats.ToBrussels(reached[status])))));
        var toCome = RepairTransitions.IsEnd(now) ? [] : Usual.Where(status => Rank(status) > Rank(now)).Select(status => new RepairStep(status, StepState.ToCome, null));
        return [.. done, new RepairStep(now, StepState.Now, When(details, now, reached)), .. toCome];
    }

    /// <summary>Waiting for parts is a pause within the repair.</summary>
    private static int Rank(RepairStatus status) => status == RepairStatus.WaitingForParts ? (int)RepairStatus.InRepair : (int)status;

    private static string? When(DossierDetails details, RepairStatus now, Dictionary<RepairStatus, DateTime> reached)
    {
        if (now == RepairStatus.AppointmentScheduled && details.Appointment is { } appointment)
            return $"{Formats.LongDate(appointment.Date)}, {Formats.HourRange(appointment.From, appointment.Until)}";
        return reached.TryGetValue(now, out var at) ? Formats.ShortDate(DateOnly.FromDateTime(Formats.ToBrussels(at))) : null;
    }
}
