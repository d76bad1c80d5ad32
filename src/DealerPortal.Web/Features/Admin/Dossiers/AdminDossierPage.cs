using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.Details;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>Everything about a dossier on one screen, with what was typed in a form that was refused.</summary>
public sealed record AdminDossierPage
{
    public required DossierDetails Details { get; init; }
    public required DealerFacts Dealer { get; init; }
    public required IReadOnlyList<SameDevice> SameSerial { get; init; }

    /// <summary>To whom it can be given.</summary>
    public required IReadOnlyList<StaffMember> Staff { get; init; }

    /// <summary>Who looks after it without being active staff any more.</summary>
    public StaffMember? FormerAssignee { get; init; }

    public required AssignForm Assign { get; init; }
    public AnswerForm Answer { get; init; } = new();
    public NoteForm Note { get; init; } = new();
    public StatusForm Status { get; init; } = new();
    public RepairStepForm Repair { get; init; } = new();
    public ReturnStepForm Return { get; init; } = new();
    public MergeForm Merge { get; init; } = new();
    public LinkForm Link { get; init; } = new();

    /// <summary>What can be inserted into an answer.</summary>
    public required IReadOnlyList<AnswerTemplate> Templates { get; init; }

    /// <summary>What support linked to it.</summary>
    public required IReadOnlyList<LinkedDossier> Linked { get; init; }

    /// <summary>Where it stands in the list it was opened from; null where it was not, or there is nothing else.</summary>
    public QueuePlace? Place { get; init; }

    /// <summary>Who else has it open.</summary>
    public IReadOnlyList<PresentColleague> Colleagues { get; init; } = [];

    /// <summary>What happened since the page that a refused form was sent from; null when none was.</summary>
    public IReadOnlyList<TimelineItem>? ChangedSince { get; init; }

    /// <summary>How late it is, or how long there is left; null for a closed one.</summary>
    public PromiseLine? Promise { get; init; }

    /// <summary>Who keeps it from being anonymised; null for nobody.</summary>
    public HoldFacts? Hold { get; init; }

    /// <summary>When it is anonymised, unless it is held; null while it is open, and once it is done.</summary>
    public DateOnly? AnonymisedOn { get; init; }

    public HoldForm Keep { get; init; } = new();

    /// <summary>The step it waits for; null where that is none, and before a clock began.</summary>
    public DossierClock? Clock { get; init; }

    public IReadOnlyList<RequestStatus> NextStatuses => RequestTransitions.From(Details.Dossier.Status);

    /// <summary>It goes on in another dossier, to which only notes are added, or is anonymised, to which nothing is.</summary>
    public bool IsFrozen => Details.IsFrozen;

    public bool CanMoveRepair => !IsFrozen && Details.Kind.Track == DossierTrack.Repair && RepairTransitions.From(Details.Dossier.RepairStatus).Count > 0;

    public bool CanMoveReturn => !IsFrozen && Details.Kind.Track == DossierTrack.Return && ReturnTransitions.From(Details.Dossier.ReturnStatus).Count > 0;

    /// <summary>For the partial views of the forms, whose model is the form.</summary>
    public static AdminDossierPage Of(ViewDataDictionary viewData) => (AdminDossierPage)viewData[nameof(AdminDossierPage)]!;

    public void ApplyTo(ViewDataDictionary viewData) => viewData[nameof(AdminDossierPage)] = this;
}

/// <param name="By">Who said so.</param>
public sealed record HoldFacts(string Reason, string By, DateTime At);

/// <param name="Email">Null for an owner whose account is erased.</param>
/// <param name="MembershipId">The owner’s, while it is approved.</param>
/// <param name="BouncedAt">When a mail to the owner came back; null while mails get there.</param>
public sealed record DealerFacts(
    string OrganisationName, string VatNumber, string? CustomerNumber, bool IsConfirmed, string OwnerName, string? Phone, string? Email, string Language, int? MembershipId, DateTime? BouncedAt);

/// <summary>Another dossier for the same serial number, wherever it was filed.</summary>
/// <param name="RepeatAfterDays">Whole days from the end of that repair to this one; null where this one is no repeat of it.</param>
public sealed record SameDevice(string Number, DossierType Type, DateTime CreatedAt, string OrganisationName, bool IsOtherOrganisation, int? RepeatAfterDays);
