using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Dossiers.Unanswered;

/// <summary>
/// Follows up questions that wait for a dealer: two reminders, then the request is closed; an answer within the window of
/// reopening takes it up again. Days are working days of the organisation's country, counted in Brussels from the day after the question.
/// </summary>
public sealed class UnansweredQuestions(PortalDbContext db, DossierHandling handling, IOptions<UnansweredOptions> options, TimeProvider time)
{
    private UnansweredOptions Terms => options.Value;

    /// <summary>Does what is due now. How many dossiers that concerned.</summary>
    public async Task<int> FollowUpAsync(CancellationToken ct)
    {
        var party = WaitingOn.Dealer;
        // No working day is shorter than a day.
        var asked = time.GetUtcNow().UtcDateTime.AddDays(-Terms.FirstReminder + 1);
        var waiting = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(Reader.Portal)
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            where dossier.WaitingOn == party && dossier.StatusSince < asked
            orderby dossier.StatusSince
            select new Question(dossier.Id, dossier.Number, dossier.StatusSince, dossier.Reminders, organisation.Country)).ToListAsync(ct);
        if (waiting.Count == 0)
            return 0;
        var calendar = await db.ReadWorkingDaysAsync(DateOnly.FromDateTime(waiting[0].Since), ct);
        var followed = 0;
        foreach (var question in waiting)
        {
            if (DueOf(question, calendar) is { } due && await TakeAsync(question, due, ct))
                followed++;
        }

        return followed;
    }

    /// <summary>The step that is due; null for none. Where several are, as after a pause of the portal, the last one.</summary>
    private Step? DueOf(Question question, WorkingDays calendar)
    {
        var day = DateOnly.FromDateTime(Formats.ToBrussels(question.Since));
        bool HasPassed(int days) => calendar.Add(day, days, question.Country) <= Formats.Today(time);
        return HasPassed(Terms.Close) ? Step.Close
            : question.Reminders < (int)Step.SecondReminder && HasPassed(Terms.SecondReminder) ? Step.SecondReminder
            : question.Reminders < (int)Step.FirstReminder && HasPassed(Terms.FirstReminder) ? Step.FirstReminder
            : null;
    }

    private async Task<bool> TakeAsync(Question question, Step step, CancellationToken ct)
    {
        var text = await db.Timeline.AsNoTracking().ScopedTo(Reader.Portal)
            .Where(e => e.DossierId == question.Id && e.Actor == ActorKind.Support && !e.IsInternal && e.Text != null)
            .OrderByDescending(e => e.Id).Select(e => e.Text).FirstOrDefaultAsync(ct);
        return await handling.ChangeAsync(
            DossierTarget.ForPortal(question.Number),
            (change, _) => Task.FromResult(Take(change, question, step)),
            step == Step.Close
                ? facts => new DossierClosedUnanswered(facts, text)
                : facts => new DossierReminder(facts, text, question.Since, Terms.Close - (step == Step.FirstReminder ? Terms.FirstReminder : Terms.SecondReminder)),
            ct) == HandlingOutcome.Done;
    }

    /// <summary>Not where somebody did something meanwhile.</summary>
    private static HandlingOutcome Take(DossierChange change, Question question, Step step)
    {
        var dossier = change.Dossier;
        if (dossier.WaitingOn != WaitingOn.Dealer || dossier.StatusSince != question.Since || dossier.Reminders != question.Reminders)
            return HandlingOutcome.NotAllowed;
        if (step == Step.Close)
        {
            if (!dossier.Complete(Resolution.Cancelled, null, change.Now))
                return HandlingOutcome.NotAllowed;
            change.Entry(TimelineKind.ClosedUnanswered, request: RequestStatus.Completed, resolution: Resolution.Cancelled);
            return change.Done("dossier.closed-unanswered");
        }

        dossier.Remind((byte)step);
        if (change.MailsToSend.Count > 0)
            change.Entry(TimelineKind.Reminded);
        change.Record("dossier.reminded", step.ToString());
        return HandlingOutcome.Done;
    }

    /// <summary>What can be due, in its order; of reminders the number is how many there have been with it.</summary>
    private enum Step
    {
        FirstReminder = 1,
        SecondReminder = 2,
        Close = 3,
    }

    private sealed record Question(long Id, string Number, DateTime Since, byte Reminders, string Country);
}
