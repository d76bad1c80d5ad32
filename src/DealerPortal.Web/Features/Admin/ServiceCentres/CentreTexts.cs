namespace DealerPortal.Web.Features.Admin.ServiceCentres;

/// <summary>Texts of service centres, their keys, codes, events and files.</summary>
public sealed class CentreTexts;
