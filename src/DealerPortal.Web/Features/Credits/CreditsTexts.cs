namespace DealerPortal.Web.Features.Credits;

/// <summary>Texts of credits, for dealers and for staff.</summary>
public sealed class CreditsTexts;
