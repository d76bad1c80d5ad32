namespace DealerPortal.Web.Features.Exports;

/// <summary>Texts of exported lists.</summary>
public sealed class ExportsTexts;
