using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Exports;

public static class ExportServices
{
    /// <summary>Registers exports and the job that writes the long ones. Needs the lists of dossiers and files beside it.</summary>
    public static IServiceCollection AddPortalExports(this IServiceCollection services)
    {
        services.AddScoped<DossierExports>();
        services.AddScoped<ExportOrders>();
        services.AddWorker<ExportWriting>();
        return services;
    }
}
