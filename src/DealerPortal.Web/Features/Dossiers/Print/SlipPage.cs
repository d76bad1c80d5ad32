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
            var dossier = Details.Dossier;
            if (Details.IsAtEndUser)
                return new(dossier.EndUserName ?? Shop.Name, Lines(Details.EndUserAddress!), Details.Slip.Contact, Details.Slip.Phone ?? dossier.EndUserPhone);
            return new(Shop.Name, Shop.Branch is { } branch ? Lines(branch.AddressLine) : [], Details.Slip.Contact ?? Details.AuthorName, Details.Slip.Phone ?? Shop.Branch?.Phone);
        }
    }

    /// <summary>The address of the dossier, or that of the appointment, which is a line that support may have changed.</summary>
    private IReadOnlyList<string> Lines(string address) => (Details.Appointment?.Place ?? address).Split(", ");
}
