using System.Linq.Expressions;
using DealerPortal.Core.Tables;
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

/// <summary>A file of the old portal that somebody of the staff uploaded.</summary>
public sealed class PortalImport : TableImport
{
    /// <summary>What a file may hold: the keys of all its rows are kept in memory while it is read.</summary>
    public const int MaxRows = 50_000;

    public const long MaxBytes = 32L * 1024 * 1024;

    /// <summary>How long the file itself and its faults, which name people, are kept. What it wrote stays on record and can be undone.</summary>
    public static readonly TimeSpan FileLifetime = TimeSpan.FromDays(14);

    public required PortalImportKind Kind { get; init; }

    /// <summary>Rows that go in although something about them is to be looked at.</summary>
    public int WarnedRows { get; set; }

    /// <summary>Of the new rows those that begin an organisation.</summary>
    public int NewOrganisations { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PortalImport>
    {
        public void Configure(EntityTypeBuilder<PortalImport> builder)
        {
            builder.ToTable("PortalImports");
            Configure<PortalImport>(builder);
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
