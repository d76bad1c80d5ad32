namespace DealerPortal.Web.Features.Home;

/// <summary>Texts of the home page.</summary>
public sealed class HomeTexts;
