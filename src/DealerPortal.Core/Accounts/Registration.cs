using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// An address on its way to becoming an account, bound to the browser that asked. The same row is made for an
/// address that is already known, so that nobody can tell the two apart; its code then matches nothing.
/// </summary>
public sealed class Registration : MailedCode
{
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }
    public required string Language { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie, hexadecimal.</summary>
    public required string BrowserHash { get; init; }

    public required DateTime CreatedAt { get; init; }

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
