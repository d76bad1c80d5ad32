using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Bounces;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.EmailChanges;

/// <summary>A change under way, with the codes of both mailboxes.</summary>
public sealed record OpenEmailChange(EmailChange Change, EmailChangeCode Current, EmailChangeCode New)
{
    public EmailChangeCode CodeOf(EmailSide side) => side == EmailSide.Current ? Current : New;
}

public enum EmailChangeOutcome
{
    Done,

    /// <summary>The mailboxes are not both proven, or the change is over.</summary>
    NotReady,

    /// <summary>Since the codes were sent, the address came into use elsewhere.</summary>
    Taken,
}

/// <summary>
/// Changes the address of an account once both mailboxes have proven that one person reads them. Nothing it answers, and no time
/// it takes, tells whether the new address is known: its owner learns that by mail.
/// </summary>
public sealed class EmailChangeService(
    PortalDatabase database, PortalDbContext db, MailAllowances allowances, MailedCodes codes, SessionService sessions, MailQueue mails, TimeProvider time)
{
    /// <summary>Begins a change, and ends the one that this session had begun; sends other codes when it is the same address.</summary>
    /// <param name="email">As <see cref="EmailAddress.TryParse"/> gives it, and not the person's own.</param>
    public async Task BeginAsync(SessionSnapshot person, string email, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalise(email);
        if (await FindAsync(person, ct) is { } open && open.Change.NormalizedNewEmail == normalized)
        {
            await ResendAsync(person, ct);
            return;
        }

        var now = Now;
        var change = new EmailChange { Id = Guid.NewGuid(), UserId = person.UserId, SessionId = person.SessionId, NewEmail = email, NormalizedNewEmail = normalized, CreatedAt = now };
        var (currentId, newId) = (Guid.NewGuid(), Guid.NewGuid());
        var current = await PrepareCurrentAsync(currentId, change, ct);
        var proposed = await PrepareNewAsync(newId, change, ct);
        await database.WriteAsync(async (write, token) =>
        {
            await Open(write.Db, person).ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosedAt, now), token);
            write.Db.Add(change);
            write.Db.AddRange(CodeOf(currentId, change.Id, EmailSide.Current, current, now), CodeOf(newId, change.Id, EmailSide.New, proposed, now));
            write.Db.Record(now, person.UserId, "user.email-change-begun", nameof(User), person.UserId);
            foreach (var letter in new[] { current, proposed }.OfType<CodeLetter>())
                mails.Enqueue(write, letter.Mail);
        }, ct);
    }

    /// <summary>What this session began and has not finished; null when there is nothing.</summary>
    public async Task<OpenEmailChange?> FindAsync(SessionSnapshot person, CancellationToken ct)
    {
        if (await Open(db, person).AsNoTracking().OrderByDescending(c => c.CreatedAt).FirstOrDefaultAsync(ct) is not { } change)
            return null;
        var both = await db.Set<EmailChangeCode>().AsNoTracking().Where(c => c.ChangeId == change.Id).ToDictionaryAsync(c => c.Side, ct);
        return new OpenEmailChange(change, both[EmailSide.Current], both[EmailSide.New]);
    }

    /// <summary>
    /// Other codes for the mailboxes that are not proven, once a minute; false within it. When an address has had its share of
    /// mails nothing is sent to it, its last code stays valid, and the answer is the same.
    /// </summary>
    public async Task<bool> ResendAsync(SessionSnapshot person, CancellationToken ct)
    {
        if (await FindAsync(person, ct) is not { } open)
            return false;
        var any = false;
        foreach (var side in (EmailSide[])[EmailSide.Current, EmailSide.New])
        {
            var id = open.CodeOf(side).Id;
            if (!await codes.TakeResendAsync<EmailChangeCode>(id, ct))
                continue;
            any = true;
            if (await (side == EmailSide.Current ? PrepareCurrentAsync(id, open.Change, ct) : PrepareNewAsync(id, open.Change, ct)) is { } letter)
                await codes.RenewAsync<EmailChangeCode>(id, letter, ct);
        }

        return any;
    }

    /// <summary>Proves one mailbox.</summary>
    public async Task<CodeOutcome> VerifyAsync(SessionSnapshot person, EmailSide side, string code, CancellationToken ct) =>
        await FindAsync(person, ct) is { } open ? await codes.VerifyAsync<EmailChangeCode>(open.CodeOf(side).Id, code, ct) : CodeOutcome.None;

    /// <summary>Gives the change up.</summary>
    public Task GiveUpAsync(SessionSnapshot person, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        if (await Open(write.Db, person).ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosedAt, Now), token) > 0)
            write.Db.Record(Now, person.UserId, "user.email-change-given-up", nameof(User), person.UserId);
    }, ct);

    /// <summary>
    /// Makes the change once both mailboxes are proven. Every session ends, and so do links that were mailed to the old address;
    /// news of dossiers that waited for the old one go to the new one.
    /// </summary>
    public async Task<EmailChangeOutcome> FinishAsync(SessionSnapshot person, CancellationToken ct)
    {
        if (await FindAsync(person, ct) is not { Current.VerifiedAt: not null, New.VerifiedAt: not null } open)
            return EmailChangeOutcome.NotReady;
        var now = Now;
        var (email, normalized) = (open.Change.NewEmail, open.Change.NormalizedNewEmail);
        var before = await db.Users.AsNoTracking().SingleAsync(u => u.Id == person.UserId, ct);
        var told = new EmailChanged(before.Email!, email);
        RenderedMail[] both = [.. new[] { before.Email!, email }.Select(address => mails.Render(told, new MailRecipient(address, before.FullName, before.Language, before.Id)))];
        var outcome = await database.WriteAgainAfterRaceAsync(async (write, token) =>
        {
            if (await Open(write.Db, person).Where(c => c.Id == open.Change.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosedAt, now), token) == 0)
                return EmailChangeOutcome.NotReady;
            if (await write.Db.Users.AnyAsync(u => u.NormalizedEmail == normalized, token) || await IsInvitedAsync(write.Db, normalized, token))
                return EmailChangeOutcome.Taken;
            var user = await write.Db.Users.SingleAsync(u => u.Id == person.UserId, token);
            user.UserName = user.Email = email;
            user.NormalizedUserName = user.NormalizedEmail = normalized;
            user.SecurityStamp = Secrets.NewToken();
            await write.Db.SaveChangesAsync(token);
            await write.Db.RewriteTokensAsync(user, token);
            await write.Db.Set<PasswordReset>().Where(r => r.UserId == user.Id && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), token);
            await write.Db.Set<OutboxMail>().Where(m => m.UserId == user.Id && m.DossierId != null && m.DueAt != null && m.LeaseId == null)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Recipient, email), token);
            await BouncedMails.ClearAsync(write.Db, user.Id, user.Id, address: null, now, token);
            write.Db.Record(now, user.Id, "user.email-changed", nameof(User), user.Id);
            foreach (var mail in both)
                mails.Enqueue(write, mail);
            return EmailChangeOutcome.Done;
        }, ct);
        if (outcome == EmailChangeOutcome.Done)
            await sessions.EndAllAsync(person.UserId, except: null, ct);
        return outcome;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static IQueryable<EmailChange> Open(PortalDbContext context, SessionSnapshot person) =>
        context.Set<EmailChange>().Where(c => c.UserId == person.UserId && c.SessionId == person.SessionId && c.ClosedAt == null);

    /// <summary>An address that was invited to the staff is kept for its invitation, which another account would break.</summary>
    private static Task<bool> IsInvitedAsync(PortalDbContext context, string normalized, CancellationToken ct) =>
        context.Set<StaffInvitation>().AnyAsync(i => i.NormalizedEmail == normalized && i.AcceptedAt == null && i.WithdrawnAt == null, ct);

    private static EmailChangeCode CodeOf(Guid id, Guid changeId, EmailSide side, CodeLetter? letter, DateTime now) => new()
    {
        Id = id,
        ChangeId = changeId,
        Side = side,
        CodeHash = letter?.Hash,
        CodeExpiresAt = now + MailedCode.CodeLifetime,
        LastRequestedAt = now,
    };

    private async Task<CodeLetter?> PrepareCurrentAsync(Guid codeId, EmailChange change, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == change.UserId, ct);
        if (!await allowances.TakeAsync(user.NormalizedEmail!, ct))
            return null;
        var code = Secrets.NewCode();
        return new CodeLetter(Secrets.OfCode(codeId, code), mails.Render(
            new EmailChangeApproval(code, change.NewEmail), new MailRecipient(user.Email!, user.FullName, user.Language, user.Id)));
    }

    private async Task<CodeLetter?> PrepareNewAsync(Guid codeId, EmailChange change, CancellationToken ct)
    {
        var allowed = await allowances.TakeAsync(change.NormalizedNewEmail, ct);
        var isInvited = await IsInvitedAsync(db, change.NormalizedNewEmail, ct);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == change.NormalizedNewEmail, ct);
        var inUse = isInvited || owner is not null;
        var code = Secrets.NewCode();
        // An address in use gets a code that no six digits can be; making it takes the same time.
        var hash = Secrets.OfCode(codeId, inUse ? Secrets.NewToken() : code);
        if (!allowed)
            return null;
        // Whoever reads the new mailbox may be a stranger, to whom nobody's name is told.
        var to = owner is null
            ? new MailRecipient(change.NewEmail, "", Languages.Current)
            : new MailRecipient(owner.Email!, owner.FullName, owner.Language, owner.Id);
        return new CodeLetter(hash, inUse ? mails.Render(new AddressInUse("/sign-in"), to) : mails.Render(new EmailChangeProof(code), to));
    }
}
