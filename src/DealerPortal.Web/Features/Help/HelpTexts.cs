namespace DealerPortal.Web.Features.Help;

/// <summary>Texts of the help pages that belong to no form.</summary>
public sealed class HelpTexts;
