namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>Texts of the import of models.</summary>
public sealed class ImportTexts;
