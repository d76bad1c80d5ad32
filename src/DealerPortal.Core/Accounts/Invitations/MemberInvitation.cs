using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.Invitations;

/// <summary>A link by which somebody becomes a member of an organisation without asking to: once, within two weeks, unless it is withdrawn.</summary>
public sealed class MemberInvitation : Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>How long it is remembered once it is used, withdrawn or out of time.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public required int OrganisationId { get; init; }

    /// <summary>As whoever invited knows the name; the person may write it otherwise.</summary>
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public required MembershipRole Role { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MemberInvitation>
    {
        public void Configure(EntityTypeBuilder<MemberInvitation> builder)
        {
            builder.ToTable("MemberInvitations");
            Configure<MemberInvitation>(builder);
            builder.Property(i => i.FirstName).HasMaxLength(User.NameMaxLength);
            builder.Property(i => i.LastName).HasMaxLength(User.NameMaxLength);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(i => i.OrganisationId);
            // One that waits per address and organisation.
            builder.HasIndex(i => new { i.OrganisationId, i.NormalizedEmail }).IsUnique().HasFilter("[AcceptedAt] IS NULL AND [WithdrawnAt] IS NULL");
            builder.HasIndex(i => i.NormalizedEmail);
            builder.HasIndex(i => i.SentAt);
        }
    }
}
