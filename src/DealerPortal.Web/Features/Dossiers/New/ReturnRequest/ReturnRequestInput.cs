using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.ReturnRequest;

/// <summary>A return request as typed.</summary>
public sealed class ReturnRequestInput : DeviceInput, IBranchInput, IEvidenceInput
{
    public string? Doa { get; set; }
    public string? Reason { get; set; }
    public string? Damaged { get; set; }
    public string? PurchaseDate { get; set; }
    public string? Description { get; set; }
    public string? BranchId { get; set; }
    public string? ReadyFrom { get; set; }

    [BindNever]
    public IReadOnlyList<Branch> Branches { get; internal set; } = [];

    [BindNever]
    public IReadOnlySet<string> FilledSlots { get; internal set; } = new HashSet<string>();

    [BindNever]
    public DateOnly Today { get; internal set; }

    /// <summary>The accepted DOA of this device that the return follows from: its photo of the plate and its proof of purchase need not be sent again.</summary>
    [BindNever]
    public string? ProvenBy { get; internal set; }

    public bool IsSold => Sold == Yes;
}
