using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// A link by which a new password may be set once. The same row is made for an address that nobody has, so that
/// both take the same time; its link goes nowhere.
/// </summary>
public sealed class PasswordReset
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public required Guid Id { get; init; }

    /// <summary>Null when the address is nobody's.</summary>
    public int? UserId { get; init; }

    /// <summary>SHA-256 of the link's token, hexadecimal.</summary>
    public required string TokenHash { get; init; }

    public required DateTime CreatedAt { get; init; }
    public DateTime? UsedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PasswordReset>
    {
        public void Configure(EntityTypeBuilder<PasswordReset> builder)
        {
            builder.ToTable("PasswordResets");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.TokenHash).HasMaxLength(64);
            builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId);
            builder.HasIndex(r => r.TokenHash).IsUnique();
            builder.HasIndex(r => r.CreatedAt);
        }
    }
}
