namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>Texts of the pages on which support works.</summary>
public sealed class AdminTexts;
