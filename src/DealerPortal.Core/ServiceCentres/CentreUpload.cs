using DealerPortal.Core.Accounts;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>A file of events for a centre without machines: previewed, ordered once confirmed, taken in in the background, and kept.</summary>
public sealed class CentreUpload : LeasedWork
{
    public const int FileNameMaxLength = 120;

    /// <summary>Bytes of a file. A row has some hundred of them.</summary>
    public const int MaxLength = 1024 * 1024;

    public const int MaxRows = 2000;

    /// <summary>Afterwards its content goes; its events stay.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public required int CentreId { get; init; }
    public required int UploadedById { get; init; }
    public required DateTime UploadedAt { get; init; }
    public required string FileName { get; init; }

    /// <summary>Decoded; empty after <see cref="KeptFor"/>.</summary>
    public required string Content { get; init; }

    /// <summary>Who last confirmed it, and when.</summary>
    public int? OrderedById { get; set; }
    public DateTime? OrderedAt { get; set; }

    /// <summary>When it was first taken in to its end.</summary>
    public DateTime? ConfirmedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CentreUpload>
    {
        public void Configure(EntityTypeBuilder<CentreUpload> builder)
        {
            builder.ToTable("ServiceCentreUploads");
            builder.Property(u => u.Id).ValueGeneratedNever();
            builder.Property(u => u.FileName).HasMaxLength(FileNameMaxLength);
            builder.Property(u => u.Content).HasMaxLength(int.MaxValue);
            builder.HasOne<ServiceCentre>().WithMany().HasForeignKey(u => u.CentreId);
            builder.Ignore(u => u.IsUnderWay);
            builder.HasOne<User>().WithMany().HasForeignKey(u => u.UploadedById);
            builder.HasOne<User>().WithMany().HasForeignKey(u => u.OrderedById);
            builder.HasIndex(u => new { u.CentreId, u.UploadedAt });
            builder.HasIndex(u => new { u.State, u.OrderedAt });
        }
    }
}
