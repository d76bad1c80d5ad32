using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.Repair;

/// <summary>A repair request as typed.</summary>
public sealed class RepairInput : DeviceInput, IBranchInput, IEndUserInput
{
    public const string AtBranch = "branch";
    public const string AtEndUser = "end-user";

    public string? NoSerial { get; set; }
    public string? Imei { get; set; }
    public string? Location { get; set; }
    public string? BranchId { get; set; }

    /// <summary>The end user's name while the device is at a branch.</summary>
    public string? BuyerName { get; set; }
    public string? EndUserName { get; set; }
    public string? EndUserStreet { get; set; }
    public string? EndUserPostalCode { get; set; }
    public string? EndUserTown { get; set; }
    public string? EndUserPhone { get; set; }
    public string? EndUserEmail { get; set; }
    public string? Description { get; set; }
    public string? PreferredDate { get; set; }
    public string? Confirm { get; set; }

    [BindNever]
    public IReadOnlyList<Branch> Branches { get; internal set; } = [];

    [BindNever]
    public RepairDates Dates { get; internal set; } = RepairDates.None;

    public override bool IsSerialRequired => !(GivesNoSerial && SerialMayBeOmitted);

    public override string KnownModelView => "~/Features/Dossiers/New/Repair/_Offer.cshtml";

    public override string? SerialNotesView => "~/Features/Dossiers/New/Repair/_NoSerial.cshtml";

    public bool GivesNoSerial => NoSerial == Ticked && string.IsNullOrWhiteSpace(SerialNumber);

    public bool IsAtEndUser => Location == AtEndUser;

    /// <summary>An answer that stands there is never hidden, or it would be lost.</summary>
    public bool ShowsImei => Device.Model is { HasImei: true } || !string.IsNullOrWhiteSpace(Imei);

    public bool EndUserAllowed => Device.Model is null or { ServiceOffer: ServiceOffer.InHome };

    public bool SerialMayBeOmitted => Device.Model is null or { SerialMayBeOmitted: true };
}

/// <summary>Which dates can be asked for.</summary>
/// <param name="Country">Whose working days count where the device is.</param>
/// <param name="Earliest">Null while the model code is missing or malformed.</param>
public sealed record RepairDates(WorkingDays Calendar, string Country, DateOnly? Earliest)
{
    public static readonly RepairDates None = new(new WorkingDays(new HashSet<DateOnly>()), "BE", null);
}
