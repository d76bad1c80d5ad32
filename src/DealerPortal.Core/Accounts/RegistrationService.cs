using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// From an address to a verified one. Nothing it answers, and no time it takes, tells whether the address is known:
/// its owner learns that by mail.
/// </summary>
public sealed class RegistrationService(PortalDatabase database, PortalDbContext db, MailAllowances allowances, MailedCodes codes, MailQueue mails, TimeProvider time)
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
                CodeHash = letter?.Hash,
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
        if (!await codes.TakeResendAsync<Registration>(ticket.Id, ct))
            return false;
        if (await PrepareAsync(ticket.Id, registration.Email, registration.NormalizedEmail, registration.Language, ct) is { } letter)
            await codes.RenewAsync<Registration>(ticket.Id, letter, ct);
        return true;
    }

    /// <inheritdoc cref="MailedCodes.VerifyAsync{T}"/>
    public async Task<CodeOutcome> VerifyAsync(BrowserTicket ticket, string code, CancellationToken ct) =>
        await FindAsync(ticket, ct) is not null ? await codes.VerifyAsync<Registration>(ticket.Id, code, ct) : CodeOutcome.None;

    private async Task<CodeLetter?> PrepareAsync(Guid id, string email, string normalized, string language, CancellationToken ct)
    {
        var allowed = await allowances.TakeAsync(normalized, ct);
        var known = await db.Users.AsNoTracking().Where(u => u.NormalizedEmail == normalized)
            .Select(u => new { u.Id, u.FirstName, u.LastName, u.Language }).SingleOrDefaultAsync(ct);
        var code = Secrets.NewCode();
        // A known address gets a code that no six digits can be; making it takes the same time.
        var hash = Secrets.OfCode(id, known is null ? code : Secrets.NewToken());
        if (!allowed)
            return null;
        return new CodeLetter(hash, known is null
            ? mails.Render(new RegistrationCode(code, $"/register/code?r={id:N}&code={code}"), new MailRecipient(email, "", language))
            : mails.Render(new AddressAlreadyRegistered("/sign-in", "/password/forgot"), new MailRecipient(email, $"{known.FirstName} {known.LastName}", known.Language, known.Id)));
    }
}
