using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.AppliancePickup;

/// <summary>A pickup as typed.</summary>
public sealed class AppliancePickupInput : DeviceInput, IBranchInput
{
    public const string WhiteGoods = "white-goods";
    public const string NonRepairable = "non-repairable";

    public const string NotRepairable = "not-repairable";
    public const string DoaAccepted = "doa-accepted";
    public const string OtherReason = "other";

    public const string NoBranch = "0";

    public string? Purpose { get; set; }
    public string? Reason { get; set; }
    public string? RepairNumber { get; set; }
    public string? DoaNumber { get; set; }
    public string? ReasonText { get; set; }
    public string? BranchId { get; set; }
    public string? ContactName { get; set; }
    public string? ContactPhone { get; set; }
    public string? ReadyFrom { get; set; }
    public string? Floor { get; set; }
    public string? Lift { get; set; }
    public string? OpeningHours { get; set; }

    /// <summary>The id of the branch for which the form answered contact and hours, or <see cref="NoBranch"/>; null for answers that no page gave.</summary>
    public string? PlaceOf { get; set; }

    [BindNever]
    public IReadOnlyList<Branch> Branches { get; internal set; } = [];

    [BindNever]
    public IReadOnlySet<string> FilledSlots { get; internal set; } = new HashSet<string>();

    [BindNever]
    public DateOnly Today { get; internal set; }

    /// <summary>The dossiers of this serial number that the reason can rest on.</summary>
    [BindNever]
    public IReadOnlyList<RelatedDossier> Related { get; internal set; } = [];

    /// <summary>The dossier whose number was typed for the reason given; null for none that this person may open.</summary>
    [BindNever]
    public RelatedDossier? Chosen { get; internal set; }

    public PickupPurpose? PurposeValue => Purpose switch { WhiteGoods => PickupPurpose.LargeWhiteGoods, NonRepairable => PickupPurpose.NonRepairable, _ => null };

    public PickupReason? ReasonValue => Reason switch
    {
        NotRepairable => PickupReason.NotRepairable,
        DoaAccepted => PickupReason.DoaAccepted,
        OtherReason => PickupReason.Other,
        _ => null,
    };

    /// <summary>The number that the reason asks for.</summary>
    public string? RelatedNumber => Reason switch { NotRepairable => RepairNumber, DoaAccepted => DoaNumber, _ => null };
}

/// <summary>A dossier that a pickup can rest on.</summary>
public sealed record RelatedDossier(string Number, DossierType Type, string? SerialNumber, DateTime CreatedAt, bool IsAccepted);
