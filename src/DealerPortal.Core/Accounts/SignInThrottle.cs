using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// Passwords tried for one address, from one network or from all; kept alike for addresses that nobody has. Or, with
/// no attempts, that a network is known to an address: its owner has signed in from there.
/// </summary>
public sealed class SignInThrottle
{
    /// <summary>SHA-256 of the normalised address and the network, hexadecimal.</summary>
    public required string Key { get; init; }

    public required int Attempts { get; init; }

    /// <summary>When counting begins anew; once the limit is reached, when trying is possible again; until when a network is known.</summary>
    public required DateTime EndsAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SignInThrottle>
    {
        public void Configure(EntityTypeBuilder<SignInThrottle> builder)
        {
            builder.ToTable("SignInThrottles");
            builder.HasKey(t => t.Key);
            builder.Property(t => t.Key).HasMaxLength(64);
            builder.HasIndex(t => t.EndsAt);
        }
    }
}

/// <summary>
/// How often passwords may be tried. An attempt is taken before the password is looked at, so that many at once
/// are counted like one after another. The ceiling per account holds back whoever has many networks; it does not
/// count for networks the owner has signed in from, or a few strangers could lock a dealer out of the own shop.
/// </summary>
public sealed class SignInThrottles(PortalDatabase database, TimeProvider time)
{
    public const int PerNetwork = 10;
    public static readonly TimeSpan NetworkWindow = TimeSpan.FromMinutes(15);
    public const int PerAccount = 100;
    public static readonly TimeSpan AccountWindow = TimeSpan.FromHours(1);
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>Null when the password may be looked at; otherwise how long to wait.</summary>
    public Task<TimeSpan?> TakeAttemptAsync(string normalizedEmail, string network, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var knownKey = KnownKey(normalizedEmail, network);
        return database.WriteAgainAfterRaceAsync(async (write, token) =>
        {
            if (await TakeAsync(write.Db, NetworkKey(normalizedEmail, network), PerNetwork, NetworkWindow, now, token) is { } wait)
                return wait;
            return await write.Db.Set<SignInThrottle>().AnyAsync(t => t.Key == knownKey && t.EndsAt > now, token)
                ? null
                : await TakeAsync(write.Db, AccountKey(normalizedEmail), PerAccount, AccountWindow, now, token);
        }, ct);
    }

    /// <summary>After the owner has proven to be it: this network starts anew and is known, and the attempt was none.</summary>
    public Task ForgiveAsync(string normalizedEmail, string network, CancellationToken ct)
    {
        var (networkKey, accountKey, knownKey) = (NetworkKey(normalizedEmail, network), AccountKey(normalizedEmail), KnownKey(normalizedEmail, network));
        var knownUntil = time.GetUtcNow().UtcDateTime + KnownFor;
        return database.WriteAgainAfterRaceAsync(async (write, token) =>
        {
            var rows = write.Db.Set<SignInThrottle>();
            await rows.Where(t => t.Key == networkKey).ExecuteDeleteAsync(token);
            if (await rows.Where(t => t.Key == knownKey).ExecuteUpdateAsync(set => set.SetProperty(t => t.EndsAt, knownUntil), token) == 1)
                return false;
            await rows.Where(t => t.Key == accountKey && t.Attempts > 0 && t.Attempts < PerAccount)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, t => t.Attempts - 1), token);
            rows.Add(new SignInThrottle { Key = knownKey, Attempts = 0, EndsAt = knownUntil });
            return true;
        }, ct);
    }

    private static async Task<TimeSpan?> TakeAsync(PortalDbContext db, string key, int limit, TimeSpan window, DateTime now, CancellationToken ct)
    {
        var rows = db.Set<SignInThrottle>();
        var end = now + window;
        var counted = await rows.Where(t => t.Key == key && t.EndsAt > now && t.Attempts < limit).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.EndsAt, t => t.Attempts + 1 == limit ? end : t.EndsAt).SetProperty(t => t.Attempts, t => t.Attempts + 1), ct);
        if (counted == 1)
            return null;
        var restarted = await rows.Where(t => t.Key == key && t.EndsAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, 1).SetProperty(t => t.EndsAt, end), ct);
        if (restarted == 1)
            return null;
        if (await rows.Where(t => t.Key == key).Select(t => (DateTime?)t.EndsAt).SingleOrDefaultAsync(ct) is { } endsAt)
            return endsAt > now ? endsAt - now : TimeSpan.FromSeconds(1);
        db.Add(new SignInThrottle { Key = key, Attempts = 1, EndsAt = end });
        return null;
    }

    private static string NetworkKey(string normalizedEmail, string network) => Secrets.Sha256($"{normalizedEmail}|{network}");

    private static string KnownKey(string normalizedEmail, string network) => Secrets.Sha256($"{normalizedEmail}|{network}|known");

    private static string AccountKey(string normalizedEmail) => Secrets.Sha256(normalizedEmail);
}
