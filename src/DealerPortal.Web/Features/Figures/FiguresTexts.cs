namespace DealerPortal.Web.Features.Figures;

/// <summary>Texts of the figures.</summary>
public sealed class FiguresTexts;
