namespace DealerPortal.Web.Features.Admin.Assistance;

/// <summary>Texts of the pages on which the text for consumers' questions is kept.</summary>
public sealed class AssistanceTexts;
