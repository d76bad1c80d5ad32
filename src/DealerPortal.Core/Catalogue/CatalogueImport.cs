using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Catalogue;

/// <summary>A file of models that somebody uploaded: previewed, ordered once confirmed, written in the background, and kept for a while.</summary>
public sealed class CatalogueImport : LeasedWork
{
    public const int FileNameMaxLength = 120;

    /// <summary>What a file may weigh: 20,000 rows of the longest names are half of it.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public const int FingerprintLength = 64;

    /// <summary>After this it is removed, unless it was confirmed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>How long it is kept once it was confirmed, so that its result is found again.</summary>
    public static readonly TimeSpan LifetimeOnceOrdered = TimeSpan.FromDays(7);

    /// <summary>Who uploaded it, and who alone sees it.</summary>
    public required int OwnerId { get; init; }

    public required string FileName { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The bytes as uploaded, compressed; at most <see cref="MaxBytes"/> before.</summary>
    public required byte[] Content { get; init; }

    /// <summary>When it was last confirmed.</summary>
    public DateTime? OrderedAt { get; set; }

    /// <summary>When the preview that was confirmed was shown.</summary>
    public DateTime? PreviewedAt { get; set; }

    /// <summary><see cref="CatalogueComparison.Fingerprint"/> of what was confirmed, and once lines are written of those that are left.</summary>
    public string? Confirmed { get; set; }

    /// <summary>The last line of the file that this order has written; 0 before the first.</summary>
    public int WrittenLine { get; set; }

    /// <summary>When lines of it were last written; null before.</summary>
    public DateTime? AppliedAt { get; set; }

    public int Added { get; set; }
    public int Changed { get; set; }

    public static Expression<Func<CatalogueImport, bool>> IsOver(DateTime now)
    {
        var (uploaded, ordered) = (now - Lifetime, now - LifetimeOnceOrdered);
        return i => i.State != WorkState.Waiting && i.State != WorkState.Running && i.CreatedAt <= uploaded && (i.OrderedAt == null || i.OrderedAt <= ordered);
    }

    internal sealed class Configuration : IEntityTypeConfiguration<CatalogueImport>
    {
        public void Configure(EntityTypeBuilder<CatalogueImport> builder)
        {
            builder.ToTable("CatalogueImports");
            builder.Property(i => i.FileName).HasMaxLength(FileNameMaxLength);
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.Property(i => i.Confirmed).HasMaxLength(FingerprintLength);
            builder.Ignore(i => i.IsUnderWay);
            builder.HasOne<User>().WithMany().HasForeignKey(i => i.OwnerId);
            builder.HasIndex(i => new { i.OwnerId, i.CreatedAt });
            builder.HasIndex(i => i.CreatedAt);
            builder.HasIndex(i => new { i.State, i.OrderedAt });
        }
    }
}
