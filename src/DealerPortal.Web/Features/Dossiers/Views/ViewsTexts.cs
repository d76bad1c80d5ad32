namespace DealerPortal.Web.Features.Dossiers.Views;

/// <summary>Texts of a person's own views of a list.</summary>
public sealed class ViewsTexts;
