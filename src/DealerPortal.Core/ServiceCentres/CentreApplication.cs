using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>
/// One event at work on its dossier, within the write that stores it. A step or a text leaves one entry in the timeline,
/// which the dealer sees where it tells them something.
/// </summary>
internal sealed class CentreApplication(DossierChange change, CentreReport report, CentrePlan plan)
{
    private Dossier Dossier => change.Dossier;

    /// <summary>Null when the appointment was moved meanwhile, so that the mail that was prepared is out of date.</summary>
    public async Task<CentreEventOutcome?> ApplyAsync(CancellationToken ct)
    {
        change.SendOnly(_ => false);
        var outcome = await OutcomeAsync(ct);
        change.Record("dossier.centre-event", $"centre {plan.CentreId}, {plan.Meaning?.ToString() ?? "no meaning"}, {outcome}");
        return outcome;
    }

    private async Task<CentreEventOutcome?> OutcomeAsync(CancellationToken ct)
    {
        if (plan.Meaning is not { } meaning)
            return CentreEventOutcome.UnknownCode;
        if (meaning == CodeMeaning.Ignored)
            return CentreEventOutcome.Ignored;
        if (meaning.Step(report, plan.Text) is not { } step)
            return await InformAsync(ct);
        if (step.Track == plan.Track && plan.Lacks.Count == 0)
            return await ReportAsync(step, ct);
        step.WriteReport(change, report.OccurredAt, isInternal: true);
        return step.Track == plan.Track ? CentreEventOutcome.Incomplete : CentreEventOutcome.WrongTrack;
    }

    private async Task<CentreEventOutcome?> InformAsync(CancellationToken ct)
    {
        change.Entry(TimelineKind.CentreReport, plan.Text, isInternal: plan.Text is null, occurredAt: report.OccurredAt);
        var isNumberNew = await TakeNumbersAsync(ct);
        change.SendOnly(kind => isNumberNew && kind == nameof(GrmsNumberKnown));
        if (plan.Text is not null)
            Dossier.Touch(change.Now);
        return CentreEventOutcome.Applied;
    }

    private async Task<CentreEventOutcome?> ReportAsync(TrackStep step, CancellationToken ct)
    {
        var standing = step.Planned is null ? null : await change.FindAppointmentAsync(ct);
        var planned = step.Planned is { } appointment && IsNewer(appointment, standing) ? appointment : null;
        if (planned is not null && plan.Sequence != (standing?.Sequence + 1 ?? 0))
            return null;

        var effect = step.Report(Dossier, report.OccurredAt, change.Now);
        // While the status is that of an appointment, the later appointment counts; of one instant the one for later.
        if (step.Planned is not null && step.IsStanding(Dossier) && effect is ReportEffect.Moved or ReportEffect.Late)
            effect = planned is null ? ReportEffect.Late : ReportEffect.Moved;
        if (planned is not null && IsToCome && effect is ReportEffect.Moved or ReportEffect.Late)
            await change.SetAppointmentAsync(planned, report.OccurredAt, plan.Sequence, ct);
        Tell(step, effect);
        var isNumberNew = await TakeNumbersAsync(ct);
        var isTold = effect == ReportEffect.Moved && step.Mail(plan.Sequence) is not null;
        change.SendOnly(kind => kind == nameof(GrmsNumberKnown) ? isNumberNew && !isTold : isTold);
        return effect switch
        {
            ReportEffect.Moved => CentreEventOutcome.Applied,
            ReportEffect.Late => CentreEventOutcome.Late,
            ReportEffect.Repeated => CentreEventOutcome.Repeated,
            _ => CentreEventOutcome.Refused,
        };
    }

    private void Tell(TrackStep step, ReportEffect effect)
    {
        if (effect is ReportEffect.Repeated or ReportEffect.Refused)
        {
            step.WriteReport(change, report.OccurredAt, isInternal: true);
            return;
        }

        if (effect == ReportEffect.Moved)
        {
            change.TakeUp();
            step.WriteEntry(change, report.OccurredAt);
        }
        else
        {
            step.WriteReport(change, report.OccurredAt, isInternal: false);
        }

        Dossier.Touch(change.Now);
    }

    /// <summary>Whether an appointment still matters.</summary>
    private bool IsToCome => plan.Track == DossierTrack.Repair ? !RepairTransitions.IsEnd(Dossier.RepairStatus) : ReturnTransitions.AwaitsPickup(Dossier.ReturnStatus);

    private bool IsNewer(PlannedAppointment planned, Appointment? standing) =>
        standing is null || (report.OccurredAt, planned.Date, planned.From, planned.Until).CompareTo((standing.ArrangedAt ?? DateTime.MinValue, standing.Date, standing.From, standing.Until)) > 0;

    /// <summary>Takes over the numbers that the event brings.</summary>
    /// <returns>Whether the manufacturer's number is new.</returns>
    private async Task<bool> TakeNumbersAsync(CancellationToken ct)
    {
        if (report.OrderNumber is { } order && await CountsAsync(order, Dossier.ServiceOrderNumber, e => e.OrderNumber == Dossier.ServiceOrderNumber, ct))
            await change.SetServiceOrderNumberAsync(order, ct);
        if (report.GrmsNumber is not { } grms || !await CountsAsync(grms.Value, Dossier.GrmsNumber, e => e.GrmsNumber == Dossier.GrmsNumber, ct))
            return false;
        await change.SetGrmsNumberAsync(grms, ct);
        change.Entry(TimelineKind.GrmsNumberSet, grms.Value, occurredAt: report.OccurredAt);
        Dossier.Touch(change.Now);
        return true;
    }

    /// <summary>Where none stands; and over one that an earlier event brought, but not over one that a person wrote.</summary>
    private async Task<bool> CountsAsync(string brought, string? standing, System.Linq.Expressions.Expression<Func<CentreEvent, bool>> brings, CancellationToken ct)
    {
        if (standing is null || standing == brought)
            return standing is null;
        var last = await change.Write.Db.CentreEvents.Where(e => e.DossierId == Dossier.Id).Where(brings).MaxAsync(e => (DateTime?)e.OccurredAt, ct);
        return last < report.OccurredAt;
    }
}
