namespace DealerPortal.Web.Features.Admin.More;

/// <summary>Names of the admin area's pages and what they are for.</summary>
public sealed class MoreTexts;
