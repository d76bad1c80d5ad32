using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>A file of events for a centre without machines, kept between its preview and the confirmation so that nobody sends it twice.</summary>
public sealed class CentreUpload
{
    public const int FileNameMaxLength = 120;

    /// <summary>Bytes of a file. A row has some hundred of them.</summary>
    public const int MaxLength = 1024 * 1024;

    public const int MaxRows = 2000;

    /// <summary>Afterwards its content goes; its events stay.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public required Guid Id { get; init; }
    public required int CentreId { get; init; }
    public required int UploadedById { get; init; }
    public required DateTime UploadedAt { get; init; }
    public required string FileName { get; init; }

    /// <summary>Decoded; empty after <see cref="KeptFor"/>.</summary>
    public required string Content { get; init; }

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
            builder.HasOne<User>().WithMany().HasForeignKey(u => u.UploadedById);
            builder.HasIndex(u => new { u.CentreId, u.UploadedAt });
        }
    }
}
