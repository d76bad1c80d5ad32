namespace DealerPortal.Web.Features.Password;

public sealed class PasswordTexts;
