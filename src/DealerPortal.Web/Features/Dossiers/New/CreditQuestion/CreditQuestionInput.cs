using DealerPortal.Web.Features.Dossiers.New.Fields;

namespace DealerPortal.Web.Features.Dossiers.New.CreditQuestion;

/// <summary>A question about a credit note, as typed.</summary>
public sealed class CreditQuestionInput : FormInput
{
    public string? GrmsNumber { get; set; }
    public string? Question { get; set; }
}
