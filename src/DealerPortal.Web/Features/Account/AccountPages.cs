using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Account.Security;
using DealerPortal.Web.Features.Password;
using DealerPortal.Web.Features.Registration;
using DealerPortal.Web.Features.SignIn;

namespace DealerPortal.Web.Features.Account;

public static class AccountPages
{
    /// <summary>What the pages of registration, passwords and accounts share.</summary>
    public static IServiceCollection AddAccountPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<RegistrationCookie>();
        services.AddScoped<SignInTicketCookie>();
        services.AddPasskeys();
        services.AddSingleton<ShownCodes>();
        services.AddScoped<OrganisationValidators>();
        services.AddScoped<NewPasswordCheck>();
        return services;
    }
}
