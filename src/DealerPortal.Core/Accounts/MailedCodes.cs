using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

public enum CodeOutcome
{
    Verified,
    Wrong,

    /// <summary>Tried five times: only a new code helps.</summary>
    Exhausted,

    /// <summary>Older than a quarter of an hour: only a new code helps.</summary>
    Expired,

    /// <summary>This browser began nothing that has a code, or it is over.</summary>
    None,
}

/// <param name="Hash">Of the code, salted by its row.</param>
/// <param name="Mail">With the code, or with what is said instead.</param>
public sealed record CodeLetter(string Hash, RenderedMail Mail);

/// <summary>What all codes by mail share: another one once a minute, and as few guesses at once as one after another.</summary>
public sealed class MailedCodes(PortalDatabase database, MailQueue mails, TimeProvider time)
{
    /// <summary>Whether another code may be asked for; true once a minute, of requests at once for one alone.</summary>
    public async Task<bool> TakeResendAsync<T>(Guid id, CancellationToken ct)
        where T : MailedCode
    {
        var now = Now;
        var latest = now - MailedCode.ResendAfter;
        return await database.WriteAsync(
            (write, token) => write.Db.Set<T>()
                .Where(c => c.Id == id && c.VerifiedAt == null && c.LastRequestedAt <= latest)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastRequestedAt, now), token),
            ct) == 1;
    }

    /// <summary>Puts another code in the place of the last one, with tries of its own, and sends it.</summary>
    public async Task RenewAsync<T>(Guid id, CodeLetter letter, CancellationToken ct)
        where T : MailedCode
    {
        var expiresAt = Now + MailedCode.CodeLifetime;
        await database.WriteAsync(async (write, token) =>
        {
            var renewed = await write.Db.Set<T>().Where(c => c.Id == id && c.VerifiedAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.CodeHash, letter.Hash).SetProperty(c => c.CodeExpiresAt, expiresAt).SetProperty(c => c.FailedAttempts, 0),
                token);
            if (renewed == 1)
                mails.Enqueue(write, letter.Mail);
        }, ct);
    }

    /// <summary>Compares a code. The attempt is counted before it is looked at, so that guesses at once are not more than guesses one after another.</summary>
    public async Task<CodeOutcome> VerifyAsync<T>(Guid id, string code, CancellationToken ct)
        where T : MailedCode
    {
        var now = Now;
        var (taken, current) = await database.WriteAsync(async (write, token) =>
        {
            var rows = write.Db.Set<T>().Where(c => c.Id == id);
            var count = await rows
                .Where(c => c.VerifiedAt == null && c.CodeExpiresAt > now && c.FailedAttempts < MailedCode.CodeAttempts)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.FailedAttempts, c => c.FailedAttempts + 1), token);
            return (count, await rows.AsNoTracking().SingleOrDefaultAsync(token));
        }, ct);
        if (current is null)
            return CodeOutcome.None;
        if (taken == 0)
            return current.VerifiedAt is not null ? CodeOutcome.Verified : current.CodeExpiresAt <= now ? CodeOutcome.Expired : CodeOutcome.Exhausted;

        var hash = Secrets.OfCode(id, code);
        if (current.CodeHash is null || !Secrets.Same(current.CodeHash, hash))
            return current.FailedAttempts >= MailedCode.CodeAttempts ? CodeOutcome.Exhausted : CodeOutcome.Wrong;
        var verified = await database.WriteAsync(
            (write, token) => write.Db.Set<T>().Where(c => c.Id == id && c.VerifiedAt == null && c.CodeHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.VerifiedAt, now).SetProperty(c => c.CodeHash, (string?)null), token),
            ct);
        return verified == 1 ? CodeOutcome.Verified : CodeOutcome.Wrong;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
