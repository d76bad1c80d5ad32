using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Audit;

/// <summary>
/// Who did what to which row. Inserted plainly with the change, never changed by the application afterwards but
/// for the seal: a job numbers the rows and chains their hashes within seconds, so that a changed or missing row
/// is found against an exported head. Holds ids only, never an end user's data.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The person; null for the portal itself and for people who are not signed in.</summary>
    public int? ActorId { get; init; }

    /// <summary>What was done, as <c>area.verb</c>: <c>membership.approved</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The table's word for the thing: <c>Dossier</c>.</summary>
    public required string SubjectType { get; init; }

    public required string SubjectId { get; init; }

    /// <summary>Ids and codes that belong to it; no names, no texts.</summary>
    public string? Detail { get; init; }

    /// <summary>Position in the chain; null until sealed.</summary>
    public long? Sequence { get; private set; }

    /// <summary>Hexadecimal SHA-256 over the previous hash and this row's content; null until sealed.</summary>
    public string? Hash { get; private set; }

    internal void Seal(long sequence, string hash)
    {
        Sequence = sequence;
        Hash = hash;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("AuditEntries");
            builder.Property(a => a.Action).HasMaxLength(60);
            builder.Property(a => a.SubjectType).HasMaxLength(40);
            builder.Property(a => a.SubjectId).HasMaxLength(40);
            builder.Property(a => a.Hash).HasMaxLength(64);
            builder.HasIndex(a => a.Sequence).IsUnique();
            // SQL Server leaves nulls out of the unique index, and the sealer looks for exactly those.
            builder.HasIndex(a => a.Id, "IX_AuditEntries_Unsealed").HasFilter("[Sequence] IS NULL");
            builder.HasIndex(a => new { a.SubjectType, a.SubjectId });
            // Each is followed by the row's number, by which the log is paged.
            builder.HasIndex(a => new { a.ActorId, a.Action });
            builder.HasIndex(a => a.ActorId);
            builder.HasIndex(a => a.Action);
            builder.HasIndex(a => a.At);
        }
    }
}

public static class AuditWriting
{
    /// <summary>Adds a row to the change that is being saved.</summary>
    public static void Record(this PortalDbContext db, DateTime at, int? actorId, string action, string subjectType, object subjectId, string? detail = null) =>
        db.Add(new AuditEntry
        {
            At = at,
            ActorId = actorId,
            Action = action,
            SubjectType = subjectType,
            SubjectId = Convert.ToString(subjectId, System.Globalization.CultureInfo.InvariantCulture)!,
            Detail = detail,
        });
}
