using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>What became of a change to a dossier. Only <see cref="Done"/> changed anything.</summary>
public enum HandlingOutcome
{
    Done,

    /// <summary>There is no such dossier for this person.</summary>
    NotFound,

    /// <summary>The transition tables do not lead there from where it stands.</summary>
    NotAllowed,

    /// <summary>Somebody changed it since the page was made.</summary>
    Stale,

    /// <summary>It would have more files than <see cref="FileLimits.MaxFilesPerDossier"/>.</summary>
    TooManyFiles,

    /// <summary>One of its files came with another message already, as when the same page was sent twice.</summary>
    FilesUsed,

    /// <summary>It was added before, as when the same mail is read twice.</summary>
    AlreadyTaken,
}

/// <summary>The dossier to change, and who changes it.</summary>
/// <param name="By">Whose rights decide whether it is found.</param>
/// <param name="Stamp">What the person had before them; null for additions, which never conflict.</param>
/// <param name="EvenIfMerged">Whether it may be made to a duplicate that was merged into another dossier.</param>
public sealed record DossierTarget(Reader By, string Number, Guid? Stamp = null, bool EvenIfMerged = false)
{
    /// <summary>Who stands behind the change in the timeline and in the audit.</summary>
    public DossierActor Actor { get; init; } = DossierActor.Of(By);

    /// <summary>On the portal's own account, as time has passed.</summary>
    public static DossierTarget ForPortal(string number) => new(Reader.Portal, number) { Actor = new(ActorKind.System, null) };

    /// <summary>On the report of a service centre that was checked before.</summary>
    public static DossierTarget ForServiceCentre(string number) => new(Reader.Portal, number) { Actor = new(ActorKind.ServiceCentre, null) };
}

/// <param name="PersonId">Null for a machine.</param>
public sealed record DossierActor(ActorKind Kind, int? PersonId)
{
    internal static DossierActor Of(Reader reader) => new(reader.IsStaff ? ActorKind.Support : ActorKind.Dealer, reader.UserId);
}

/// <summary>
/// How every change to a dossier is written: status, timeline, files, mail and audit row in one write, or nothing of it.
/// The mail is rendered before, in the owner's language, and only for an owner who asked for mails, and for mails of its kind.
/// </summary>
public sealed class DossierHandling(PortalDatabase database, PortalDbContext db, DossierKinds kinds, DossierPromises promises, MailQueue queue, TimeProvider time)
{
    private const int MaxAttempts = 5;

    internal Task<HandlingOutcome> ChangeAsync(
        DossierTarget target,
        Func<DossierChange, CancellationToken, Task<HandlingOutcome>> change,
        Func<DossierFacts, PortalMail>? mail,
        CancellationToken ct) => ChangeAsync(target, change, mail is null ? [] : [mail], ct);

    /// <param name="mails">What the change may have to tell; it sends all of it, unless it says <see cref="DossierChange.SendOnly"/>.</param>
    internal async Task<HandlingOutcome> ChangeAsync(
        DossierTarget target,
        Func<DossierChange, CancellationToken, Task<HandlingOutcome>> change,
        IReadOnlyList<Func<DossierFacts, PortalMail>> mails,
        CancellationToken ct)
    {
        if (await promises.OfDossierAsync(target.By, target.Number, ct) is not { } terms)
            return HandlingOutcome.NotFound;
        for (var attempt = 1; ; attempt++)
        {
            var rendered = mails.Count == 0 ? [] : await RenderAsync(target, mails, ct);
            try
            {
                return await database.WriteAsync(async (write, token) =>
                {
                    var dossier = await write.Db.Dossiers.VisibleTo(target.By).SingleOrDefaultAsync(d => d.Number == target.Number, token);
                    if (dossier is null)
                        return HandlingOutcome.NotFound;
                    if (target.Stamp is { } stamp && stamp != dossier.Stamp)
                        return HandlingOutcome.Stale;
                    if ((dossier.MergedIntoId is not null && !target.EvenIfMerged) || dossier.AnonymisedAt is not null)
                        return HandlingOutcome.NotAllowed;

                    var step = new DossierChange(write, dossier, target, time.GetUtcNow().UtcDateTime) { Mails = rendered };
                    var outcome = await change(step, token);
                    if (outcome != HandlingOutcome.Done)
                    {
                        write.Db.ChangeTracker.Clear();
                        return outcome;
                    }

                    await step.FollowAsync(terms, token);
                    foreach (var mail in step.MailsToSend)
                        await queue.EnqueueAsync(write, mail, token);
                    return outcome;
                }, ct);
            }
            catch (DbUpdateConcurrencyException) when (target.Stamp is not null)
            {
                return HandlingOutcome.Stale;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MaxAttempts)
            {
                // Somebody saved in between: an addition is simply made to what is there now.
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation() && attempt < MaxAttempts)
            {
                // The same files came twice at once: the second time they are seen to be used.
            }
        }
    }

    internal async Task<int> NextAppointmentSequenceAsync(DossierTarget target, CancellationToken ct) => await (
        from appointment in db.Appointments.AsNoTracking().ScopedTo(target.By)
        join dossier in db.Dossiers.VisibleTo(target.By) on appointment.DossierId equals dossier.Id
        where dossier.Number == target.Number
        select (int?)appointment.Sequence).SingleOrDefaultAsync(ct) + 1 ?? 0;

    /// <summary>The mails for the owner; none when they must not be sent or there is nobody to get them.</summary>
    private async Task<IReadOnlyList<RenderedMail>> RenderAsync(DossierTarget target, IReadOnlyList<Func<DossierFacts, PortalMail>> mails, CancellationToken ct)
    {
        var found = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(target.By)
            join owner in db.Users.AsNoTracking() on dossier.OwnerId equals owner.Id
            where dossier.Number == target.Number && dossier.NotifyByMail && owner.DeactivatedAt == null
                && db.Memberships.Any(m => m.UserId == owner.Id && m.OrganisationId == dossier.OrganisationId && m.Status == MembershipStatus.Approved)
            select new
            {
                Dossier = dossier,
                OwnerId = owner.Id,
                owner.Email,
                owner.FirstName,
                owner.LastName,
                owner.Language,
                owner.MutedMails,
            }).SingleOrDefaultAsync(ct);
        if (found is null)
            return [];
        if (await FactsAsync(found.Dossier, found.Language, target.By, ct) is not { } facts)
            return [];
        var to = new MailRecipient(found.Email!, $"{found.FirstName} {found.LastName}", found.Language, found.OwnerId);
        return [.. mails.Select(mail => mail(facts)).Where(mail => (mail.Topic & found.MutedMails) == MailTopics.None).Select(mail => queue.Render(mail, to))];
    }

    /// <summary>A mail about the dossier for somebody else than its owner; null when there is no such dossier.</summary>
    internal async Task<RenderedMail?> RenderAsync(DossierTarget target, Func<DossierFacts, PortalMail> mail, MailRecipient to, CancellationToken ct) =>
        await db.Dossiers.AsNoTracking().VisibleTo(target.By).SingleOrDefaultAsync(d => d.Number == target.Number, ct) is { } dossier
            && await FactsAsync(dossier, to.Language, target.By, ct) is { } facts
            ? queue.Render(mail(facts), to)
            : null;

    private async Task<DossierFacts?> FactsAsync(Dossier dossier, string language, Reader by, CancellationToken ct)
    {
        var kind = kinds[dossier.Type];
        if (await kind.FindAsync(db, dossier.Id, by, ct) is not { } details)
            return null;
        var model = dossier.ModelId is { } modelId ? await db.Models.AsNoTracking().Where(m => m.Id == modelId).Select(m => m.Name).SingleAsync(ct) : null;
        return DossierFacts.Of(dossier, kind, () => kind.Answers(details), model?.In(language));
    }
}
