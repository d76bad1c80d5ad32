namespace DealerPortal.Web.Features.Dossiers.New.CreditQuestion;

/// <summary>Texts of the form.</summary>
public sealed class CreditQuestionTexts;
