namespace DealerPortal.Web.Features.Registration;

public sealed class RegistrationTexts;
