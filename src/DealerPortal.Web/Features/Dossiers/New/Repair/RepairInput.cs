using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.Repair;

/// <summary>A repair request as typed.</summary>
public sealed class RepairInput
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string AtBranch = "branch";
    public const string AtEndUser = "end-user";
    public const string Ticked = "true";

    public string? ModelCode { get; set; }
    public string? SerialNumber { get; set; }
    public string? NoSerial { get; set; }

    /// <summary>The numbers of the open dossiers with this serial number that the page showed.</summary>
    public string? SameSerialShown { get; set; }
    public string? Imei { get; set; }
    public string? Sold { get; set; }
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
    public string? Reference { get; set; }
    public string? PreferredDate { get; set; }
    public string? Notify { get; set; }
    public string? Confirm { get; set; }

    [BindNever]
    public RepairFacts Facts { get; internal set; } = RepairFacts.None;

    public bool GivesNoSerial => NoSerial == Ticked && string.IsNullOrWhiteSpace(SerialNumber);

    public bool IsAtEndUser => Location == AtEndUser;

    /// <summary>An answer that stands there is never hidden, or it would be lost.</summary>
    public bool ShowsImei => Facts.Model is { HasImei: true } || !string.IsNullOrWhiteSpace(Imei);

    /// <summary>As it is measured and stored.</summary>
    public static string Clean(string? typed) => TypedText.Lines(typed)?.Trim() ?? "";
}

/// <summary>What the answers refer to.</summary>
public sealed record RepairFacts
{
    public static readonly RepairFacts None = new() { Branches = [], SameSerial = [], Calendar = new WorkingDays(new HashSet<DateOnly>()), Country = "BE" };

    /// <summary>Null while the code is missing or malformed.</summary>
    public ModelCode? Code { get; init; }

    /// <summary>Null for a model that the catalogue does not know.</summary>
    public CatalogueModel? Model { get; init; }
    public SerialNumber? Serial { get; init; }
    public required IReadOnlyList<Branch> Branches { get; init; }

    /// <summary>Open dossiers of the own organisation for the same serial number.</summary>
    public required IReadOnlyList<SameSerial> SameSerial { get; init; }
    public required WorkingDays Calendar { get; init; }

    /// <summary>Whose working days count where the device is.</summary>
    public required string Country { get; init; }

    /// <summary>The first date that can be asked for; null while the code is missing or malformed.</summary>
    public DateOnly? Earliest { get; init; }

    public bool IsUnknownModel => Code is not null && Model is null;

    public bool EndUserAllowed => Model is null or { ServiceOffer: ServiceOffer.InHome };

    public bool SerialMayBeOmitted => Model is null or { SerialMayBeOmitted: true };
}
