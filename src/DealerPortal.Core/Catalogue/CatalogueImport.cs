using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Catalogue;

/// <summary>A file of models that somebody uploaded, between its preview and its confirmation and for a while after.</summary>
public sealed class CatalogueImport
{
    public const int FileNameMaxLength = 120;

    /// <summary>What a file may weigh: 20,000 rows of the longest names are half of it.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>After this it is removed, confirmed or not.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Who uploaded it, and who alone sees it.</summary>
    public required int OwnerId { get; init; }

    public required string FileName { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The bytes as uploaded, compressed; at most <see cref="MaxBytes"/> before.</summary>
    public required byte[] Content { get; init; }

    /// <summary>When it was confirmed; null before.</summary>
    public DateTime? AppliedAt { get; private set; }

    public int Added { get; private set; }
    public int Changed { get; private set; }

    internal void Count(int added, int changed, DateTime now)
    {
        AppliedAt = now;
        Added += added;
        Changed += changed;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<CatalogueImport>
    {
        public void Configure(EntityTypeBuilder<CatalogueImport> builder)
        {
            builder.ToTable("CatalogueImports");
            builder.Property(i => i.FileName).HasMaxLength(FileNameMaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(i => i.OwnerId);
            builder.HasIndex(i => new { i.OwnerId, i.CreatedAt });
            builder.HasIndex(i => i.CreatedAt);
        }
    }
}
