namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>Texts of models and categories.</summary>
public sealed class CatalogueTexts;
