using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Files;

/// <summary>
/// A stored file: staged on a draft first, then part of its dossier. The bytes are in the file store before
/// this row exists, and are removed after it is gone.
/// </summary>
public sealed class Attachment : IOrganisationOwned
{
    public const int NameMaxLength = 120;
    public const int SlotMaxLength = 40;

    public required Guid Id { get; init; }
    public required int OrganisationId { get; init; }
    public required int UploadedById { get; init; }
    public required DateTime UploadedAt { get; init; }

    /// <summary>The draft it was staged on; null for a file that came with a message.</summary>
    public Guid? DraftId { get; init; }

    public long? DossierId { get; init; }

    /// <summary>The message it came with; null for the files of the form itself.</summary>
    public long? TimelineEntryId { get; init; }

    /// <summary>The name of the form's slot that it fills, such as the photo of the serial plate; null for a file of no slot.</summary>
    public string? Slot { get; init; }

    /// <summary>As the person named it, cleaned, with the extension of what it is.</summary>
    public required string Name { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes, as stored.</summary>
    public required long Length { get; init; }

    /// <summary>Hexadecimal SHA-256 of the stored bytes.</summary>
    public required string Sha256 { get; init; }

    public required string StorageKey { get; init; }
    public string? ThumbnailKey { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> builder)
        {
            builder.ToTable("Attachments");
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.Property(a => a.Name).HasMaxLength(NameMaxLength);
            builder.Property(a => a.Slot).HasMaxLength(SlotMaxLength);
            builder.Property(a => a.ContentType).HasMaxLength(40);
            builder.Property(a => a.Sha256).HasMaxLength(64);
            builder.Property(a => a.StorageKey).HasMaxLength(64);
            builder.Property(a => a.ThumbnailKey).HasMaxLength(64);
            builder.HasOne<User>().WithMany().HasForeignKey(a => a.UploadedById);
            builder.HasOne<Draft>().WithMany().HasForeignKey(a => a.DraftId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(a => a.DossierId);
            builder.HasOne<TimelineEntry>().WithMany().HasForeignKey(a => a.TimelineEntryId);
            builder.HasIndex(a => a.StorageKey).IsUnique();
        }
    }
}
