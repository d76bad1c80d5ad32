using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.TechnicalDoa;

/// <summary>A technical DOA as typed.</summary>
public sealed class TechnicalDoaInput : DeviceInput, IEvidenceInput
{
    public string? PurchaseDate { get; set; }
    public string? Damaged { get; set; }
    public string? Complete { get; set; }
    public string? Description { get; set; }
    public string? Accepted { get; set; }

    [BindNever]
    public IReadOnlySet<string> FilledSlots { get; internal set; } = new HashSet<string>();

    [BindNever]
    public DateOnly Today { get; internal set; }

    /// <summary>The conditions of the device's category and how they stand now.</summary>
    [BindNever]
    public DoaStanding? Standing { get; internal set; }

    public bool IsSold => Sold == Yes;
}

/// <param name="Category">Null where the general conditions apply.</param>
public sealed record DoaStanding(DoaConditionSet Set, LocalizedText? Category, IReadOnlyList<DoaFinding> Findings)
{
    public IEnumerable<DoaFinding> Failing => Findings.Where(finding => finding.Outcome == DoaOutcome.NotMet);

    public int Count(DoaOutcome outcome) => Findings.Count(finding => finding.Outcome == outcome);

    /// <summary>The field or slot that a condition is answered at.</summary>
    public static string FieldOf(DoaConditionKind kind) => kind switch
    {
        DoaConditionKind.PurchasedWithin => nameof(TechnicalDoaInput.PurchaseDate),
        DoaConditionKind.Sold or DoaConditionKind.NotSold => nameof(TechnicalDoaInput.Sold),
        DoaConditionKind.ProofOfPurchase => Evidence.ProofOfPurchase,
        DoaConditionKind.SerialPlate => Evidence.SerialPlate,
        DoaConditionKind.FaultPhoto => Evidence.Fault,
        DoaConditionKind.Undamaged => nameof(TechnicalDoaInput.Damaged),
        DoaConditionKind.Complete => nameof(TechnicalDoaInput.Complete),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
