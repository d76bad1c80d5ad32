using DealerPortal.Core.Accounts;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Credits;

/// <summary>What is being done with a file, or was done last.</summary>
public enum CreditImportPhase : byte
{
    /// <summary>Somebody has to say what its columns mean.</summary>
    Columns = 1,

    /// <summary>All rows are read and compared; nothing is written.</summary>
    Check = 2,

    /// <summary>Its good rows go in.</summary>
    Write = 3,

    /// <summary>What it wrote is taken back.</summary>
    Undo = 4,
}

/// <summary>A file of credits that somebody of the staff uploaded: its columns named, checked, confirmed, written in the background, and undone while nothing depends on it.</summary>
public sealed class CreditImport : LeasedWork
{
    public const int FileNameMaxLength = 120;
    public const int MaxRows = 250_000;

    /// <summary>What a file may weigh: 100,000 rows are 15 MB as CSV.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>So many faults are kept; a file with more is of another kind.</summary>
    public const int MaxFaults = 10_000;

    /// <summary>How long the file itself and its faults are kept. What it wrote stays on record, and can be undone, for as long as the credits are there.</summary>
    public static readonly TimeSpan FileLifetime = TimeSpan.FromDays(30);

    public required int OwnerId { get; init; }
    public required string FileName { get; init; }
    public required TableFormat Format { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The file as uploaded; null once it had its time.</summary>
    public string? StorageKey { get; set; }

    public CreditImportPhase Phase { get; set; } = CreditImportPhase.Columns;

    /// <summary>A <see cref="CreditMapping"/>; null until it is known.</summary>
    public string? Mapping { get; set; }

    /// <summary>When the phase that is under way was ordered.</summary>
    public DateTime? OrderedAt { get; set; }

    /// <summary>When all rows were looked at; null before. The counts are of then.</summary>
    public DateTime? CheckedAt { get; set; }

    public int NewRows { get; set; }
    public int ChangedRows { get; set; }
    public int UnchangedRows { get; set; }
    public int FaultyRows { get; set; }

    /// <summary>Of the new and the changed rows, those whose customer number no confirmed organisation has.</summary>
    public int UnownedRows { get; set; }

    /// <summary>The last line of the file that went in.</summary>
    public int WrittenLine { get; set; }

    public DateTime? WrittenAt { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public DateTime? UndoneAt { get; set; }

    public bool CanBeConfirmed => Phase == CreditImportPhase.Check && State == WorkState.Done && NewRows + ChangedRows > 0 && StorageKey is not null;
    public bool CanBeUndone => Phase == CreditImportPhase.Write && State is WorkState.Done or WorkState.Failed && Added + Changed > 0;

    internal sealed class Configuration : IEntityTypeConfiguration<CreditImport>
    {
        public void Configure(EntityTypeBuilder<CreditImport> builder)
        {
            builder.ToTable("CreditImports");
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.Property(i => i.FileName).HasMaxLength(FileNameMaxLength);
            builder.Property(i => i.StorageKey).HasMaxLength(FileKeys.Length);
            builder.Property(i => i.Mapping).HasMaxLength(1000);
            builder.Ignore(i => i.IsUnderWay);
            builder.Ignore(i => i.CanBeConfirmed);
            builder.Ignore(i => i.CanBeUndone);
            builder.HasOne<User>().WithMany().HasForeignKey(i => i.OwnerId);
            builder.HasIndex(i => i.CreatedAt);
            builder.HasIndex(i => new { i.State, i.OrderedAt });
            builder.HasIndex(i => i.StorageKey);
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
