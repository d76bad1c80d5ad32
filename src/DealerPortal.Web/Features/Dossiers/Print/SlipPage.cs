using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.Details;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>The sheet that goes with a device which a driver fetches.</summary>
public sealed record SlipPage(DossierDetails Details, Shop Shop, DateTime Now)
{
    public required bool IsForStaff { get; init; }

    /// <summary>There may be a slip later.</summary>
    public bool IsWaiting => Details.Dossier is { ReturnStatus: null, Resolution: not (Resolution.Refused or Resolution.Cancelled) };

    public string DossierUrl => $"{(IsForStaff ? "/admin" : "")}/dossiers/{Details.Dossier.Number}";

    /// <summary>Where the driver goes: where support sends them, else where the dossier says the device is.</summary>
    public Label PickUp
    {
        get
        {
            var place = Details.IsAtEndUser
                ? new Label(Details.Dossier.EndUserName ?? Shop.Name, Lines(Details.EndUserAddress!)) { Phone = Details.Dossier.EndUserPhone }
                : Shop.Label with { Contact = (IsElsewhere ? null : Shop.Branch?.ContactName) ?? Details.AuthorName };
            if (IsElsewhere)
                place = place with { Lines = Lines(Details.Appointment!.Place!), Country = null };
            return place with { Contact = Details.Slip.Contact ?? place.Contact, Phone = Details.Slip.Phone ?? place.Phone };
        }
    }

    /// <summary>How the driver gets in, or when somebody is there.</summary>
    public string? Access => Details.Slip.Access ?? (Details.IsAtEndUser || IsElsewhere ? null : Shop.Branch?.OpeningHours);

    /// <summary>Whether support sends the driver to another address than the dossier's.</summary>
    private bool IsElsewhere => Details.Appointment?.Place is { } sentTo && sentTo != Details.Place;

    /// <summary>The town below the street. Either may hold commas of its own.</summary>
    private static string[] Lines(string address) =>
        address.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var at ? [address[..at], address[(at + 2)..]] : [address];
}
