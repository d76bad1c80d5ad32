using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.Invitations;

/// <summary>A link by which somebody becomes a member of staff: once, within a week, unless it is withdrawn.</summary>
public sealed class StaffInvitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }
    public required StaffRole Role { get; init; }

    /// <summary>Of the mail and, at first, of the account.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of the last link's token, hexadecimal; sending again makes another, and the one before is void.</summary>
    public required string TokenHash { get; set; }

    public required int InvitedById { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Of the last mail, from which the week counts.</summary>
    public required DateTime SentAt { get; set; }

    public DateTime? AcceptedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<StaffInvitation>
    {
        public void Configure(EntityTypeBuilder<StaffInvitation> builder)
        {
            builder.ToTable("StaffInvitations");
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.Property(i => i.Language).HasMaxLength(2);
            builder.Property(i => i.TokenHash).HasMaxLength(64);
            builder.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedById);
            builder.HasIndex(i => i.TokenHash).IsUnique();
            // One that waits per address.
            builder.HasIndex(i => i.NormalizedEmail).IsUnique().HasFilter("[AcceptedAt] IS NULL AND [WithdrawnAt] IS NULL");
        }
    }
}
