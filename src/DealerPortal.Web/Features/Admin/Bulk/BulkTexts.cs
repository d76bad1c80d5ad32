namespace DealerPortal.Web.Features.Admin.Bulk;

/// <summary>Texts of steps on several dossiers.</summary>
public sealed class BulkTexts;
