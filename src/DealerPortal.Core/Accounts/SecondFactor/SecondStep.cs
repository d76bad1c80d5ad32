using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.SecondFactor;

/// <summary>A sign-in that waits for its second step, and by what it can be taken.</summary>
public sealed record OpenSignIn(int UserId, string NormalizedEmail, bool Keep, bool HasApp, bool HasPasskey);

/// <param name="Session">Begun, when the step was taken.</param>
/// <param name="WaitFor">How long no code of this person is looked at from this network; null when it was looked at.</param>
public sealed record SecondStepResult(UserSession? Session, TimeSpan? WaitFor);

/// <summary>Between the password and the session of whoever has a second factor.</summary>
public sealed class SecondStep(
    PortalDatabase database, PortalDbContext db, SignInThrottles throttles, AuthenticatorKeys keys, MailQueue mails, TimeProvider time)
{
    /// <summary>After the right password.</summary>
    public async Task<BrowserTicket> BeginAsync(int userId, bool keep, CancellationToken ct)
    {
        var ticket = BrowserTicket.New();
        await database.WriteAsync(async (write, token) => write.Db.Add(new SignInTicket
        {
            Id = ticket.Id,
            UserId = userId,
            BrowserHash = Secrets.Sha256(ticket.Secret),
            SecurityStamp = (await write.Db.Users.Where(u => u.Id == userId).Select(u => u.SecurityStamp).SingleAsync(token))!,
            Keep = keep,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        }), ct);
        return ticket;
    }

    /// <summary>What a browser began; null when it is over, or was begun by another browser.</summary>
    public async Task<OpenSignIn?> FindAsync(BrowserTicket ticket, CancellationToken ct)
    {
        var oldest = Now - SignInTicket.Lifetime;
        var hash = Secrets.Sha256(ticket.Secret);
        return await (
            from row in db.Set<SignInTicket>().AsNoTracking()
            join user in db.Users.AsNoTracking() on row.UserId equals user.Id
            where row.Id == ticket.Id && row.BrowserHash == hash && row.ConsumedAt == null && row.CreatedAt > oldest
                && user.DeactivatedAt == null && user.SecurityStamp == row.SecurityStamp
            select new OpenSignIn(
                user.Id, user.NormalizedEmail!, row.Keep, user.AuthenticatorKey != null, db.Set<IdentityUserPasskey<int>>().Any(p => p.UserId == user.Id)))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>Takes the step by a code of the app or a recovery code. The attempt is counted before it is looked at; what is right is used up in the write that begins the session.</summary>
    public async Task<SecondStepResult> TakeAsync(BrowserTicket ticket, OpenSignIn open, string typed, string network, SignInDevice device, CancellationToken ct)
    {
        if (await throttles.TakeCodeAttemptAsync(open.NormalizedEmail, network, ct) is { } wait)
            return new SecondStepResult(null, wait);
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == open.UserId, ct);
        var session = RecoveryCodeSet.Read(typed) is { } recovery
            ? await ByRecoveryCodeAsync(ticket, user, recovery, device, ct)
            : await ByAppAsync(ticket, user, typed, device, ct);
        if (session is not null)
            await throttles.ForgiveCodeAsync(open.NormalizedEmail, network, ct);
        return new SecondStepResult(session, null);
    }

    /// <summary>A passkey is a whole sign-in: the device has asked for a PIN, a finger or a face. Null when its owner may not come in.</summary>
    /// <param name="signed">The passkey as the answer left it.</param>
    public async Task<UserSession?> EnterByPasskeyAsync(int userId, UserPasskeyInfo signed, string network, SignInDevice device, CancellationToken ct)
    {
        var now = Now;
        var (session, email) = await database.WriteAsync(async (write, token) =>
        {
            var user = await write.Db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.DeactivatedAt == null, token);
            var passkey = await write.Db.Set<IdentityUserPasskey<int>>().SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == signed.CredentialId, token);
            if (user is null || passkey is null || !signed.IsUserVerified)
                return ((UserSession?)null, (string?)null);
            passkey.Data.SignCount = signed.SignCount;
            passkey.Data.IsBackedUp = signed.IsBackedUp;
            return (await SessionService.BeginAsync(write, user, device, now, token), user.NormalizedEmail);
        }, ct);
        if (session is not null)
            await throttles.ForgiveCodeAsync(email!, network, ct);
        return session;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<UserSession?> ByAppAsync(BrowserTicket ticket, User user, string typed, SignInDevice device, CancellationToken ct)
    {
        var now = Now;
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)).Take(Totp.Digits + 1));
        if (user.AuthenticatorKey is not { } stored || Totp.Match(keys.Unprotect(stored), code, now, user.LastTimeStep) is not { } step)
            return null;
        return await database.WriteAsync(async (write, token) =>
        {
            // Of two who bring the same code at once, one finds its step free.
            var isFree = await write.Db.Users
                .Where(u => u.Id == user.Id && u.AuthenticatorKey == stored && (u.LastTimeStep == null || u.LastTimeStep < step))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastTimeStep, step), token) == 1;
            return isFree ? await EnterAsync(write, ticket, user.Id, device, now, token) : null;
        }, ct);
    }

    private async Task<UserSession?> ByRecoveryCodeAsync(BrowserTicket ticket, User user, string code, SignInDevice device, CancellationToken ct)
    {
        var now = Now;
        var codes = db.Set<RecoveryCode>().AsNoTracking().Where(c => c.UserId == user.Id);
        if (await codes.Select(c => (Guid?)c.SetId).FirstOrDefaultAsync(ct) is not { } setId)
            return null;
        var hash = Secrets.OfCode(setId, code);
        var left = await codes.CountAsync(c => c.UsedAt == null, ct) - 1;
        var mail = mails.Render(new RecoveryCodeUsed(Math.Max(0, left), "/account/security"), new MailRecipient(user.Email!, user.FullName, user.Language, user.Id));
        return await database.WriteAsync(async (write, token) =>
        {
            var isFree = await write.Db.Set<RecoveryCode>().Where(c => c.UserId == user.Id && c.Hash == hash && c.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), token) == 1;
            if (!isFree || await EnterAsync(write, ticket, user.Id, device, now, token) is not { } session)
                return null;
            write.Db.Record(now, user.Id, "user.recovery-code-used", nameof(User), user.Id);
            mails.Enqueue(write, mail);
            return session;
        }, ct);
    }

    private static async Task<UserSession?> EnterAsync(WriteScope write, BrowserTicket ticket, int userId, SignInDevice device, DateTime now, CancellationToken ct)
    {
        if (await write.Db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.DeactivatedAt == null, ct) is not { } user)
            return null;
        var consumed = await write.Db.Set<SignInTicket>().Where(t => t.Id == ticket.Id && t.ConsumedAt == null && t.SecurityStamp == user.SecurityStamp)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ConsumedAt, now), ct);
        return consumed == 1 ? await SessionService.BeginAsync(write, user, device, now, ct) : null;
    }
}
