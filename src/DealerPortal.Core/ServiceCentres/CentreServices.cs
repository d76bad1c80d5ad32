using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.ServiceCentres;

public static class CentreServices
{
    /// <summary>Registers service centres, their keys, codes, events and files. Needs the handling of dossiers beside it.</summary>
    public static IServiceCollection AddServiceCentres(this IServiceCollection services)
    {
        services.AddScoped<CentreAdministration>();
        services.AddScoped<CentreKeys>();
        services.AddScoped<CentreCodes>();
        services.AddScoped<CentreReception>();
        services.AddScoped<CentreUploads>();
        services.AddWorker<CentreTaking>();
        return services;
    }
}
