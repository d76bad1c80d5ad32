using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>Passwords tried for one address, from one network or from all. Kept alike for addresses that nobody has.</summary>
public sealed class SignInThrottle
{
    /// <summary>SHA-256 of the normalised address and the network, hexadecimal.</summary>
    public required string Key { get; init; }

    public required int Attempts { get; init; }

    /// <summary>When counting begins anew; once the limit is reached, when trying is possible again.</summary>
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
/// are counted like one after another. The ceiling per account is high enough that no one can lock a dealer out
/// by trying from elsewhere.
/// </summary>
public sealed class SignInThrottles(PortalDatabase database, TimeProvider time)
{
    public const int PerNetwork = 10;
    public static readonly TimeSpan NetworkWindow = TimeSpan.FromMinutes(15);
    public const int PerAccount = 100;
    public static readonly TimeSpan AccountWindow = TimeSpan.FromHours(1);

    /// <summary>Null when the password may be looked at; otherwise how long to wait.</summary>
    public Task<TimeSpan?> TakeAttemptAsync(string normalizedEmail, string network, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return database.WriteAgainAfterRaceAsync(async (write, token) =>
            await TakeAsync(write.Db, NetworkKey(normalizedEmail, network), PerNetwork, NetworkWindow, now, token)
            ?? await TakeAsync(write.Db, AccountKey(normalizedEmail), PerAccount, AccountWindow, now, token), ct);
    }

    /// <summary>After the right password: this network starts anew, and the attempt was none.</summary>
    public Task ForgiveAsync(string normalizedEmail, string network, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var (networkKey, accountKey) = (NetworkKey(normalizedEmail, network), AccountKey(normalizedEmail));
        var rows = write.Db.Set<SignInThrottle>();
        await rows.Where(t => t.Key == networkKey).ExecuteDeleteAsync(token);
        await rows.Where(t => t.Key == accountKey && t.Attempts > 0 && t.Attempts < PerAccount)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, t => t.Attempts - 1), token);
    }, ct);

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

    private static string AccountKey(string normalizedEmail) => Secrets.Sha256(normalizedEmail);
}
