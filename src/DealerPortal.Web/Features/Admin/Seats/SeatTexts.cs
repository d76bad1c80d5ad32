namespace DealerPortal.Web.Features.Admin.Seats;

/// <summary>Texts of what support does in a dealer's place.</summary>
public sealed class SeatTexts;
