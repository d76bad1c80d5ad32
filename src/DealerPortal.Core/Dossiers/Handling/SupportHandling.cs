using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>An answer, and where it leaves the request.</summary>
/// <param name="Then">Null leaves the status as it is.</param>
/// <param name="Resolution">With <see cref="RequestStatus.Completed"/>, and only then.</param>
/// <param name="Stamp">Needed where the status changes.</param>
public sealed record SupportAnswer(
    Reader By, string Number, Guid? Stamp, string Text, IReadOnlyList<KeptFile> Files, RequestStatus? Then = null, Resolution? Resolution = null);

/// <summary>A step of the request by itself. Waiting for the dealer and completing need the text that the dealer reads.</summary>
public sealed record SupportStatusChange(Reader By, string Number, Guid Stamp, RequestStatus Status, string? Text, Resolution? Resolution = null);

/// <summary>A step of the repair.</summary>
/// <param name="Text">What the dealer reads; the reason where the repair is cancelled.</param>
/// <param name="Appointment">With <see cref="RepairStatus.AppointmentScheduled"/>, and only then.</param>
public sealed record SupportRepairChange(Reader By, string Number, Guid Stamp, RepairStatus Status, string? Text, PlannedAppointment? Appointment = null);

/// <summary>A step of the pickup or the return.</summary>
/// <param name="Text">What the dealer reads; the reason where it is refused.</param>
/// <param name="Pickup">With <see cref="ReturnStatus.PickupPlanned"/>, and only then.</param>
/// <param name="GrmsNumber">What the manufacturer calls it; null leaves what is known.</param>
public sealed record SupportReturnChange(
    Reader By, string Number, Guid Stamp, ReturnStatus Status, string? Text, PlannedAppointment? Pickup = null, GrmsNumber? GrmsNumber = null);

/// <summary>Who looks after a dossier from now on.</summary>
/// <param name="Stamp">Null takes the dossier as it is now.</param>
/// <param name="AssigneeId">Active staff; null for nobody.</param>
public sealed record SupportAssignment(Reader By, string Number, Guid? Stamp, int? AssigneeId);

/// <summary>Local times in Brussels.</summary>
/// <param name="ComesBy">The technician or the carrier, as the dealer reads it.</param>
public sealed record PlannedAppointment(DateOnly Date, TimeOnly From, TimeOnly Until, string Place, string? ComesBy = null);

/// <summary>What support does with a dossier, by the transition tables.</summary>
public sealed class SupportHandling(DossierHandling handling)
{
    /// <summary>Writes to the dealer, with files, and may ask for an answer or complete the request in the same step.</summary>
    public Task<HandlingOutcome> AnswerAsync(SupportAnswer answer, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(answer.By, answer.Number, answer.Then is null ? null : answer.Stamp), async (change, token) =>
        {
            if (await change.RefusalOfAsync(answer.Files, token) is { } refusal)
                return refusal;
            if (answer.Then is { } next && !Move(change, next, answer.Resolution, answer.Text))
                return HandlingOutcome.NotAllowed;
            if (answer.Then is null)
                change.TakeUp();
            await change.MessageAsync(answer.Text, answer.Files, token);
            if (answer.Then is { } reached)
                change.Entry(TimelineKind.RequestStatusChanged, request: reached, resolution: answer.Resolution);
            return change.Done("dossier.answered", answer.Then?.ToString());
        }, facts => MailOf(facts, answer.Then, answer.Resolution, answer.Text), ct);

    /// <summary>A text that only support sees; the dealer's «updated» does not move.</summary>
    public Task<HandlingOutcome> AddNoteAsync(Reader by, string number, string text, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number, EvenIfMerged: true), (change, _) =>
        {
            change.Entry(TimelineKind.InternalNote, text, isInternal: true);
            change.Record("dossier.note-added");
            return Task.FromResult(HandlingOutcome.Done);
        }, mail: null, ct);

    /// <summary>
    /// Gives the dossier to a member of staff, or to nobody; the dealer's «updated» does not move. Not allowed for people who
    /// are no active staff. Assigning to whom it is assigned already changes nothing.
    /// </summary>
    public Task<HandlingOutcome> AssignAsync(SupportAssignment step, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(step.By, step.Number, step.Stamp), async (change, token) =>
        {
            if (change.Dossier.AssigneeId == step.AssigneeId)
                return HandlingOutcome.Done;
            if (step.AssigneeId is { } assignee && !await change.Write.Db.Users.ActiveStaff().AnyAsync(u => u.Id == assignee, token))
                return HandlingOutcome.NotAllowed;
            change.Dossier.AssigneeId = step.AssigneeId;
            change.Entry(TimelineKind.Assigned, isInternal: true, assigneeId: step.AssigneeId);
            change.Record("dossier.assigned", step.AssigneeId?.ToString(CultureInfo.InvariantCulture));
            return HandlingOutcome.Done;
        }, mail: null, ct);

    /// <summary>Says which service centre works on it; null for whichever reports first. Choosing what is chosen already changes nothing.</summary>
    public Task<HandlingOutcome> ChooseCentreAsync(Reader by, string number, int? centreId, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number), async (change, token) =>
        {
            if (change.Dossier.ServiceCentreId == centreId)
                return HandlingOutcome.Done;
            var name = await change.Write.Db.ServiceCentres.Where(c => c.Id == centreId).Select(c => c.Name).SingleOrDefaultAsync(token);
            if (centreId is not null && name is null)
                return HandlingOutcome.NotFound;
            change.Dossier.ServiceCentreId = centreId;
            change.Entry(TimelineKind.CentreChosen, name, isInternal: true);
            change.Record("dossier.centre-chosen", $"centre {centreId}");
            return HandlingOutcome.Done;
        }, mail: null, ct);

    public Task<HandlingOutcome> ChangeStatusAsync(SupportStatusChange step, CancellationToken ct) =>
        handling.ChangeAsync(
            new DossierTarget(step.By, step.Number, step.Stamp),
            (change, _) =>
            {
                if (!Move(change, step.Status, step.Resolution, step.Text))
                    return Task.FromResult(HandlingOutcome.NotAllowed);
                change.Entry(TimelineKind.RequestStatusChanged, step.Text, request: step.Status, resolution: step.Resolution);
                return Task.FromResult(change.Done("dossier.status-changed", step.Status.ToString()));
            },
            step.Text is null ? null : facts => MailOf(facts, step.Status, step.Resolution, step.Text),
            ct);

    public Task<HandlingOutcome> ChangeRepairAsync(SupportRepairChange step, CancellationToken ct) =>
        StepAsync(new DossierTarget(step.By, step.Number, step.Stamp), new RepairStep(step.Status, step.Text, step.Appointment), ct);

    public Task<HandlingOutcome> ChangeReturnAsync(SupportReturnChange step, CancellationToken ct) =>
        StepAsync(new DossierTarget(step.By, step.Number, step.Stamp), new ReturnStep(step.Status, step.Text, step.Pickup, step.GrmsNumber), ct);

    private async Task<HandlingOutcome> StepAsync(DossierTarget target, TrackStep step, CancellationToken ct)
    {
        // The mail carries the calendar entry's sequence, so it is read first. A move in between renews the stamp too.
        var sequence = step.Planned is null ? 0 : await handling.NextAppointmentSequenceAsync(target, ct);
        return await handling.ChangeAsync(
            target,
            async (change, token) =>
            {
                if (!step.Move(change.Dossier, change.Now))
                    return HandlingOutcome.NotAllowed;
                change.TakeUp();
                if (step.GrmsNumber is { } grms)
                    await change.SetGrmsNumberAsync(grms, token);
                if (step.Planned is { } planned)
                    await change.SetAppointmentAsync(planned, change.Now, sequence, token);
                step.WriteEntry(change);
                return change.Done(step.Action, step.Name);
            },
            step.Mail(sequence),
            ct);
    }

    private static bool Move(DossierChange change, RequestStatus status, Resolution? resolution, string? text) =>
        status == RequestStatus.Completed
            ? resolution is { } reached && change.Dossier.Complete(reached, text, change.Now)
            : change.Dossier.MoveTo(status, change.Now);

    private static PortalMail MailOf(DossierFacts facts, RequestStatus? status, Resolution? resolution, string text) => status switch
    {
        RequestStatus.WaitingForDealer => new DossierQuestion(facts, text),
        RequestStatus.Completed => new DossierCompleted(facts, resolution!.Value, text),
        _ => new DossierAnswered(facts, text, takesUp: status is RequestStatus.InProgress),
    };
}
