using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Catalogue;

public static class CatalogueServices
{
    /// <summary>What portal administrators keep up to date: closing days, DOA conditions, the catalogue. Needs the database beside it.</summary>
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.AddScoped<ClosingDays>();
        services.AddScoped<DoaVersions>();
        services.AddScoped<UnknownModels>();
        services.AddScoped<CatalogueCare>();
        services.AddScoped<CatalogueImports>();
        services.AddWorker<CatalogueWriting>();
        return services;
    }
}
