namespace DealerPortal.Web.Features.Account.Security;

/// <summary>Texts of what a person signs in with beside the password.</summary>
public sealed class SecurityTexts;
