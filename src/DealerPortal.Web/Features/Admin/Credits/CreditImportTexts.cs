namespace DealerPortal.Web.Features.Admin.Credits;

/// <summary>Texts of the import of credits.</summary>
public sealed class CreditImportTexts;
