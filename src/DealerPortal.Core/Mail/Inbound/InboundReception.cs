using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail.Bounces;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>
/// Takes one mail in: as a message on the dossier its token names, for a sender who could write it on the dossier's page as well;
/// or into the list that support looks through. One instance serves one mail.
/// </summary>
public sealed class InboundReception(
    PortalDatabase database,
    PortalDbContext db,
    CurrentTenant tenant,
    ReplyTokens tokens,
    FileKeeping keeping,
    DossierHandling handling,
    DealerHandling dealers,
    MailQueue queue,
    IOptions<MailOptions> options,
    TimeProvider time)
{
    /// <summary>How it ended; how it had ended, where this mail was read before.</summary>
    public async Task<InboundOutcome> TakeAsync(InboundPlace place, MimeMessage message, CancellationToken ct)
    {
        var mail = InboundMessage.Of(message);
        if (await FindAsync(db, place, mail, ct) is { } before)
            return before;
        // Before machines' mails are ignored: a report is one of them.
        if (DeliveryReport.Of(message) is { } report && await BouncedMails.FindAsync(db, report, ct) is { } returned)
            return await StoreAsync(place, mail, InboundOutcome.Ignored, InboundReason.MailReturned, null, ct, also: (write, token) =>
                BouncedMails.RecordAsync(write.Db, returned.Mail, returned.Failure.ToBounce(returned.Mail.Recipient), Now, token), dossierId: returned.Mail.DossierId);
        if (InboundSorting.ReasonToIgnore(mail, options.Value) is { } machine)
            return await StoreAsync(place, mail, InboundOutcome.Ignored, machine, null, ct);
        var body = InboundBody.Of(message);
        var (reason, author, dossier) = await AuthorAsync(mail, ct);
        return author is null || dossier is null
            ? await StoreAsync(place, mail, InboundOutcome.Kept, reason, body, ct)
            : await AnswerAsync(place, mail, body, author, dossier, ct);
    }

    /// <summary>A mail that was not fetched, since it is too large, or could not be read: what its head says is all there is.</summary>
    public async Task<InboundOutcome> KeepHeadAsync(InboundPlace place, HeaderList head, InboundReason reason, CancellationToken ct)
    {
        using var message = new MimeMessage(head);
        var mail = InboundMessage.Of(message);
        if (await FindAsync(db, place, mail, ct) is { } before)
            return before;
        return InboundSorting.ReasonToIgnore(mail, options.Value) is { } machine
            ? await StoreAsync(place, mail, InboundOutcome.Ignored, machine, null, ct)
            : await StoreAsync(place, mail, InboundOutcome.Kept, reason, null, ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Who wrote it and on which dossier; or why that is not certain, or not allowed.</summary>
    private async Task<(InboundReason Reason, Author? Author, Dossier? Dossier)> AuthorAsync(InboundMessage mail, CancellationToken ct)
    {
        if (tokens.HashIn(mail.Addresses) is not { } hash
            || await db.Set<OutboxMail>().Where(m => m.ReplyTokenHash == hash).Select(m => m.DossierId).SingleOrDefaultAsync(ct) is not { } dossierId)
        {
            return (InboundReason.UnknownToken, null, null);
        }

        if (mail.Sender is not { } sender || await UserAsync(sender, ct) is not { } user)
            return (InboundReason.UnknownSender, null, null);
        // The token found it; what the sender may do with it is decided within their organisation.
        var dossier = await db.Dossiers.AsNoTracking().AllOrganisations().SingleAsync(d => d.Id == dossierId, ct);
        if (await AuthorAsync(user, dossier.OrganisationId, ct) is not { } author)
            return (InboundReason.NotAllowed, null, null);
        tenant.Set(dossier.OrganisationId);
        return await db.Dossiers.VisibleTo(author.Reader).AnyAsync(d => d.Id == dossierId, ct) ? (default, author, dossier) : (InboundReason.NotAllowed, null, null);
    }

    private Task<User?> UserAsync(string address, CancellationToken ct)
    {
        var key = EmailAddress.Normalise(address);
        return db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == key, ct);
    }

    /// <summary>As who the person would be signed in for that organisation; null where they could not be.</summary>
    private async Task<Author?> AuthorAsync(User user, int organisationId, CancellationToken ct)
    {
        if (user.DeactivatedAt is not null || user.StaffRole != StaffRole.None)
            return null;
        var place = await (
            from membership in db.Memberships.AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.UserId == user.Id && organisation.Id == organisationId && organisation.DeactivatedAt == null && membership.Status == MembershipStatus.Approved
            select new SessionOrganisation(organisation.Id, organisation.Name, membership.Role, organisation.ColleaguesSeeAll)).SingleOrDefaultAsync(ct);
        return place is null ? null : new Author(new Reader(user.Id, StaffRole.None, place.SeesAll), new MailRecipient(user.Email!, user.FullName, user.Language, user.Id));
    }

    private async Task<InboundOutcome> AnswerAsync(InboundPlace place, InboundMessage mail, InboundBody body, Author author, Dossier dossier, CancellationToken ct)
    {
        var room = FileLimits.MaxFilesPerDossier - await db.Attachments.CountAsync(a => a.DossierId == dossier.Id, ct);
        var (kept, refused) = await TakeFilesAsync(body.Files, room, ct);
        var answer = new Answer(place, mail, body, author, dossier);
        var outcome = await AddAsync(answer, kept, refused, ct);
        if (outcome is HandlingOutcome.TooManyFiles)
        {
            // Somebody added files meanwhile. What was written is worth more than that all of it stays together.
            await keeping.RemoveAsync(kept.SelectMany(file => file.Keys));
            refused = [.. kept.Select(file => new RefusedFile(file.Name, FileRefusal.TooMany)), .. refused];
            kept = [];
            outcome = await AddAsync(answer, kept, refused, ct);
        }

        if (outcome is HandlingOutcome.Done)
            return InboundOutcome.Taken;
        await keeping.RemoveAsync(kept.SelectMany(file => file.Keys));
        return outcome is HandlingOutcome.AlreadyTaken
            ? InboundOutcome.Taken
            : await StoreAsync(place, mail, InboundOutcome.Kept, answer.Refusal ?? InboundReason.NotAllowed, body, ct, answer.Refusal == InboundReason.NothingToSay ? await NoticeAsync(answer, refused, hasMessage: false, ct) : null);
    }

    private async Task<HandlingOutcome> AddAsync(Answer answer, List<KeptFile> kept, List<RefusedFile> refused, CancellationToken ct)
    {
        var pieces = ReplyText.Pieces(answer.Body.OwnText, TimelineEntry.TextMaxLength);
        if (pieces.Count == 0 && kept.Count == 0)
        {
            answer.Refusal = InboundReason.NothingToSay;
            return HandlingOutcome.NotAllowed;
        }

        var notice = await NoticeAsync(answer, refused, hasMessage: true, ct);
        return await dealers.AddMessageAsync(new DealerMessage(answer.Author.Reader, answer.Dossier.Number, pieces.Count == 0 ? null : pieces[0], kept)
        {
            Continued = [.. pieces.Skip(1)],
            CameByMail = true,
            Guard = async (change, token) =>
            {
                if (await FindAsync(change.Write.Db, answer.Place, answer.Mail, token) is not null)
                    return HandlingOutcome.AlreadyTaken;
                if (change.Dossier.Status != RequestStatus.Completed || change.Dossier.CanReopen(change.Now))
                    return null;
                answer.Refusal = InboundReason.ClosedTooLong;
                return HandlingOutcome.NotAllowed;
            },
            Also = async (change, token) =>
            {
                change.Write.Db.Add(answer.Mail.Row(answer.Place, change.Now, InboundOutcome.Taken, null, dossierId: change.Dossier.Id));
                if (refused.Count > 0)
                    change.Entry(TimelineKind.FilesNotTaken, RefusedFile.Write(refused));
                if (notice is not null)
                    await queue.EnqueueAsync(change.Write, notice, token);
            },
        }, ct);
    }

    private async Task<RenderedMail?> NoticeAsync(Answer answer, IReadOnlyList<RefusedFile> refused, bool hasMessage, CancellationToken ct) => refused.Count == 0
        ? null
        : await handling.RenderAsync(new DossierTarget(answer.Author.Reader, answer.Dossier.Number), facts => new FilesNotTaken(facts, refused, hasMessage), answer.Author.Recipient, ct);

    private async Task<(List<KeptFile> Kept, List<RefusedFile> Refused)> TakeFilesAsync(IReadOnlyList<InboundFile> files, int room, CancellationToken ct)
    {
        var (kept, refused) = (new List<KeptFile>(), new List<RefusedFile>());
        foreach (var file in files)
        {
            if (kept.Count >= room)
            {
                refused.Add(new RefusedFile(file.Name, FileRefusal.TooMany));
                continue;
            }

            await using var content = file.Open();
            switch (await keeping.KeepAsync(content, file.Name, ct))
            {
                case KeepResult.Kept taken:
                    kept.Add(taken.File);
                    break;
                case KeepResult.Refused not:
                    refused.Add(new RefusedFile(file.Name, not.Reason));
                    break;
            }
        }

        return (kept, refused);
    }

    private async Task<InboundOutcome> StoreAsync(
        InboundPlace place, InboundMessage mail, InboundOutcome outcome, InboundReason reason, InboundBody? body, CancellationToken ct,
        RenderedMail? notice = null, Func<WriteScope, CancellationToken, Task>? also = null, long? dossierId = null)
    {
        var text = body is null ? null : Bounded(InboundMessage.Printable(body.WholeText).ReplaceLineEndings("\n").Trim(), InboundMail.TextMaxLength);
        var files = body is null ? null : Bounded(string.Join('\n', body.Files.Select(file => file.Name)), InboundMail.FilesMaxLength);
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                if (await FindAsync(write.Db, place, mail, token) is { } before)
                    return before;
                write.Db.Add(mail.Row(place, Now, outcome, reason, text, files, dossierId));
                if (also is not null)
                    await also(write, token);
                if (notice is not null)
                    await queue.EnqueueAsync(write, notice, token);
                return outcome;
            }, ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another instance read it at the same moment.
            return outcome;
        }
    }

    private static async Task<InboundOutcome?> FindAsync(PortalDbContext db, InboundPlace place, InboundMessage mail, CancellationToken ct) =>
        await db.Set<InboundMail>()
            .Where(m => m.Fingerprint == mail.Fingerprint || (m.Mailbox == place.Mailbox && m.UidValidity == place.UidValidity && m.Uid == place.Uid))
            .Select(m => (InboundOutcome?)m.Outcome).FirstOrDefaultAsync(ct);

    private static string? Bounded(string text, int length) => text.Length == 0 ? null
        : text.Length <= length ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private sealed record Author(Reader Reader, MailRecipient Recipient);

    private sealed record Answer(InboundPlace Place, InboundMessage Mail, InboundBody Body, Author Author, Dossier Dossier)
    {
        /// <summary>Why it is no message after all.</summary>
        public InboundReason? Refusal { get; set; }
    }
}
