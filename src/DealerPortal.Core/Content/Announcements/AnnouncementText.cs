using DealerPortal.Core.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Content.Announcements;

/// <summary>An announcement in one language, with the information sheet in that language if there is one. Empty texts are those a draft lacks.</summary>
public sealed class AnnouncementText
{
    public const int TitleMaxLength = 150;
    public const int SummaryMaxLength = 200;

    public int AnnouncementId { get; init; }
    public required string Language { get; init; }
    public required string Title { get; set; }

    /// <summary>What home and lists say of it beside the title.</summary>
    public required string Summary { get; set; }

    /// <summary>Markdown as <see cref="Markdown"/> reads it; empty where the summary says it all.</summary>
    public required string Body { get; set; }

    /// <summary>A PDF; null for none. The next three go with it.</summary>
    public string? SheetKey { get; set; }
    public string? SheetName { get; set; }

    /// <summary>Bytes.</summary>
    public long? SheetLength { get; set; }

    /// <summary>Hexadecimal SHA-256 of the stored bytes.</summary>
    public string? SheetSha256 { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnnouncementText>
    {
        public void Configure(EntityTypeBuilder<AnnouncementText> builder)
        {
            builder.ToTable("AnnouncementTexts");
            builder.HasKey(t => new { t.AnnouncementId, t.Language });
            builder.Property(t => t.Language).HasMaxLength(2);
            builder.Property(t => t.Title).HasMaxLength(TitleMaxLength);
            builder.Property(t => t.Summary).HasMaxLength(SummaryMaxLength);
            builder.Property(t => t.Body).HasMaxLength(Markdown.MaxLength);
            builder.Property(t => t.SheetKey).HasMaxLength(64);
            builder.Property(t => t.SheetName).HasMaxLength(Attachment.NameMaxLength);
            builder.Property(t => t.SheetSha256).HasMaxLength(64);
            builder.HasIndex(t => t.SheetKey).IsUnique();
        }
    }
}
