using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>Whose password a link sets.</summary>
/// <param name="OwnWords">What the new password must not be, for <see cref="PasswordRules.Check"/>.</param>
public sealed record PasswordOwner(int UserId, string Email, IReadOnlyList<string?> OwnWords);

/// <summary>Changes and resets of passwords. Both end every session of the person; whoever changed it signs in anew at once.</summary>
public sealed class PasswordService(
    PortalDatabase database,
    PortalDbContext db,
    SignInService signIn,
    SignInThrottles throttles,
    SessionService sessions,
    MailAllowances allowances,
    MailQueue mails,
    IPasswordHasher<User> hasher,
    TimeProvider time)
{
    /// <summary>Whose password it is, with the words it must not be made of.</summary>
    public async Task<PasswordOwner> OwnerAsync(int userId, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var organisations = await (
            from membership in db.Memberships.AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.UserId == userId
            select organisation.Name).ToListAsync(ct);
        return new PasswordOwner(user.Id, user.Email!, [user.FirstName, user.LastName, user.FullName, user.Email, .. organisations]);
    }

    /// <summary>Sets a new password when the current one is right; tries count as at sign-in.</summary>
    public async Task<PasswordCheck> ChangeAsync(int userId, string currentPassword, string newPassword, string network, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var check = await signIn.CheckAsync(user.Email!, currentPassword, network, ct);
        if (check.UserId is null)
            return check;
        await SetAsync(user, newPassword, userId, "password.changed", reset: null, ct);
        return check;
    }

    /// <summary>Sends a link when the address is somebody's and has not had its share of mails; takes the same time when not.</summary>
    /// <returns>Whether it was sent: for staff who ask on behalf of somebody, never for whoever asks at the door.</returns>
    public async Task<bool> RequestResetAsync(string email, string language, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var normalized = EmailAddress.Normalise(email);
        var allowed = await allowances.TakeAsync(normalized, ct);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized && u.DeactivatedAt == null, ct);
        var token = Secrets.NewToken();
        var mail = mails.Render(
            new PasswordResetLink($"/password/reset?token={token}"),
            user is null ? new MailRecipient(email, "", language) : new MailRecipient(user.Email!, user.FullName, user.Language, user.Id));
        return await database.WriteAsync((write, _) =>
        {
            var known = allowed ? user : null;
            write.Db.Add(new PasswordReset { Id = Guid.NewGuid(), UserId = known?.Id, TokenHash = Secrets.Sha256(token), CreatedAt = now });
            if (known is not null)
                mails.Enqueue(write, mail);
            return Task.FromResult(known is not null);
        }, ct);
    }

    /// <summary>Whose password a link would set; null when the link is used, older than an hour, or none of ours. Looking consumes nothing.</summary>
    public async Task<PasswordOwner?> FindResetAsync(string token, CancellationToken ct)
    {
        var userId = await Open(db, token).Select(r => r.UserId).SingleOrDefaultAsync(ct);
        return userId is { } id && await db.Users.AnyAsync(u => u.Id == id && u.DeactivatedAt == null, ct) ? await OwnerAsync(id, ct) : null;
    }

    /// <summary>Sets the password by a link, which with every other link of the person is then used up; false when it was not open any more.</summary>
    public async Task<bool> ResetAsync(string token, string newPassword, string network, CancellationToken ct)
    {
        if (await FindResetAsync(token, ct) is not { } owner)
            return false;
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == owner.UserId, ct);
        if (!await SetAsync(user, newPassword, actorId: null, "password.reset", token, ct))
            return false;
        await throttles.ForgivePasswordAsync(user.NormalizedEmail!, network, ct);
        return true;
    }

    private async Task<bool> SetAsync(User person, string password, int? actorId, string action, string? reset, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var hash = hasher.HashPassword(person, password);
        var mail = mails.Render(new PasswordChanged(), new MailRecipient(person.Email!, person.FullName, person.Language, person.Id));
        var isSet = await database.WriteAsync(async (write, token) =>
        {
            if (reset is not null && await Open(write.Db, reset).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), token) == 0)
                return false;
            await write.Db.Set<PasswordReset>().Where(r => r.UserId == person.Id && r.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), token);
            var user = await write.Db.Users.SingleAsync(u => u.Id == person.Id, token);
            user.PasswordHash = hash;
            user.SecurityStamp = Secrets.NewToken();
            write.Db.Record(now, actorId, action, nameof(User), user.Id);
            mails.Enqueue(write, mail);
            return true;
        }, ct);
        if (isSet)
            await sessions.EndAllAsync(person.Id, except: null, ct);
        return isSet;
    }

    private IQueryable<PasswordReset> Open(PortalDbContext context, string token)
    {
        var hash = Secrets.Sha256(token);
        var oldest = time.GetUtcNow().UtcDateTime - PasswordReset.Lifetime;
        return context.Set<PasswordReset>().Where(r => r.TokenHash == hash && r.UserId != null && r.UsedAt == null && r.CreatedAt > oldest);
    }
}
