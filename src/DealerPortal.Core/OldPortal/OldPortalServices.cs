using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.OldPortal;

public static class OldPortalServices
{
    /// <summary>Registers the import of what an old portal holds. Needs database, files, mails, accounts and dossiers beside it.</summary>
    public static IServiceCollection AddOldPortal(this IServiceCollection services)
    {
        services.AddScoped<ImportedKind, ImportedOrganisations>();
        services.AddScoped<ImportedKind, ImportedMembers>();
        services.AddScoped<ImportedKind, ImportedDossiers>();
        services.AddScoped<ImportedKinds>();
        services.AddScoped<PortalImports>();
        services.AddWorker<PortalImporting>();
        return services;
    }
}
