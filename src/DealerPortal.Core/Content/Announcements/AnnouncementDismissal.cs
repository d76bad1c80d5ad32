using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Content.Announcements;

/// <summary>A person has put away a piece of news: it is no longer on their home, and stays in the list.</summary>
public sealed class AnnouncementDismissal
{
    public required int UserId { get; init; }
    public required int AnnouncementId { get; init; }
    public required DateTime At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnnouncementDismissal>
    {
        public void Configure(EntityTypeBuilder<AnnouncementDismissal> builder)
        {
            builder.ToTable("AnnouncementDismissals");
            builder.HasKey(d => new { d.UserId, d.AnnouncementId });
            builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId);
            builder.HasOne<Announcement>().WithMany().HasForeignKey(d => d.AnnouncementId);
        }
    }
}
