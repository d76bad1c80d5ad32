using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.SecondFactor;

/// <summary>What a browser was asked to sign with a passkey. Kept here and not in a cookie, so that an answer counts once.</summary>
public sealed class PasskeyChallenge
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie, hexadecimal.</summary>
    public required string BrowserHash { get; init; }

    /// <summary>The framework's own words about the challenge.</summary>
    public required string State { get; init; }

    public required DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PasskeyChallenge>
    {
        public void Configure(EntityTypeBuilder<PasskeyChallenge> builder)
        {
            builder.ToTable("PasskeyChallenges");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.BrowserHash).HasMaxLength(64);
            builder.Property(c => c.State).HasMaxLength(2000);
            builder.HasIndex(c => c.CreatedAt);
        }
    }
}

/// <summary>Keeps what was asked until it is answered, once.</summary>
public sealed class PasskeyChallenges(PortalDatabase database, TimeProvider time)
{
    public async Task<BrowserTicket> KeepAsync(string state, CancellationToken ct)
    {
        var ticket = BrowserTicket.New();
        var challenge = new PasskeyChallenge
        {
            Id = ticket.Id,
            BrowserHash = Secrets.Sha256(ticket.Secret),
            State = state,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        await database.WriteAsync((write, _) => Task.FromResult(write.Db.Add(challenge)), ct);
        return ticket;
    }

    /// <summary>What was asked, which nobody can answer any more after; null when it was answered, is too old, or was asked of another browser.</summary>
    public Task<string?> TakeAsync(BrowserTicket ticket, CancellationToken ct)
    {
        var oldest = time.GetUtcNow().UtcDateTime - PasskeyChallenge.Lifetime;
        var hash = Secrets.Sha256(ticket.Secret);
        return database.WriteAsync(async (write, token) =>
        {
            var rows = write.Db.Set<PasskeyChallenge>().Where(c => c.Id == ticket.Id && c.BrowserHash == hash && c.CreatedAt > oldest);
            var state = await rows.Select(c => c.State).SingleOrDefaultAsync(token);
            return state is not null && await rows.ExecuteDeleteAsync(token) == 1 ? state : null;
        }, ct);
    }
}
