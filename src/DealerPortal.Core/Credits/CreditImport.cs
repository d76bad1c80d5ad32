using DealerPortal.Core.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Credits;

/// <summary>A file of credits that somebody of the staff uploaded: its columns named, checked, confirmed, written in the background, and undone while nothing depends on it.</summary>
public sealed class CreditImport : TableImport
{
    public const int MaxRows = 250_000;

    /// <summary>What a file may weigh: 100,000 rows are 15 MB as CSV.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>How long the file itself and its faults are kept. What it wrote stays on record, and can be undone, for as long as the credits are there.</summary>
    public static readonly TimeSpan FileLifetime = TimeSpan.FromDays(30);

    /// <summary>A <see cref="CreditMapping"/>; null until it is known.</summary>
    public string? Mapping { get; set; }

    /// <summary>Of the new and the changed rows, those whose customer number no confirmed organisation has.</summary>
    public int UnownedRows { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CreditImport>
    {
        public void Configure(EntityTypeBuilder<CreditImport> builder)
        {
            builder.ToTable("CreditImports");
            Configure<CreditImport>(builder);
            builder.Property(i => i.Mapping).HasMaxLength(1000);
        }
    }
}

/// <summary>A row of a file that is not taken, and why.</summary>
public sealed class CreditImportFault
{
    public long Id { get; init; }
    public required Guid ImportId { get; init; }
    public required int Line { get; init; }
    public required CreditField? Field { get; init; }
    public required CreditFault Fault { get; init; }

    /// <summary>What stands there.</summary>
    public required string? Value { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CreditImportFault>
    {
        public void Configure(EntityTypeBuilder<CreditImportFault> builder)
        {
            builder.ToTable("CreditImportFaults");
            builder.Property(f => f.Value).HasMaxLength(80);
            builder.HasOne<CreditImport>().WithMany().HasForeignKey(f => f.ImportId);
            builder.HasIndex(f => new { f.ImportId, f.Id });
        }
    }
}
