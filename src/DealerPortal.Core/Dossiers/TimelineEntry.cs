using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

public enum TimelineKind : byte
{
    Submitted = 1,

    /// <summary>A text by the dealer or by support, with or without files.</summary>
    Message = 2,

    /// <summary>A text that only support sees.</summary>
    InternalNote = 3,
    RequestStatusChanged = 4,
    RepairStatusChanged = 5,
    AppointmentScheduled = 6,
    NotificationChanged = 7,
    CancellationRequested = 8,
    ReturnStatusChanged = 9,
    PickupPlanned = 10,

    /// <summary>Support corrected what the form said; the fields are the entry's <see cref="DossierFieldChange"/> rows.</summary>
    DataChanged = 11,

    /// <summary>A duplicate was merged into this dossier; the text is its number.</summary>
    DuplicateMerged = 12,

    /// <summary>This dossier was merged into another as a duplicate; the text is the other's number.</summary>
    MergedIntoOther = 13,

    /// <summary>Support linked it to another dossier; the text is the other's number.</summary>
    Linked = 14,

    /// <summary>Support took such a link away; the text is the other's number.</summary>
    Unlinked = 15,

    /// <summary>Somebody of the staff, or nobody, looks after the dossier from then on.</summary>
    Assigned = 16,

    /// <summary>The dealer asks for another date than the one arranged; the text says when.</summary>
    AnotherDateRequested = 17,

    /// <summary>An administrator of the organisation made it a colleague's own.</summary>
    HandedOver = 18,

    /// <summary>The portal reminded the dealer of a question by mail.</summary>
    Reminded = 19,

    /// <summary>The portal closed the request, because nobody answered a question.</summary>
    ClosedUnanswered = 20,

    /// <summary>Files of an answer by mail that could not be taken; the text is a <see cref="Mail.Inbound.RefusedFile"/> a line.</summary>
    FilesNotTaken = 21,

    /// <summary>The manufacturer's number became known, which is the text.</summary>
    GrmsNumberSet = 40,

    /// <summary>A service centre's report that moved nothing: late, or a text; what only support needs to know is internal.</summary>
    CentreReport = 41,

    /// <summary>Support chose the service centre, whose name is the text; none is without one. Internal.</summary>
    CentreChosen = 42,

    /// <summary>A credit was found that belongs to it; the text is its GRMS number.</summary>
    CreditLinked = 50,

    /// <summary>The credit note went out; the text is its GRMS number.</summary>
    CreditIssued = 51,

    /// <summary>The end user and every free text were taken out, after the time they are kept.</summary>
    Anonymised = 60,

    /// <summary>It was taken over from the portal before this one; the text is its number there.</summary>
    TakenOver = 61,
}

/// <summary>Who stands behind an entry.</summary>
public enum ActorKind : byte
{
    Dealer = 1,
    Support = 2,
    ServiceCentre = 3,
    System = 4,
}

/// <summary>One thing that happened to a dossier, written in the transaction that made it happen.</summary>
public sealed class TimelineEntry : IOrganisationOwned
{
    public const int TextMaxLength = 4000;

    public long Id { get; init; }
    public required long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>When it happened, as a service centre says it; null where that is when it was written.</summary>
    public DateTime? OccurredAt { get; init; }
    public required TimelineKind Kind { get; init; }
    public required ActorKind Actor { get; init; }

    /// <summary>The person; null for a service centre and for the portal itself.</summary>
    public int? ActorId { get; init; }

    public bool IsInternal { get; init; }

    /// <summary>Whether a message was written as the answer to a mail.</summary>
    public bool CameByMail { get; init; }

    /// <summary>As typed: the message, the resolution's text, the reason.</summary>
    [EndUserData]
    public string? Text { get; init; }

    /// <summary>The request status that was reached, with <see cref="TimelineKind.RequestStatusChanged"/>.</summary>
    public RequestStatus? RequestStatus { get; init; }

    public Resolution? Resolution { get; init; }

    /// <summary>The repair status that was reached, with <see cref="TimelineKind.RepairStatusChanged"/> and appointments.</summary>
    public RepairStatus? RepairStatus { get; init; }

    /// <summary>The status of the return that was reached, with <see cref="TimelineKind.ReturnStatusChanged"/> and planned pickups.</summary>
    public ReturnStatus? ReturnStatus { get; init; }

    /// <summary>Who looks after it now, with <see cref="TimelineKind.Assigned"/>, null for nobody; whose it is now, with <see cref="TimelineKind.HandedOver"/>.</summary>
    public int? AssigneeId { get; init; }

    public DateOnly? AppointmentDate { get; init; }
    public TimeOnly? AppointmentFrom { get; init; }
    public TimeOnly? AppointmentUntil { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TimelineEntry>
    {
        public void Configure(EntityTypeBuilder<TimelineEntry> builder)
        {
            builder.ToTable("TimelineEntries");
            builder.Property(e => e.Text).HasMaxLength(TextMaxLength);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(e => e.DossierId);
            builder.HasOne<User>().WithMany().HasForeignKey(e => e.ActorId);
            builder.HasOne<User>().WithMany().HasForeignKey(e => e.AssigneeId);
            builder.HasIndex(e => new { e.DossierId, e.At });
        }
    }
}
