using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
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

    /// <summary>This browser began no registration, or it is over.</summary>
    None,
}

/// <summary>
/// From an address to a verified one. Nothing it answers, and no time it takes, tells whether the address is known:
/// its owner learns that by mail.
/// </summary>
public sealed class RegistrationService(PortalDatabase database, PortalDbContext db, MailAllowances allowances, MailQueue mails, TimeProvider time)
{
    /// <summary>
    /// Begins a registration, or sends another code for the one that <paramref name="current"/> names when it is
    /// for the same address.
    /// </summary>
    /// <param name="email">An address as <see cref="EmailAddress.TryParse"/> gives it.</param>
    public async Task<BrowserTicket> StartAsync(string email, string language, BrowserTicket? current, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalise(email);
        if (current is not null && await FindAsync(current, ct) is { VerifiedAt: null } open && open.NormalizedEmail == normalized)
        {
            await ResendAsync(current, ct);
            return current;
        }

        var ticket = BrowserTicket.New();
        var now = time.GetUtcNow().UtcDateTime;
        var letter = await PrepareAsync(ticket.Id, email, normalized, language, ct);
        await database.WriteAsync((write, _) =>
        {
            write.Db.Add(new Registration
            {
                Id = ticket.Id,
                Email = email,
                NormalizedEmail = normalized,
                Language = language,
                BrowserHash = Secrets.Sha256(ticket.Secret),
                CreatedAt = now,
                LastRequestedAt = now,
                CodeHash = letter?.CodeHash,
                CodeExpiresAt = now + Registration.CodeLifetime,
            });
            if (letter is not null)
                mails.Enqueue(write, letter.Mail);
            return Task.CompletedTask;
        }, ct);
        return ticket;
    }

    /// <summary>The registration that a browser began and has not finished; null when there is none.</summary>
    public async Task<Registration?> FindAsync(BrowserTicket ticket, CancellationToken ct)
    {
        var registration = await db.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == ticket.Id && r.ConsumedAt == null, ct);
        return registration is not null && Secrets.Same(registration.BrowserHash, Secrets.Sha256(ticket.Secret)) ? registration : null;
    }

    /// <summary>
    /// Another code, once a minute; false within it. When the address has had its share of mails nothing is sent, the last
    /// code stays valid, and the answer is the same.
    /// </summary>
    public async Task<bool> ResendAsync(BrowserTicket ticket, CancellationToken ct)
    {
        if (await FindAsync(ticket, ct) is not { VerifiedAt: null } registration)
            return false;
        var now = time.GetUtcNow().UtcDateTime;
        var latest = now - Registration.ResendAfter;
        var mayAsk = await database.WriteAsync(
            (write, token) => write.Db.Registrations
                .Where(r => r.Id == ticket.Id && r.VerifiedAt == null && r.LastRequestedAt <= latest)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.LastRequestedAt, now), token),
            ct);
        if (mayAsk == 0)
            return false;
        if (await PrepareAsync(ticket.Id, registration.Email, registration.NormalizedEmail, registration.Language, ct) is not { } letter)
            return true;
        await database.WriteAsync(async (write, token) =>
        {
            var renewed = await write.Db.Registrations.Where(r => r.Id == ticket.Id && r.VerifiedAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.CodeHash, letter.CodeHash)
                    .SetProperty(r => r.CodeExpiresAt, now + Registration.CodeLifetime)
                    .SetProperty(r => r.FailedAttempts, 0),
                token);
            if (renewed == 1)
                mails.Enqueue(write, letter.Mail);
        }, ct);
        return true;
    }

    /// <summary>
    /// Compares a code. The attempt is counted before it is looked at, so that guesses at once are not more than
    /// guesses one after another.
    /// </summary>
    public async Task<CodeOutcome> VerifyAsync(BrowserTicket ticket, string code, CancellationToken ct)
    {
        if (await FindAsync(ticket, ct) is not { } registration)
            return CodeOutcome.None;
        if (registration.VerifiedAt is not null)
            return CodeOutcome.Verified;

        var now = time.GetUtcNow().UtcDateTime;
        var (taken, current) = await database.WriteAsync(async (write, token) =>
        {
            var rows = write.Db.Registrations.Where(r => r.Id == ticket.Id);
            var count = await rows
                .Where(r => r.VerifiedAt == null && r.CodeExpiresAt > now && r.FailedAttempts < Registration.CodeAttempts)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.FailedAttempts, r => r.FailedAttempts + 1), token);
            return (count, await rows.AsNoTracking().SingleAsync(token));
        }, ct);
        if (taken == 0)
            return current.VerifiedAt is not null ? CodeOutcome.Verified : current.CodeExpiresAt <= now ? CodeOutcome.Expired : CodeOutcome.Exhausted;

        var hash = Secrets.OfCode(ticket.Id, code);
        if (current.CodeHash is null || !Secrets.Same(current.CodeHash, hash))
            return current.FailedAttempts >= Registration.CodeAttempts ? CodeOutcome.Exhausted : CodeOutcome.Wrong;
        var verified = await database.WriteAsync(
            (write, token) => write.Db.Registrations.Where(r => r.Id == ticket.Id && r.VerifiedAt == null && r.CodeHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.VerifiedAt, now).SetProperty(r => r.CodeHash, (string?)null), token),
            ct);
        return verified == 1 ? CodeOutcome.Verified : CodeOutcome.Wrong;
    }

    private async Task<Letter?> PrepareAsync(Guid id, string email, string normalized, string language, CancellationToken ct)
    {
        var allowed = await allowances.TakeAsync(normalized, ct);
        var known = await db.Users.AsNoTracking().Where(u => u.NormalizedEmail == normalized)
            .Select(u => new { u.Id, u.FirstName, u.LastName, u.Language }).SingleOrDefaultAsync(ct);
        var code = Secrets.NewCode();
        // A known address gets a code that no six digits can be; making it takes the same time.
        var hash = Secrets.OfCode(id, known is null ? code : Secrets.NewToken());
        if (!allowed)
            return null;
        return new Letter(hash, known is null
            ? mails.Render(new RegistrationCode(code, $"/register/code?r={id:N}&code={code}"), new MailRecipient(email, "", language))
            : mails.Render(new AddressAlreadyRegistered("/sign-in", "/password/forgot"), new MailRecipient(email, $"{known.FirstName} {known.LastName}", known.Language, known.Id)));
    }

    private sealed record Letter(string CodeHash, RenderedMail Mail);
}
