namespace DealerPortal.Web.Features.Dossiers.New.ReturnRequest;

/// <summary>Texts of the form.</summary>
public sealed class ReturnRequestTexts;
