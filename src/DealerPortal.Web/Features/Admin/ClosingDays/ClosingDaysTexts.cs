namespace DealerPortal.Web.Features.Admin.ClosingDays;

/// <summary>Texts of the closing days and the holidays.</summary>
public sealed class ClosingDaysTexts;
