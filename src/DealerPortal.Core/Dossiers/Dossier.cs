using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Privacy;
using DealerPortal.Core.ServiceCentres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>
/// What every dossier has, whatever its type: owner, statuses, device, end user. The type's own answers
/// stand in one detail table per type with the same key, so that lists never touch them.
/// </summary>
public sealed class Dossier : IOrganisationOwned, IStamped
{
    public const int NumberMaxLength = 16;
    public const int ReferenceMaxLength = 60;
    public const int SerialNumberMaxLength = 40;
    public const int ResolutionTextMaxLength = 2000;
    public const int EndUserNameMaxLength = 120;
    public const int ServiceOrderNumberMaxLength = 40;
    public const int EarlierNumberMaxLength = 40;

    /// <summary>A dealer's answer within this time reopens a completed request.</summary>
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromDays(30);

    public long Id { get; init; }

    /// <summary>As people say it: <c>26-0001234-2</c>. Unique.</summary>
    public required string Number { get; init; }

    /// <summary>Its number in the portal before this one, for a dossier that was taken over from there; one of its kind in its organisation.</summary>
    public string? EarlierNumber { get; init; }

    public required DossierType Type { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>Who filed it; never changes.</summary>
    public required int AuthorId { get; init; }

    /// <summary>Whose dossier it is: the author, until an administrator hands it over. Employees see what they own.</summary>
    public required int OwnerId { get; set; }

    /// <summary>When it was filed; its first status and its last change date from then.</summary>
    public required DateTime CreatedAt { get; init => field = UpdatedAt = StatusSince = value; }
    public DateTime UpdatedAt { get; set; }

    public RequestStatus Status { get; private set; } = RequestStatus.Submitted;
    public DateTime StatusSince { get; private set; }
    public Resolution? Resolution { get; private set; }

    /// <summary>What the dealer reads beside the resolution.</summary>
    [EndUserData]
    public string? ResolutionText { get; private set; }

    public DateTime? CompletedAt { get; private set; }

    /// <summary>Null until the service centre has said something, and for types without a repair.</summary>
    public RepairStatus? RepairStatus { get; private set; }

    /// <summary>Why a repair was cancelled, as the dealer reads it.</summary>
    [EndUserData]
    public string? RepairCancelledReason { get; private set; }

    /// <summary>Null until support or the carrier has said something, and for types without a return.</summary>
    public ReturnStatus? ReturnStatus { get; private set; }

    /// <summary>Why a return was refused, as the dealer reads it.</summary>
    [EndUserData]
    public string? ReturnRefusedReason { get; private set; }

    /// <summary>The manufacturer's number of the return and its credit, once it is known.</summary>
    public string? GrmsNumber { get; set; }

    /// <summary>When what the repair's or the return's status says happened, as its reporter says it; null before the first step.</summary>
    public DateTime? TrackOccurredAt { get; private set; }

    /// <summary>Who reported the step on which the repair or the return stands.</summary>
    public ActorKind? TrackReportedBy { get; private set; }

    /// <summary>The centre that works on it: the first whose report came, or whom support chose. Others do not find the dossier.</summary>
    public int? ServiceCentreId { get; set; }

    /// <summary>The centre's own number of the order.</summary>
    public string? ServiceOrderNumber { get; set; }

    /// <summary>Open while the request is, or while a repair or a return that began is not at its end.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Whose move it is; null once it is not open any more.</summary>
    public WaitingOn? WaitingOn { get; private set; } = Dossiers.WaitingOn.Support;

    /// <summary>What it waits for next from support or a service centre, also while it waits for the dealer; null once that is nothing.</summary>
    public PromiseStep? Step { get; private set; }

    /// <summary>Since when the step's clock runs, UTC; later than now where an appointment is to come first. Null while it is held.</summary>
    public DateTime? ClockSince { get; private set; }

    /// <summary>The step's working minutes that had passed when its clock was last held.</summary>
    public int ClockUsed { get; private set; }

    /// <summary>Until when the step is to be taken, UTC; null while the clock is held and where there is no target.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>The member of staff who looks after it; null while nobody does.</summary>
    public int? AssigneeId { get; set; }

    /// <summary>The dealer's own reference.</summary>
    [EndUserData]
    public string? Reference { get; set; }

    /// <summary>Whether the owner gets mails about this dossier.</summary>
    public bool NotifyByMail { get; set; }

    public int? BranchId { get; set; }
    public string? ModelCode { get; set; }

    /// <summary>The catalogue's model; null for one the catalogue does not know, which support is shown.</summary>
    public int? ModelId { get; set; }

    public string? SerialNumber { get; set; }
    [EndUserData]
    public string? Imei { get; set; }
    public bool? Sold { get; set; }

    [EndUserData]
    public string? EndUserName { get; set; }
    [EndUserData]
    public string? EndUserStreet { get; set; }
    [EndUserData]
    public string? EndUserPostalCode { get; set; }
    [EndUserData]
    public string? EndUserTown { get; set; }
    [EndUserData]
    public string? EndUserPhone { get; set; }
    [EndUserData]
    public string? EndUserEmail { get; set; }

    /// <summary>The dossier whose data this one took over.</summary>
    public long? CopiedFromId { get; init; }

    /// <summary>The dossier that goes on in its place, when it was found to be a duplicate. From then on nothing moves it.</summary>
    public long? MergedIntoId { get; private set; }

    /// <summary>When the end user and every free text were taken out of it; from then on nothing moves it.</summary>
    public DateTime? AnonymisedAt { get; private set; }

    /// <summary>When request, repair and return were all at their ends; null while it is open.</summary>
    public DateTime? ClosedAt => IsOpen ? null : TrackOccurredAt > CompletedAt ? TrackOccurredAt : CompletedAt;

    /// <summary>How often the dealer was reminded of the question that waits for them.</summary>
    public byte Reminders { get; private set; }

    public Guid Stamp { get; set; }

    /// <summary>Moves the request; false when the table does not allow it, which changes nothing.</summary>
    public bool MoveTo(RequestStatus status, DateTime now)
    {
        if (MergedIntoId is not null || status == RequestStatus.Completed || !RequestTransitions.Allows(Status, status))
            return false;
        if (Status == RequestStatus.Completed)
            Await(PromiseStep.FirstAnswer);
        else
            Answered();
        Status = status;
        StatusSince = now;
        Reminders = 0;
        Resolution = null;
        ResolutionText = null;
        CompletedAt = null;
        Touch(now);
        return true;
    }

    /// <summary>Completes the request with a resolution and the text the dealer reads.</summary>
    public bool Complete(Resolution resolution, string? text, DateTime now)
    {
        if (MergedIntoId is not null || !RequestTransitions.Allows(Status, RequestStatus.Completed))
            return false;
        Answered();
        Status = RequestStatus.Completed;
        StatusSince = now;
        Reminders = 0;
        Resolution = resolution;
        ResolutionText = text;
        CompletedAt = now;
        Touch(now);
        return true;
    }

    /// <summary>Moves the repair; false when the table does not allow it, as for an event that came late or twice.</summary>
    public bool MoveRepairTo(RepairStatus status, string? cancelledReason, DateTime now)
    {
        if (MergedIntoId is not null || !RepairTransitions.Allows(RepairStatus, status))
            return false;
        SetRepair(status, cancelledReason, now, ActorKind.Support);
        Touch(now);
        return true;
    }

    /// <summary>Takes a service centre's report, in whatever order reports come.</summary>
    /// <param name="occurredAt">When it happened.</param>
    public ReportEffect ReportRepair(RepairStatus status, string? cancelledReason, DateTime occurredAt, DateTime now)
    {
        var effect = ReportOrder.Judge(
            RepairStatus, status, new ReportTimes(TrackOccurredAt, occurredAt, TrackReportedBy), RepairTransitions.Allows, s => RepairTransitions.IsEnd(s));
        // The same again still tells when it happened, and an end's first report tells why.
        if (effect == ReportEffect.Moved || (effect == ReportEffect.Repeated && Tells(RepairTransitions.IsEnd(status), occurredAt)))
            SetRepair(status, cancelledReason, occurredAt, ActorKind.ServiceCentre);
        if (effect == ReportEffect.Moved)
            Touch(now);
        return effect;
    }

    /// <summary>Moves the pickup or return; false when the table does not allow it, as for an event that came late or twice.</summary>
    public bool MoveReturnTo(ReturnStatus status, string? refusedReason, DateTime now)
    {
        if (MergedIntoId is not null || !ReturnTransitions.Allows(ReturnStatus, status))
            return false;
        SetReturn(status, refusedReason, now, ActorKind.Support);
        Touch(now);
        return true;
    }

    /// <summary>
    /// Ends a duplicate, whose request is cancelled if it was still open. False, changing nothing, where its repair or return
    /// is under way or it was merged before.
    /// </summary>
    public bool MergeInto(Dossier survivor, string text, DateTime now)
    {
        var isUnderWay = (RepairStatus is not null && !RepairTransitions.IsEnd(RepairStatus)) || (ReturnStatus is not null && !ReturnTransitions.IsEnd(ReturnStatus));
        if (MergedIntoId is not null || isUnderWay)
            return false;
        if (Status != RequestStatus.Completed)
            Complete(Dossiers.Resolution.Cancelled, text, now);
        MergedIntoId = survivor.Id;
        Touch(now);
        return true;
    }

    /// <inheritdoc cref="ReportRepair"/>
    public ReportEffect ReportReturn(ReturnStatus status, string? refusedReason, DateTime occurredAt, DateTime now)
    {
        var effect = ReportOrder.Judge(
            ReturnStatus, status, new ReportTimes(TrackOccurredAt, occurredAt, TrackReportedBy), ReturnTransitions.Allows, s => ReturnTransitions.IsEnd(s));
        if (effect == ReportEffect.Moved || (effect == ReportEffect.Repeated && Tells(ReturnTransitions.IsEnd(status), occurredAt)))
            SetReturn(status, refusedReason, occurredAt, ActorKind.ServiceCentre);
        if (effect == ReportEffect.Moved)
            Touch(now);
        return effect;
    }

    /// <summary>Whether a driver is still to fetch the device; not once the request was refused or cancelled.</summary>
    public bool AwaitsPickup() => ReturnTransitions.AwaitsPickup(ReturnStatus) && Resolution is not (Dossiers.Resolution.Refused or Dossiers.Resolution.Cancelled);

    /// <summary>Whether an answer by the dealer would reopen the request now.</summary>
    public bool CanReopen(DateTime now) => MergedIntoId is null && Status == RequestStatus.Completed && now - CompletedAt <= ReopenWindow;

    /// <summary>The first answer, if that was awaited, was given.</summary>
    public void Answered()
    {
        if (Step == PromiseStep.FirstAnswer)
            Await(null);
    }

    /// <summary>
    /// Brings the clock to where the dossier stands: a new step begins its own, waiting for the dealer holds it, and the rest
    /// of the hours goes on afterwards.
    /// </summary>
    /// <param name="visitEnd">When the appointment or the slot ends, where the step is counted from there.</param>
    public void Follow(PromiseTerms terms, DateTime now, DateTime? visitEnd = null)
    {
        var step = terms.StepOf(this);
        if (step != Step)
            Await(step);
        var runs = step is not null && WaitingOn != Dossiers.WaitingOn.Dealer;
        if (!runs && ClockSince is { } since)
        {
            ClockUsed += terms.Minutes(since, now);
            ClockSince = null;
        }
        else if (runs && (ClockSince is null || visitEnd > now))
        {
            ClockSince = visitEnd > now ? visitEnd : now;
        }

        Recount(terms);
    }

    /// <summary>Brings the promise to what holds now, from when its clock began to run; a dossier that never had one begins with its status.</summary>
    /// <param name="visitEnd">As for <see cref="Follow"/>.</param>
    public void Recount(PromiseTerms terms, DateTime? visitEnd = null)
    {
        if (Step is null && IsOpen)
            Follow(terms, TrackOccurredAt > StatusSince ? TrackOccurredAt.Value : StatusSince, visitEnd);
        else
            DueAt = Step is { } step && ClockSince is { } since ? terms.DueAt(Type, step, since, ClockUsed) : null;
    }

    /// <summary>Promises by hand that support will have acted by then; nothing while it is not support's move.</summary>
    public void Promise(DateTime dueAt)
    {
        if (WaitingOn == Dossiers.WaitingOn.Support)
            DueAt = dueAt;
    }

    /// <summary>Whether an appointment or a pickup that was arranged is still to come.</summary>
    public bool AwaitsAppointment => RepairStatus == Dossiers.RepairStatus.AppointmentScheduled || ReturnStatus == Dossiers.ReturnStatus.PickupPlanned;

    /// <summary>The dealer was reminded; the dealer's «updated» does not move.</summary>
    public void Remind(byte reminders) => Reminders = reminders;

    /// <summary>Something was added that the other side should notice.</summary>
    public void Touch(DateTime now)
    {
        UpdatedAt = now;
        IsOpen = Status != RequestStatus.Completed
            || (RepairStatus is not null && !RepairTransitions.IsEnd(RepairStatus))
            || (ReturnStatus is not null && !ReturnTransitions.IsEnd(ReturnStatus));
        WaitingOn = IsOpen ? RequestTransitions.WaitingOn(Status) : null;
        if (WaitingOn is null or Dossiers.WaitingOn.Dealer)
            DueAt = null;
    }

    private void Await(PromiseStep? step) => (Step, ClockSince, ClockUsed) = (step, null, 0);

    /// <summary>Whether a repeated report, rather than the one before it, says when a step was reached: of an end the earlier, but a person's end stands; of a state the later.</summary>
    private bool Tells(bool isEnd, DateTime occurredAt) =>
        isEnd ? TrackReportedBy == ActorKind.ServiceCentre && occurredAt < TrackOccurredAt : occurredAt > TrackOccurredAt;

    private void SetRepair(RepairStatus status, string? cancelledReason, DateTime occurredAt, ActorKind by)
    {
        RepairStatus = status;
        RepairCancelledReason = status == Dossiers.RepairStatus.RepairCancelled ? cancelledReason : null;
        (TrackOccurredAt, TrackReportedBy) = (occurredAt, by);
    }

    private void SetReturn(ReturnStatus status, string? refusedReason, DateTime occurredAt, ActorKind by)
    {
        ReturnStatus = status;
        ReturnRefusedReason = status == Dossiers.ReturnStatus.Refused ? refusedReason : null;
        (TrackOccurredAt, TrackReportedBy) = (occurredAt, by);
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Dossier>
    {
        public void Configure(EntityTypeBuilder<Dossier> builder)
        {
            builder.ToTable("Dossiers");
            builder.Property(d => d.Number).HasMaxLength(NumberMaxLength);
            builder.Property(d => d.EarlierNumber).HasMaxLength(EarlierNumberMaxLength);
            builder.Property(d => d.Reference).HasMaxLength(ReferenceMaxLength);
            builder.Property(d => d.ResolutionText).HasMaxLength(ResolutionTextMaxLength);
            builder.Property(d => d.RepairCancelledReason).HasMaxLength(ResolutionTextMaxLength);
            builder.Property(d => d.ReturnRefusedReason).HasMaxLength(ResolutionTextMaxLength);
            builder.Property(d => d.GrmsNumber).HasMaxLength(Dossiers.GrmsNumber.MaxLength);
            builder.Property(d => d.ServiceOrderNumber).HasMaxLength(ServiceOrderNumberMaxLength);
            builder.Property(d => d.ModelCode).HasMaxLength(ProductModel.CodeMaxLength);
            builder.Property(d => d.SerialNumber).HasMaxLength(SerialNumberMaxLength);
            builder.Property(d => d.Imei).HasMaxLength(15);
            builder.Property(d => d.EndUserName).HasMaxLength(EndUserNameMaxLength);
            builder.Property(d => d.EndUserStreet).HasMaxLength(Branch.StreetMaxLength);
            builder.Property(d => d.EndUserPostalCode).HasMaxLength(Branch.PostalCodeMaxLength);
            builder.Property(d => d.EndUserTown).HasMaxLength(Branch.TownMaxLength);
            builder.Property(d => d.EndUserPhone).HasMaxLength(16);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(d => d.OrganisationId);
            builder.HasOne<User>().WithMany().HasForeignKey(d => d.AuthorId);
            builder.HasOne<User>().WithMany().HasForeignKey(d => d.OwnerId);
            builder.HasOne<User>().WithMany().HasForeignKey(d => d.AssigneeId);
            builder.HasOne<Branch>().WithMany().HasForeignKey(d => d.BranchId);
            builder.HasOne<ProductModel>().WithMany().HasForeignKey(d => d.ModelId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(d => d.CopiedFromId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(d => d.MergedIntoId);
            builder.HasOne<ServiceCentre>().WithMany().HasForeignKey(d => d.ServiceCentreId);
            builder.HasIndex(d => d.Number).IsUnique();
            // Not unique: organisations that become one may bring the same number from two old portals.
            builder.HasIndex(d => new { d.OrganisationId, d.EarlierNumber }).HasFilter("[EarlierNumber] IS NOT NULL");
            builder.HasIndex(d => new { d.OrganisationId, d.CreatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.Status, d.CreatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.Status, d.UpdatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.Type, d.CreatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.OwnerId, d.CreatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.OwnerId, d.UpdatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.OwnerId, d.Status, d.CreatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.UpdatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.IsOpen, d.CreatedAt });
            builder.HasIndex(d => new { d.OrganisationId, d.IsOpen, d.UpdatedAt });
            builder.HasIndex(d => new { d.SerialNumber, d.IsOpen });
            builder.HasIndex(d => new { d.Status, d.CreatedAt });
            builder.HasIndex(d => new { d.Type, d.CreatedAt });
            builder.HasIndex(d => new { d.AssigneeId, d.WaitingOn, d.CreatedAt });
            builder.HasIndex(d => d.CreatedAt);
            builder.HasIndex(d => d.UpdatedAt);
            // The queue: open dossiers only, which are few however many there have been.
            const string OpenOnly = "[WaitingOn] IS NOT NULL";
            builder.HasIndex(d => new { d.WaitingOn, d.DueAt }).HasFilter(OpenOnly);
            builder.HasIndex(d => new { d.WaitingOn, d.CreatedAt }).HasFilter(OpenOnly);
            builder.HasIndex(d => new { d.WaitingOn, d.UpdatedAt }).HasFilter(OpenOnly);
            builder.HasIndex(d => new { d.Type, d.WaitingOn, d.DueAt }).HasFilter(OpenOnly);
            builder.HasIndex(d => new { d.AssigneeId, d.WaitingOn, d.DueAt }).HasFilter(OpenOnly);
            // Few: those whose model the catalogue does not know, until it does.
            builder.Ignore(d => d.ClosedAt);
            // What retention has yet to look at.
            builder.HasIndex(d => d.CompletedAt, "IX_Dossiers_ToAnonymise").HasFilter("[AnonymisedAt] IS NULL");
            builder.HasIndex(d => d.ModelCode, "IX_Dossiers_UnknownModel").HasFilter("[ModelId] IS NULL");
        }
    }
}
