namespace DealerPortal.Web.Features.Account;

public sealed class AccountTexts;
