using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Exports;

public enum ExportFormat : byte
{
    Csv = 1,
    Xlsx = 2,
}

/// <summary>A list that is too long to be written while somebody waits: it becomes a file, which who asked for it finds for a week.</summary>
public sealed class Export : LeasedWork
{
    public const int FilterMaxLength = 4000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required int RequestedById { get; init; }
    public required DateTime RequestedAt { get; init; }

    /// <summary>Whose list it is; null for support's queue.</summary>
    public int? OrganisationId { get; init; }

    /// <summary>Whether the list held dossiers of colleagues: whoever may not see those any more does not get the file either.</summary>
    public required bool SeesWholeOrganisation { get; init; }

    public required ExportFormat Format { get; init; }

    /// <summary>One of the four languages.</summary>
    public required string Language { get; init; }

    /// <summary>The list's filter, as JSON.</summary>
    public required string Filter { get; init; }

    public string? StorageKey { get; set; }

    /// <summary>Bytes.</summary>
    public long? Length { get; set; }

    public DateTime ExpiresAt => RequestedAt + Lifetime;

    internal sealed class Configuration : IEntityTypeConfiguration<Export>
    {
        public void Configure(EntityTypeBuilder<Export> builder)
        {
            builder.ToTable("Exports");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Language).HasMaxLength(2);
            builder.Property(e => e.Filter).HasMaxLength(FilterMaxLength);
            builder.Property(e => e.StorageKey).HasMaxLength(64);
            builder.Ignore(e => e.ExpiresAt);
            builder.Ignore(e => e.IsUnderWay);
            builder.HasOne<User>().WithMany().HasForeignKey(e => e.RequestedById);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(e => e.OrganisationId);
            builder.HasIndex(e => new { e.RequestedById, e.RequestedAt });
            builder.HasIndex(e => new { e.State, e.RequestedAt });
            builder.HasIndex(e => e.StorageKey);
        }
    }
}
