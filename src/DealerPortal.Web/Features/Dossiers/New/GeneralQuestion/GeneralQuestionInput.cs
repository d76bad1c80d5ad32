using DealerPortal.Web.Features.Dossiers.New.Fields;

namespace DealerPortal.Web.Features.Dossiers.New.GeneralQuestion;

/// <summary>A general question as typed.</summary>
public sealed class GeneralQuestionInput : FormInput
{
    public string? Subject { get; set; }
    public string? Message { get; set; }
}
