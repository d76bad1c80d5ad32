namespace DealerPortal.Web.Features.Dossiers.New.MissingAccessory;

/// <summary>Texts of the form.</summary>
public sealed class MissingAccessoryTexts;
