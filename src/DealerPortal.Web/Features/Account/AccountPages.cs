using DealerPortal.Web.Features.Password;
using DealerPortal.Web.Features.Registration;

namespace DealerPortal.Web.Features.Account;

public static class AccountPages
{
    /// <summary>What the pages of registration, passwords and accounts share.</summary>
    public static IServiceCollection AddAccountPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<RegistrationCookie>();
        services.AddScoped<OrganisationValidators>();
        services.AddScoped<NewPasswordCheck>();
        return services;
    }
}
