namespace DealerPortal.Web.Features.Admin.Dealercards;

/// <summary>Texts of the pages on which dealercards are kept.</summary>
public sealed class AdminDealercardsTexts;
