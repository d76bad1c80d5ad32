using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Privacy;

public static class PrivacyServices
{
    /// <summary>Registers the retention of end users' data. Needs the database and <c>AddPortalFiles</c> beside it.</summary>
    public static IServiceCollection AddPortalPrivacy(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().Validate(
            options => options.DossierMonths is >= 1 and <= RetentionOptions.MaxMonths, $"Retention: DossierMonths is 1 to {RetentionOptions.MaxMonths} months.").ValidateOnStart();
        services.AddScoped<DossierHolds>();
        services.AddScoped<DossierAnonymising>();
        return services.AddHousekeeping<RetentionHousekeeping>();
    }
}
