namespace DealerPortal.Web.Features.Dossiers.New.AppliancePickup;

/// <summary>Texts of the form.</summary>
public sealed class AppliancePickupTexts;
