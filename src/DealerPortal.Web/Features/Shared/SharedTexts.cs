namespace DealerPortal.Web.Features.Shared;

/// <summary>Texts of the frame and of what many pages say.</summary>
public sealed class SharedTexts;
