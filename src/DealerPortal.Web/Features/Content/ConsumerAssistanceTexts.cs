namespace DealerPortal.Web.Features.Content;

/// <summary>Texts of the page for consumers' questions.</summary>
public sealed class ConsumerAssistanceTexts;
