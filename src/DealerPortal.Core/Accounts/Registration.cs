using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// An address on its way to becoming an account, bound to the browser that asked. The same row is made for an
/// address that is already known, so that nobody can tell the two apart; its code then matches nothing.
/// </summary>
public sealed class Registration
{
    public const int CodeAttempts = 5;
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(60);

    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }
    public required string Language { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie, hexadecimal.</summary>
    public required string BrowserHash { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>A salted, slow hash of the current code; null when there is none that could match.</summary>
    public string? CodeHash { get; set; }

    public DateTime CodeExpiresAt { get; set; }
    public DateTime LastRequestedAt { get; set; }
    public int FailedAttempts { get; set; }
    public DateTime? VerifiedAt { get; set; }
    public DateTime? ConsumedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Registration>
    {
        public void Configure(EntityTypeBuilder<Registration> builder)
        {
            builder.ToTable("Registrations");
            builder.Property(r => r.Language).HasMaxLength(2);
            builder.Property(r => r.BrowserHash).HasMaxLength(64);
            builder.HasIndex(r => new { r.NormalizedEmail, r.CreatedAt });
            builder.HasIndex(r => r.CreatedAt);
        }
    }
}
