using DealerPortal.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Accounts;

/// <summary>What came of a password.</summary>
/// <param name="UserId">Whose it is; null when it is refused, for whatever reason.</param>
/// <param name="WaitFor">How long no password is looked at for this address from this network; null when it was looked at.</param>
/// <param name="NeedsSecondStep">The password alone lets this person in nowhere.</param>
public sealed record PasswordCheck(int? UserId, TimeSpan? WaitFor, bool NeedsSecondStep = false);

/// <summary>
/// Looks at a password. An address that nobody has, a deactivated account and a wrong password cost the same time
/// and get the same answer.
/// </summary>
public sealed class SignInService(PortalDbContext db, SignInThrottles throttles, IPasswordHasher<User> hasher, DecoyPassword decoy)
{
    /// <param name="network">The network that asks, in any spelling that is always the same.</param>
    public async Task<PasswordCheck> CheckAsync(string email, string password, string network, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalise(email);
        if (await throttles.TakeAttemptAsync(normalized, network, ct) is { } wait)
            return new PasswordCheck(null, wait);

        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized, ct);
        var matches = Matches(user?.PasswordHash ?? decoy.Hash, password);
        if (user is not { PasswordHash: not null, DeactivatedAt: null } || !matches)
            return new PasswordCheck(null, null);
        await throttles.ForgivePasswordAsync(normalized, network, ct);
        return new PasswordCheck(user.Id, null, user.TwoFactorEnabled);
    }

    // The hasher asks for a user and uses none.
    private bool Matches(string hash, string password) => hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;
}

/// <summary>A hash of a password that nobody knows, as slow to compare with as a real one.</summary>
public sealed class DecoyPassword(IOptions<PasswordHasherOptions> options)
{
    public string Hash { get; } = new PasswordHasher<User>(options).HashPassword(null!, Secrets.NewToken());
}
