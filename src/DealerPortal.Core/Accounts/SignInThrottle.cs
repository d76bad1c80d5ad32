using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// Passwords, or codes of the second step, tried for one address, from one network or from all; kept alike for addresses that nobody has. Or, with
/// no attempts, that a network is known to an address: its owner has signed in from there.
/// </summary>
public sealed class SignInThrottle
{
    /// <summary>SHA-256 of the normalised address and the network, hexadecimal.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the normalised address alone, so that all rows of an account can be found and lifted.</summary>
    public required string Account { get; init; }

    public required int Attempts { get; init; }

    /// <summary>As many are looked at; 0 for a known network.</summary>
    public required int Limit { get; init; }

    /// <summary>When counting begins anew; once the limit is reached, when trying is possible again; until when a network is known.</summary>
    public required DateTime EndsAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SignInThrottle>
    {
        public void Configure(EntityTypeBuilder<SignInThrottle> builder)
        {
            builder.ToTable("SignInThrottles");
            builder.HasKey(t => t.Key);
            builder.Property(t => t.Key).HasMaxLength(64);
            builder.Property(t => t.Account).HasMaxLength(64);
            builder.HasIndex(t => t.EndsAt);
            builder.HasIndex(t => t.Account);
        }
    }
}

/// <summary>
/// How often passwords, and codes of the second step, may be tried. An attempt is taken before the secret is looked at, so
/// that many at once are counted like one after another. The ceiling per account holds back whoever has many networks; it does
/// not count for networks the owner has signed in from, or a few strangers could lock a dealer out of the own shop.
/// </summary>
public sealed class SignInThrottles(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    public const int PerNetwork = 10;
    public static readonly TimeSpan NetworkWindow = TimeSpan.FromMinutes(15);
    public const int PerAccount = 100;
    public static readonly TimeSpan AccountWindow = TimeSpan.FromHours(1);
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>Codes of the second step, in the same windows. Three of a million are right at any time, and who tries them has the password already.</summary>
    public const int CodesPerNetwork = 5;
    public const int CodesPerAccount = 10;

    private const string CodeMark = "|code";

    /// <summary>Null when the password may be looked at; otherwise how long to wait.</summary>
    public Task<TimeSpan?> TakeAttemptAsync(string normalizedEmail, string network, CancellationToken ct) =>
        TakeAttemptAsync(normalizedEmail, network, "", PerNetwork, PerAccount, ct);

    /// <summary>Null when the code may be looked at; otherwise how long to wait. Counted apart from passwords.</summary>
    public Task<TimeSpan?> TakeCodeAttemptAsync(string normalizedEmail, string network, CancellationToken ct) =>
        TakeAttemptAsync(normalizedEmail, network, CodeMark, CodesPerNetwork, CodesPerAccount, ct);

    /// <summary>After the right password, or a link of a mail: this network starts anew with passwords and is known for them, and the attempt was none.</summary>
    public Task ForgivePasswordAsync(string normalizedEmail, string network, CancellationToken ct) => ForgiveAsync(normalizedEmail, network, "", ct);

    /// <summary>The same after the second step, for codes. Apart, since whoever has the password alone gets no more tries at codes by it.</summary>
    public Task ForgiveCodeAsync(string normalizedEmail, string network, CancellationToken ct) => ForgiveAsync(normalizedEmail, network, CodeMark, ct);

    /// <summary>Until when attempts on an account are held back, from some network or from all; null when they are not.</summary>
    public Task<DateTime?> BlockedUntilAsync(string normalizedEmail, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var account = AccountKey(normalizedEmail);
        return db.Set<SignInThrottle>().AsNoTracking()
            .Where(t => t.Account == account && t.EndsAt > now && t.Attempts > 0 && t.Attempts >= t.Limit)
            .MaxAsync(t => (DateTime?)t.EndsAt, ct);
    }

    /// <summary>Lifts every block of an account, and counts anew; networks its owner is known from stay known.</summary>
    public static Task<int> LiftAsync(PortalDbContext context, string normalizedEmail, CancellationToken ct)
    {
        var account = AccountKey(normalizedEmail);
        return context.Set<SignInThrottle>().Where(t => t.Account == account && t.Attempts > 0).ExecuteDeleteAsync(ct);
    }

    /// <summary>Forgets an address altogether, the networks it is known from too.</summary>
    internal static Task<int> ForgetAsync(PortalDbContext context, string normalizedEmail, CancellationToken ct)
    {
        var account = AccountKey(normalizedEmail);
        return context.Set<SignInThrottle>().Where(t => t.Account == account).ExecuteDeleteAsync(ct);
    }

    private Task ForgiveAsync(string normalizedEmail, string network, string mark, CancellationToken ct)
    {
        var (networkKey, accountKey) = (NetworkKey(normalizedEmail, network + mark), AccountKey(normalizedEmail + mark));
        var known = new SignInThrottle
        {
            Key = KnownKey(normalizedEmail, network + mark),
            Account = AccountKey(normalizedEmail),
            Attempts = 0,
            Limit = 0,
            EndsAt = time.GetUtcNow().UtcDateTime + KnownFor,
        };
        return database.WriteAgainAfterRaceAsync(async (write, token) =>
        {
            var rows = write.Db.Set<SignInThrottle>();
            await rows.Where(t => t.Key == networkKey).ExecuteDeleteAsync(token);
            if (await rows.Where(t => t.Key == known.Key).ExecuteUpdateAsync(set => set.SetProperty(t => t.EndsAt, known.EndsAt), token) == 1)
                return false;
            await rows.Where(t => t.Key == accountKey && t.Attempts > 0 && t.Attempts < t.Limit)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, t => t.Attempts - 1), token);
            rows.Add(known);
            return true;
        }, ct);
    }

    private Task<TimeSpan?> TakeAttemptAsync(string normalizedEmail, string network, string mark, int perNetwork, int perAccount, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var knownKey = KnownKey(normalizedEmail, network + mark);
        var account = AccountKey(normalizedEmail);
        return database.WriteAgainAfterRaceAsync(async (write, token) =>
        {
            if (await TakeAsync(write.Db, new Count(NetworkKey(normalizedEmail, network + mark), account, perNetwork, NetworkWindow), now, token) is { } wait)
                return wait;
            return await write.Db.Set<SignInThrottle>().AnyAsync(t => t.Key == knownKey && t.EndsAt > now, token)
                ? null
                : await TakeAsync(write.Db, new Count(AccountKey(normalizedEmail + mark), account, perAccount, AccountWindow), now, token);
        }, ct);
    }

    private static async Task<TimeSpan?> TakeAsync(PortalDbContext context, Count count, DateTime now, CancellationToken ct)
    {
        var rows = context.Set<SignInThrottle>();
        var (key, account, limit, window) = count;
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
        context.Add(new SignInThrottle { Key = key, Account = account, Attempts = 1, Limit = limit, EndsAt = end });
        return null;
    }

    private static string NetworkKey(string normalizedEmail, string network) => Secrets.Sha256($"{normalizedEmail}|{network}");

    private static string KnownKey(string normalizedEmail, string network) => Secrets.Sha256($"{normalizedEmail}|{network}|known");

    private static string AccountKey(string normalizedEmail) => Secrets.Sha256(normalizedEmail);

    private sealed record Count(string Key, string Account, int Limit, TimeSpan Window);
}
