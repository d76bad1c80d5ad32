namespace DealerPortal.Web.Features.SignIn;

public sealed class SignInTexts;
