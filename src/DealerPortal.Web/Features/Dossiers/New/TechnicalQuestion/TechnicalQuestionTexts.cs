namespace DealerPortal.Web.Features.Dossiers.New.TechnicalQuestion;

/// <summary>Texts of the form.</summary>
public sealed class TechnicalQuestionTexts;
