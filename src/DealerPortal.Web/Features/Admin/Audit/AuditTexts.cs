namespace DealerPortal.Web.Features.Admin.Audit;

/// <summary>Texts of the pages of the audit log.</summary>
public sealed class AuditTexts;
