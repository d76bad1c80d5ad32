using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.MissingAccessory;

/// <summary>What was missing in a delivery, as typed.</summary>
public sealed class MissingAccessoryInput : DeviceInput, IBranchInput, IEndUserInput
{
    public const string ToBranch = "branch";
    public const string ToEndUser = "end-user";

    /// <summary>At least one, once the form is prepared.</summary>
    public List<AccessoryLineInput> Lines { get; set; } = [];
    public string? DeliveryDate { get; set; }
    public string? DeliveryNote { get; set; }
    public string? DeliverTo { get; set; }
    public string? BranchId { get; set; }
    public string? EndUserName { get; set; }
    public string? EndUserStreet { get; set; }
    public string? EndUserPostalCode { get; set; }
    public string? EndUserTown { get; set; }
    public string? EndUserPhone { get; set; }
    public string? EndUserEmail { get; set; }

    [BindNever]
    public IReadOnlyList<Branch> Branches { get; internal set; } = [];

    [BindNever]
    public IReadOnlySet<string> FilledSlots { get; internal set; } = new HashSet<string>();

    [BindNever]
    public DateOnly Today { get; internal set; }

    public override bool IsSerialRequired => false;

    public bool IsToEndUser => DeliverTo == ToEndUser;

    /// <summary>The lines that count: a line in which nothing was typed is none.</summary>
    public IReadOnlyList<AccessoryLineInput> FilledLines => [.. Lines.Where(line => !line.IsBlank)];
}

/// <summary>One line as typed.</summary>
public sealed class AccessoryLineInput
{
    public string? What { get; set; }
    public string? PartNumber { get; set; }
    public string? Quantity { get; set; }

    /// <summary>The quantity alone says nothing: it is filled in beforehand.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(What) && string.IsNullOrWhiteSpace(PartNumber);
}
