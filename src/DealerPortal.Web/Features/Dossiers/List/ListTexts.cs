namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>Texts of the lists of dossiers.</summary>
public sealed class ListTexts;
