namespace DealerPortal.Web.Features.Admin.Outbox;

/// <summary>Texts of the pages that show what was mailed.</summary>
public sealed class OutboxTexts;
