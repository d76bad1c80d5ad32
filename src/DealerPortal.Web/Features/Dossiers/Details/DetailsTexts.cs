namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>Texts of a dossier’s page and its timeline, which staff see too.</summary>
public sealed class DetailsTexts;
