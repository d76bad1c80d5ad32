using DealerPortal.Core.Accounts;
using DealerPortal.Core.Files;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Tables;

/// <summary>What is being done with a file, or was done last.</summary>
public enum ImportPhase : byte
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

/// <summary>A table that somebody of the staff uploaded: checked, confirmed, written in the background, and undone while nothing depends on it.</summary>
public abstract class TableImport : LeasedWork
{
    public const int FileNameMaxLength = 120;

    /// <summary>So many faults are kept; a file with more is of another kind.</summary>
    public const int MaxFaults = 10_000;

    public required int OwnerId { get; init; }
    public required string FileName { get; init; }
    public required TableFormat Format { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The file as uploaded; null once it had its time.</summary>
    public string? StorageKey { get; set; }

    public ImportPhase Phase { get; set; }

    /// <summary>When the phase that is under way was ordered.</summary>
    public DateTime? OrderedAt { get; set; }

    /// <summary>When all rows were looked at; null before. The counts are of then.</summary>
    public DateTime? CheckedAt { get; set; }

    public int NewRows { get; set; }
    public int ChangedRows { get; set; }
    public int UnchangedRows { get; set; }
    public int FaultyRows { get; set; }

    /// <summary>The last line of the file that went in.</summary>
    public int WrittenLine { get; set; }

    public DateTime? WrittenAt { get; set; }

    /// <summary>Rows that added something.</summary>
    public int Added { get; set; }

    /// <summary>Rows that changed something that was there.</summary>
    public int Changed { get; set; }

    public DateTime? UndoneAt { get; set; }

    public int Rows => NewRows + ChangedRows + UnchangedRows + FaultyRows;
    public bool CanBeConfirmed => Phase == ImportPhase.Check && State == WorkState.Done && NewRows + ChangedRows > 0 && StorageKey is not null;
    public bool CanBeUndone => Phase == ImportPhase.Write && State is WorkState.Done or WorkState.Failed && Added + Changed > 0;

    private protected static void Configure<T>(EntityTypeBuilder<T> builder)
        where T : TableImport
    {
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.FileName).HasMaxLength(FileNameMaxLength);
        builder.Property(i => i.StorageKey).HasMaxLength(FileKeys.Length);
        builder.Ignore(i => i.IsUnderWay);
        builder.Ignore(i => i.Rows);
        builder.Ignore(i => i.CanBeConfirmed);
        builder.Ignore(i => i.CanBeUndone);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.OwnerId);
        builder.HasIndex(i => i.CreatedAt);
        builder.HasIndex(i => new { i.State, i.OrderedAt });
        builder.HasIndex(i => i.StorageKey);
    }
}
