using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.OldPortal;

/// <summary>What a file of the old portal holds, in the order in which files are taken over.</summary>
public enum PortalImportKind : byte
{
    /// <summary>Organisations, a branch a row.</summary>
    Organisations = 1,

    /// <summary>People, who are invited.</summary>
    Members = 2,

    /// <summary>Dossiers that are open.</summary>
    Dossiers = 3,
}

/// <summary>What is being done with a file, or was done last.</summary>
public enum PortalImportPhase : byte
{
    /// <summary>All rows are read and compared; nothing is written.</summary>
    Check = 1,

    /// <summary>Its good rows go in.</summary>
    Write = 2,

    /// <summary>What it wrote is taken back.</summary>
    Undo = 3,
}

/// <summary>A file of the old portal that somebody of the staff uploaded: checked, confirmed, written in the background, and undone while nothing depends on it.</summary>
public sealed class PortalImport : LeasedWork
{
    public const int FileNameMaxLength = 120;

    /// <summary>What a file may hold: the keys of all its rows are kept in memory while it is read.</summary>
    public const int MaxRows = 50_000;

    public const long MaxBytes = 32L * 1024 * 1024;

    /// <summary>So many faults are kept; a file with more is of another kind.</summary>
    public const int MaxFaults = 10_000;

    /// <summary>How long the file itself and its faults, which name people, are kept. What it wrote stays on record and can be undone.</summary>
    public static readonly TimeSpan FileLifetime = TimeSpan.FromDays(14);

    public required PortalImportKind Kind { get; init; }
    public required int OwnerId { get; init; }
    public required string FileName { get; init; }
    public required TableFormat Format { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The file as uploaded; null once it had its time.</summary>
    public string? StorageKey { get; set; }

    public PortalImportPhase Phase { get; set; } = PortalImportPhase.Check;

    /// <summary>When the phase that is under way was ordered.</summary>
    public DateTime? OrderedAt { get; set; }

    /// <summary>When all rows were looked at; null before. The counts are of then.</summary>
    public DateTime? CheckedAt { get; set; }

    public int NewRows { get; set; }
    public int ChangedRows { get; set; }
    public int UnchangedRows { get; set; }
    public int FaultyRows { get; set; }

    /// <summary>Rows that go in although something about them is to be looked at.</summary>
    public int WarnedRows { get; set; }

    /// <summary>Of the new rows those that begin an organisation.</summary>
    public int NewOrganisations { get; set; }

    /// <summary>The last line of the file that went in.</summary>
    public int WrittenLine { get; set; }

    public DateTime? WrittenAt { get; set; }

    /// <summary>Rows that added something.</summary>
    public int Added { get; set; }

    /// <summary>Rows that completed something that was there.</summary>
    public int Changed { get; set; }

    public DateTime? UndoneAt { get; set; }

    public int Rows => NewRows + ChangedRows + UnchangedRows + FaultyRows;
    public bool CanBeConfirmed => Phase == PortalImportPhase.Check && State == WorkState.Done && NewRows + ChangedRows > 0 && StorageKey is not null;
    public bool CanBeUndone => Phase == PortalImportPhase.Write && State is WorkState.Done or WorkState.Failed && Added + Changed > 0;

    internal sealed class Configuration : IEntityTypeConfiguration<PortalImport>
    {
        public void Configure(EntityTypeBuilder<PortalImport> builder)
        {
            builder.ToTable("PortalImports");
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
}

/// <summary>What is to be said about a row of a file.</summary>
public sealed class PortalImportFault
{
    public long Id { get; init; }
    public required Guid ImportId { get; init; }
    public required int Line { get; init; }
    public required PortalField? Field { get; init; }
    public required PortalFault Fault { get; init; }

    /// <summary>What stands there.</summary>
    public required string? Value { get; init; }

    /// <summary>Whether the row goes in all the same.</summary>
    public static Expression<Func<PortalImportFault, bool>> IsWarning => fault => fault.Fault >= PortalRowFault.FirstWarning;

    /// <summary>Whether the row is left out.</summary>
    public static Expression<Func<PortalImportFault, bool>> IsRefusal => fault => fault.Fault < PortalRowFault.FirstWarning;

    internal sealed class Configuration : IEntityTypeConfiguration<PortalImportFault>
    {
        public void Configure(EntityTypeBuilder<PortalImportFault> builder)
        {
            builder.ToTable("PortalImportFaults");
            builder.Property(f => f.Value).HasMaxLength(TableCell.ShownLength);
            builder.HasOne<PortalImport>().WithMany().HasForeignKey(f => f.ImportId);
            builder.HasIndex(f => new { f.ImportId, f.Id });
        }
    }
}

/// <summary>What a trace is of.</summary>
public enum TraceKind : byte
{
    Organisation = 1,
    Branch = 2,

    /// <summary>An organisation that was there got its customer number.</summary>
    CustomerNumber = 3,
    Invitation = 4,
    Dossier = 5,
}

/// <summary>One thing that an import wrote, by which it is taken back.</summary>
public sealed class PortalImportTrace
{
    public const int ValueMaxLength = 40;

    public long Id { get; init; }
    public required Guid ImportId { get; init; }
    public required TraceKind Kind { get; init; }

    /// <summary>The key of the row that was written; 0 for an invitation.</summary>
    public long SubjectId { get; init; }

    /// <summary>The invitation that was written. No reference: invitations are forgotten after a while.</summary>
    public Guid? InvitationId { get; init; }

    /// <summary>What was written, where the key alone does not say it.</summary>
    public string? Value { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PortalImportTrace>
    {
        public void Configure(EntityTypeBuilder<PortalImportTrace> builder)
        {
            builder.ToTable("PortalImportTraces");
            builder.Property(t => t.Value).HasMaxLength(ValueMaxLength);
            builder.HasOne<PortalImport>().WithMany().HasForeignKey(t => t.ImportId);
            builder.HasIndex(t => new { t.ImportId, t.Kind, t.SubjectId });
        }
    }
}
