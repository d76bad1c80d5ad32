using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Exports;

public enum ExportFormat : byte
{
    Csv = 1,
    Xlsx = 2,
}

public enum ExportState : byte
{
    Waiting = 1,
    Running = 2,
    Done = 3,

    /// <summary>It was tried <see cref="ExportWriting.MaxAttempts"/> times, or who asked for it lost the right to it.</summary>
    Failed = 4,
}

/// <summary>A list that is too long to be written while somebody waits: it becomes a file, which who asked for it finds for a week.</summary>
public sealed class Export
{
    public const int FilterMaxLength = 4000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }
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

    public ExportState State { get; set; } = ExportState.Waiting;

    /// <summary>Rows that are written so far.</summary>
    public int Written { get; set; }

    /// <summary>Rows there are to write; null until they are counted.</summary>
    public int? Total { get; set; }

    public DateTime? FinishedAt { get; set; }
    public string? StorageKey { get; set; }

    /// <summary>Bytes.</summary>
    public long? Length { get; set; }

    public int Attempts { get; set; }

    /// <summary>Which instance writes it, and until when it is left alone.</summary>
    public Guid? LeaseOwner { get; set; }
    public DateTime? LeaseUntil { get; set; }

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
            builder.HasOne<User>().WithMany().HasForeignKey(e => e.RequestedById);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(e => e.OrganisationId);
            builder.HasIndex(e => new { e.RequestedById, e.RequestedAt });
            builder.HasIndex(e => new { e.State, e.RequestedAt });
            builder.HasIndex(e => e.StorageKey);
        }
    }
}
