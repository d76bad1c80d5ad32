using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.SecondFactor;

public enum FactorOutcome
{
    Done,

    /// <summary>It is not there (any more), or the code does not fit.</summary>
    Refused,

    /// <summary>Staff keep one.</summary>
    LastOfStaff,

    /// <summary>More passkeys than one person needs.</summary>
    TooMany,
}

/// <param name="RecoveryCodes">A new set to be shown once; empty when the person has one.</param>
public sealed record FactorChange(FactorOutcome Outcome, IReadOnlyList<string> RecoveryCodes)
{
    public static readonly FactorChange Refused = new(FactorOutcome.Refused, []);
}

/// <summary>
/// Sets up, changes and takes away what a person has beside the password. Each change gives the person another security
/// stamp, which ends every session; whoever changed it signs in anew at once.
/// </summary>
public sealed class SecondFactors(
    PortalDatabase database, PortalDbContext db, SessionService sessions, AuthenticatorKeys keys, MailQueue mails, TimeProvider time)
{
    public const int MaxPasskeys = 20;
    public const int PasskeyNameMaxLength = 60;

    /// <summary>The framework's 1,023 bytes are beyond a key of SQL Server; authenticators use far fewer.</summary>
    public const int CredentialIdMaxLength = 900;

    /// <summary>Switches the app on, or moves it to another device, once a code of it proves that the device has the key.</summary>
    public async Task<FactorChange> SwitchAppOnAsync(int userId, AuthenticatorOffer offer, string code, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (Totp.Match(offer.Key, code, now, null) is not { } step)
            return FactorChange.Refused;
        var stored = keys.Protect(offer.Key);
        return await ChangeAsync(userId, userId, "user.second-factor-on", new SecondFactorSwitchedOn(), (_, user, _) =>
        {
            user.AuthenticatorKey = stored;
            user.LastTimeStep = step;
            return Task.FromResult(FactorOutcome.Done);
        }, ct);
    }

    public Task<FactorChange> SwitchAppOffAsync(int userId, CancellationToken ct) =>
        ChangeAsync(userId, userId, "user.second-factor-off", new SecondFactorSwitchedOff(), (_, user, _) =>
        {
            if (user.AuthenticatorKey is null)
                return Task.FromResult(FactorOutcome.Refused);
            user.AuthenticatorKey = null;
            user.LastTimeStep = null;
            return Task.FromResult(FactorOutcome.Done);
        }, ct);

    /// <param name="made">As it was checked by the caller.</param>
    /// <param name="name">Within <see cref="PasskeyNameMaxLength"/>.</param>
    public Task<FactorChange> AddPasskeyAsync(int userId, UserPasskeyInfo made, string name, CancellationToken ct) =>
        ChangeAsync(userId, userId, "user.passkey-added", new PasskeyAdded(name), async (write, _, token) =>
        {
            if (made.CredentialId.Length > CredentialIdMaxLength || await Passkeys(write.Db).AnyAsync(p => p.CredentialId == made.CredentialId, token))
                return FactorOutcome.Refused;
            if (await Passkeys(write.Db).CountAsync(p => p.UserId == userId, token) >= MaxPasskeys)
                return FactorOutcome.TooMany;
            write.Db.Add(new IdentityUserPasskey<int>
            {
                UserId = userId,
                CredentialId = made.CredentialId,
                Data = new IdentityPasskeyData
                {
                    PublicKey = made.PublicKey,
                    Name = name,
                    CreatedAt = made.CreatedAt,
                    SignCount = made.SignCount,
                    Transports = made.Transports,
                    IsUserVerified = made.IsUserVerified,
                    IsBackupEligible = made.IsBackupEligible,
                    IsBackedUp = made.IsBackedUp,
                    AttestationObject = made.AttestationObject,
                    ClientDataJson = made.ClientDataJson,
                },
            });
            return FactorOutcome.Done;
        }, ct);

    public async Task<FactorChange> RemovePasskeyAsync(int userId, byte[] credentialId, CancellationToken ct)
    {
        if (await Passkeys(db).AsNoTracking().SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == credentialId, ct) is not { } passkey)
            return FactorChange.Refused;
        return await ChangeAsync(userId, userId, "user.passkey-removed", new PasskeyRemoved(passkey.Data.Name ?? ""), async (write, _, token) =>
            await Passkeys(write.Db).Where(p => p.UserId == userId && p.CredentialId == credentialId).ExecuteDeleteAsync(token) == 1
                ? FactorOutcome.Done
                : FactorOutcome.Refused, ct);
    }

    /// <summary>Another name, which changes nothing about how one signs in; false when there is no such passkey.</summary>
    public Task<bool> RenamePasskeyAsync(int userId, byte[] credentialId, string name, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        if (await Passkeys(write.Db).SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == credentialId, token) is not { } passkey)
            return false;
        passkey.Data.Name = name;
        write.Db.Record(time.GetUtcNow().UtcDateTime, userId, "user.passkey-renamed", nameof(User), userId);
        return true;
    }, ct);

    /// <summary>Another set of recovery codes; the old ones are void. Empty for a person without a second factor.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(int userId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var set = RecoveryCodeSet.New(userId);
        return await database.WriteAsync(async (write, token) =>
        {
            if (!await write.Db.Users.AnyAsync(u => u.Id == userId && u.TwoFactorEnabled, token))
                return [];
            await ReplaceCodesAsync(write.Db, userId, set, token);
            write.Db.Record(now, userId, "user.recovery-codes-renewed", nameof(User), userId);
            return set.Codes;
        }, ct);
    }

    /// <summary>Takes everything away from a person who has lost it; staff set it up anew at the next sign-in.</summary>
    /// <returns>False when there is nothing to take.</returns>
    public async Task<bool> ResetAsync(int userId, int actorId, CancellationToken ct) =>
        (await ChangeAsync(userId, actorId, "user.second-factor-reset", new SecondFactorReset(), async (write, user, token) =>
        {
            if (!user.TwoFactorEnabled)
                return FactorOutcome.Refused;
            user.AuthenticatorKey = null;
            user.LastTimeStep = null;
            await Passkeys(write.Db).Where(p => p.UserId == userId).ExecuteDeleteAsync(token);
            return FactorOutcome.Done;
        }, ct)).Outcome == FactorOutcome.Done;

    private async Task<FactorChange> ChangeAsync(
        int userId, int actorId, string action, PortalMail told, Func<WriteScope, User, CancellationToken, Task<FactorOutcome>> change, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var mail = mails.Render(told, new MailRecipient(person.Email!, person.FullName, person.Language, person.Id));
        // Slow, so before the write; in vain where the person has codes.
        var set = person.TwoFactorEnabled ? null : RecoveryCodeSet.New(userId);
        FactorChange result;
        try
        {
            result = await database.WriteAsync(async (write, token) =>
            {
                var user = await write.Db.Users.SingleAsync(u => u.Id == userId, token);
                var outcome = await change(write, user, token);
                if (outcome != FactorOutcome.Done)
                    return new FactorChange(outcome, []);
                await write.Db.SaveChangesAsync(token);
                var codes = await SettleAsync(write.Db, user, set, isOwn: actorId == userId, token);
                user.SecurityStamp = Secrets.NewToken();
                write.Db.Record(now, actorId, action, nameof(User), userId);
                mails.Enqueue(write, mail);
                return new FactorChange(FactorOutcome.Done, codes);
            }, ct);
        }
        catch (LastFactorException)
        {
            return new FactorChange(FactorOutcome.LastOfStaff, []);
        }

        if (result.Outcome == FactorOutcome.Done)
            await sessions.EndAllAsync(userId, except: null, ct);
        return result;
    }

    /// <summary>Brings the rest in line with what there is now: whether a second step is asked for, and whether there are recovery codes.</summary>
    private static async Task<IReadOnlyList<string>> SettleAsync(PortalDbContext context, User user, RecoveryCodeSet? set, bool isOwn, CancellationToken ct)
    {
        var had = user.TwoFactorEnabled;
        user.TwoFactorEnabled = user.AuthenticatorKey is not null || await Passkeys(context).AnyAsync(p => p.UserId == user.Id, ct);
        if (!user.TwoFactorEnabled)
        {
            if (had && isOwn && user.StaffRole != StaffRole.None)
                throw new LastFactorException();
            await context.Set<RecoveryCode>().Where(c => c.UserId == user.Id).ExecuteDeleteAsync(ct);
            return [];
        }

        if (had || set is null)
            return [];
        await ReplaceCodesAsync(context, user.Id, set, ct);
        return set.Codes;
    }

    private static async Task ReplaceCodesAsync(PortalDbContext context, int userId, RecoveryCodeSet set, CancellationToken ct)
    {
        await context.Set<RecoveryCode>().Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        context.AddRange(set.Rows);
    }

    private static DbSet<IdentityUserPasskey<int>> Passkeys(PortalDbContext context) => context.Set<IdentityUserPasskey<int>>();

    /// <summary>Undoes the whole write.</summary>
    private sealed class LastFactorException : Exception;
}
