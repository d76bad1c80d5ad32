namespace DealerPortal.Web.Features.Dossiers.New.TechnicalDoa;

/// <summary>Texts of the form.</summary>
public sealed class TechnicalDoaTexts;
