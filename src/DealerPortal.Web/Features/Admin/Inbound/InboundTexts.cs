namespace DealerPortal.Web.Features.Admin.Inbound;

/// <summary>Texts of the pages that show mails that became no message.</summary>
public sealed class InboundTexts;
