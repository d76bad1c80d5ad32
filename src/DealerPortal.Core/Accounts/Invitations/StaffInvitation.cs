using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.Invitations;

/// <summary>A link by which somebody becomes a member of staff: once, within a week, unless it is withdrawn.</summary>
public sealed class StaffInvitation : Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required StaffRole Role { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StaffInvitation>
    {
        public void Configure(EntityTypeBuilder<StaffInvitation> builder)
        {
            builder.ToTable("StaffInvitations");
            Configure<StaffInvitation>(builder);
            // One that waits per address.
            builder.HasIndex(i => i.NormalizedEmail).IsUnique().HasFilter("[AcceptedAt] IS NULL AND [WithdrawnAt] IS NULL");
        }
    }
}
