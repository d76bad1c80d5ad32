namespace DealerPortal.Web.Features.Admin.Views;

/// <summary>Texts of a person's own views of the queue.</summary>
public sealed class ViewsTexts;
