namespace DealerPortal.Web.Features.Legal;

/// <summary>Texts of the pages about privacy and terms.</summary>
public sealed class LegalTexts;
