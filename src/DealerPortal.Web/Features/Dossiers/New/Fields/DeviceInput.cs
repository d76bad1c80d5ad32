using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>A form about one device.</summary>
public abstract class DeviceInput : FormInput
{
    public string? ModelCode { get; set; }
    public string? SerialNumber { get; set; }
    public string? Sold { get; set; }

    /// <summary>The numbers of the open dossiers with this serial number that the page showed.</summary>
    public string? SameSerialShown { get; set; }

    [BindNever]
    public DeviceFacts Device { get; internal set; } = DeviceFacts.None;

    public virtual bool IsModelRequired => true;

    public virtual bool IsSerialRequired => true;

    /// <summary>What stands under the model code: a partial view.</summary>
    public virtual string KnownModelView => "~/Features/Dossiers/New/Fields/_KnownModel.cshtml";

    /// <summary>What the form adds to the notes under the serial number: a partial view.</summary>
    public virtual string? SerialNotesView => null;
}

/// <summary>What model code and serial number refer to.</summary>
public sealed record DeviceFacts
{
    public static readonly DeviceFacts None = new() { SameSerial = [] };

    /// <summary>Null while the code is missing or malformed.</summary>
    public ModelCode? Code { get; init; }

    /// <summary>Null for a model that the catalogue does not know.</summary>
    public CatalogueModel? Model { get; init; }
    public SerialNumber? Serial { get; init; }

    /// <summary>Open dossiers of the own organisation for the same serial number.</summary>
    public required IReadOnlyList<SameSerial> SameSerial { get; init; }

    public bool IsUnknownModel => Code is not null && Model is null;
}
