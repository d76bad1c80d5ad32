namespace DealerPortal.Web.Features.Dossiers.New.GeneralQuestion;

/// <summary>Texts of the form.</summary>
public sealed class GeneralQuestionTexts;
