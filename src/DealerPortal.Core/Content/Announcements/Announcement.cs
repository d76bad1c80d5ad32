using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Content.Announcements;

public enum AnnouncementKind : byte
{
    /// <summary>Stands on top of everybody's home until its end; nobody can put it away.</summary>
    Important = 1,

    /// <summary>Each person can put it away.</summary>
    News = 2,

    /// <summary>Planned unavailability: on every page, also signed out, until the portal is back.</summary>
    Downtime = 3,
}

/// <summary>Where an announcement stands at a moment.</summary>
public enum AnnouncementState
{
    Draft,
    Planned,
    Current,
    Past,
    Withdrawn,
}

/// <summary>What the house tells its dealers, in four languages, from and until a moment. Decision 0020.</summary>
public sealed class Announcement : IStamped
{
    public int Id { get; init; }
    public required AnnouncementKind Kind { get; set; }

    /// <summary>The only country whose dealers read it; null for all. Downtime is everybody's.</summary>
    public string? Country { get; set; }

    /// <summary>UTC. Null in a draft that is to be shown as soon as it is published.</summary>
    public DateTime? ShownFrom { get; set; }

    /// <summary>UTC, exclusive. Null: it stays.</summary>
    public DateTime? ShownUntil { get; set; }

    /// <summary>UTC. Of <see cref="AnnouncementKind.Downtime"/> alone, which must have both before it is published.</summary>
    public DateTime? DownFrom { get; set; }

    /// <inheritdoc cref="DownFrom"/>
    public DateTime? DownUntil { get; set; }

    public required DateTime CreatedAt { get; init; }
    public required int CreatedById { get; init; }
    public required DateTime UpdatedAt { get; set; }
    public required int UpdatedById { get; set; }

    /// <summary>Null for a draft. From then on it has every language.</summary>
    public DateTime? PublishedAt { get; set; }

    /// <summary>Taken back since; dealers do not find it any more.</summary>
    public DateTime? WithdrawnAt { get; set; }

    public Guid Stamp { get; set; }

    /// <summary>One for each of <see cref="Languages.All"/>.</summary>
    public List<AnnouncementText> Texts { get; } = [];

    public AnnouncementState StateAt(DateTime now) =>
        PublishedAt is null ? AnnouncementState.Draft
        : WithdrawnAt is not null ? AnnouncementState.Withdrawn
        : ShownFrom > now ? AnnouncementState.Planned
        : ShownUntil <= now ? AnnouncementState.Past
        : AnnouncementState.Current;

    /// <summary>The text in that language; of a draft that has none yet, the first there is.</summary>
    public AnnouncementText? In(string language) =>
        Texts.FirstOrDefault(t => t.Language == language && t.Title.Length > 0) ?? Texts.OrderBy(t => Order(t.Language)).FirstOrDefault(t => t.Title.Length > 0);

    private static int Order(string language) => Languages.All.TakeWhile(known => known != language).Count();

    internal sealed class Configuration : IEntityTypeConfiguration<Announcement>
    {
        public void Configure(EntityTypeBuilder<Announcement> builder)
        {
            builder.ToTable("Announcements");
            builder.Property(a => a.Country).HasMaxLength(2);
            builder.HasOne<User>().WithMany().HasForeignKey(a => a.CreatedById);
            builder.HasOne<User>().WithMany().HasForeignKey(a => a.UpdatedById);
            builder.HasMany(a => a.Texts).WithOne().HasForeignKey(t => t.AnnouncementId);
            builder.HasIndex(a => a.ShownFrom);
        }
    }
}
