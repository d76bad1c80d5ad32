namespace DealerPortal.Web.Features.Account.Email;

/// <summary>Texts of how an account gets another address.</summary>
public sealed class EmailTexts;
