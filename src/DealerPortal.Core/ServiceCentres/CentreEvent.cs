using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>What became of an event. Every one is kept, whatever became of it.</summary>
public enum CentreEventOutcome : byte
{
    /// <summary>It moved the dossier on, or brought something that stands in it now.</summary>
    Applied = 1,

    /// <summary>It happened before what the dossier knew: in the timeline, and the status stands.</summary>
    Late = 2,

    /// <summary>It says what stood already.</summary>
    Repeated = 3,

    /// <summary>The transition table does not lead there; support reads it in the timeline.</summary>
    Refused = 4,

    /// <summary>Its code is in no line of the mapping table. It waits for one.</summary>
    UnknownCode = 5,

    /// <summary>There is no such dossier for this centre. It is looked for again when the event comes again.</summary>
    NoDossier = 6,

    /// <summary>A repair's step for a return, or the other way round.</summary>
    WrongTrack = 7,

    /// <summary>Its code, mapped after it came, asks for an appointment or a reason that it does not bring.</summary>
    Incomplete = 8,

    /// <summary>Its code is one of those that say nothing.</summary>
    Ignored = 9,
}

/// <summary>An event as a service centre sent it. Stored in the write that changes the dossier, so that neither is without the other.</summary>
public sealed class CentreEvent : IStamped
{
    public const int EventIdMaxLength = 64;
    public const int DossierNumberMaxLength = 24;

    public long Id { get; init; }
    public required int CentreId { get; init; }

    /// <summary>The centre's own; unique for it. Compared letter by letter.</summary>
    public required string EventId { get; init; }

    /// <summary>By which the same event is known from another that has its id: SHA-256 over what it says, however it is written.</summary>
    public required string ContentHash { get; init; }

    /// <summary>As sent.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Null where there is none for this centre.</summary>
    public long? DossierId { get; set; }

    /// <summary>As sent.</summary>
    public required string Code { get; init; }

    /// <summary>As <see cref="CentreCode.Normalise"/> writes it.</summary>
    public required string CodeKey { get; init; }

    public required DateTime OccurredAt { get; init; }
    public required DateTime ReceivedAt { get; init; }

    /// <summary>JSON as received; of a file's row the same JSON that a machine would have sent.</summary>
    [EndUserData]
    public required string Body { get; init; }

    public string? OrderNumber { get; init; }
    public string? GrmsNumber { get; init; }

    /// <summary>The key it came with; null for a file's row.</summary>
    public int? KeyId { get; init; }

    /// <summary>The file it came with; null for a machine's event.</summary>
    public Guid? UploadId { get; init; }

    public required CentreEventOutcome Outcome { get; set; }

    /// <summary>What the sender was told, and is told again when it asks again.</summary>
    public required CentreEventOutcome Answered { get; set; }

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CentreEvent>
    {
        public void Configure(EntityTypeBuilder<CentreEvent> builder)
        {
            builder.ToTable("ServiceCentreEvents");
            builder.Property(e => e.EventId).HasMaxLength(EventIdMaxLength);
            builder.Property(e => e.ContentHash).HasMaxLength(64);
            builder.Property(e => e.DossierNumber).HasMaxLength(DossierNumberMaxLength);
            builder.Property(e => e.Code).HasMaxLength(CentreCode.CodeMaxLength);
            builder.Property(e => e.CodeKey).HasMaxLength(CentreCode.CodeMaxLength);
            builder.Property(e => e.Body).HasMaxLength(int.MaxValue);
            builder.Property(e => e.OrderNumber).HasMaxLength(Dossier.ServiceOrderNumberMaxLength);
            builder.Property(e => e.GrmsNumber).HasMaxLength(Dossiers.GrmsNumber.MaxLength);
            builder.HasOne<ServiceCentre>().WithMany().HasForeignKey(e => e.CentreId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(e => e.DossierId);
            builder.HasOne<ServiceCentreKey>().WithMany().HasForeignKey(e => e.KeyId);
            builder.HasOne<CentreUpload>().WithMany().HasForeignKey(e => e.UploadId);
            builder.HasIndex(e => new { e.CentreId, e.EventId }).IsUnique();
            builder.HasIndex(e => new { e.CentreId, e.Outcome, e.ReceivedAt });
            builder.HasIndex(e => new { e.CentreId, e.ReceivedAt });
            builder.HasIndex(e => new { e.Outcome, e.CodeKey, e.OccurredAt });
        }
    }
}
