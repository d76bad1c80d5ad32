namespace DealerPortal.Web.Features.Dossiers.New;

public sealed class NewTexts;
