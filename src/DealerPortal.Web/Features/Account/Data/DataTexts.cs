namespace DealerPortal.Web.Features.Account.Data;

/// <summary>Texts of a person's own data, and of how they go.</summary>
public sealed class DataTexts;
