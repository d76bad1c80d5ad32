namespace DealerPortal.Web.Features.Admin.OldPortal;

/// <summary>Texts of the import of what an old portal holds.</summary>
public sealed class PortalImportTexts;
