using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Audit;

/// <summary>One verification of the chain, how far it is and what it found. It goes on where it was, on any instance.</summary>
public sealed class AuditCheck
{
    public int Id { get; init; }
    public required DateTime StartedAt { get; init; }
    public required int StartedById { get; init; }

    /// <summary>The head it is compared with, exported before and kept elsewhere; null for none.</summary>
    public long? ExportedSequence { get; init; }

    public string? ExportedHash { get; init; }

    /// <summary>The last sealed row when it began.</summary>
    public required long Target { get; init; }

    /// <summary>All rows up to this one are what was sealed.</summary>
    public long CheckedSequence { get; private set; }

    public required string CheckedHash { get; init; }
    public DateTime? FinishedAt { get; private set; }
    public long? FaultSequence { get; private set; }
    public AuditFaultKind? FaultKind { get; private set; }

    public AuditHead? Exported => ExportedSequence is { } sequence && ExportedHash is { } hash ? new AuditHead(sequence, hash) : null;

    public AuditHead Reached => new(CheckedSequence, CheckedHash);

    internal sealed class Configuration : IEntityTypeConfiguration<AuditCheck>
    {
        public void Configure(EntityTypeBuilder<AuditCheck> builder)
        {
            builder.ToTable("AuditChecks");
            builder.Property(c => c.ExportedHash).HasMaxLength(64);
            builder.Property(c => c.CheckedHash).HasMaxLength(64);
            builder.Ignore(c => c.Exported);
            builder.Ignore(c => c.Reached);
            builder.HasOne<User>().WithMany().HasForeignKey(c => c.StartedById);
            builder.HasIndex(c => c.FinishedAt);
        }
    }
}
