using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Files;
using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Dossiers;

public static class DossierServices
{
    /// <summary>Registers drafts, sending, numbers, the files of dossiers and their sweep. Needs the database and <c>AddPortalFiles</c> beside it.</summary>
    public static IServiceCollection AddPortalDossiers(this IServiceCollection services)
    {
        services.AddSingleton<DossierNumbers>();
        services.AddSingleton<DossierKinds>();
        services.AddScoped<DraftService>();
        services.AddScoped<DraftFiles>();
        services.AddScoped<OwnDevices>();
        services.AddScoped<DossierPromises>();
        services.AddScoped<PromiseEditing>();
        services.AddScoped<PromiseFollowing>();
        services.AddHousekeeping<PromiseHousekeeping>();
        services.AddOptions<PromiseOptions>().Validate(
            options => options.IsPossible, $"Promise: Opens is before Closes, WarnHours and every target are 0 to {PromiseOptions.MaxHours} hours.").ValidateOnStart();
        services.AddScoped<DossierSending>();
        services.AddSingleton<FileKeeping>();
        services.AddScoped<FileSweep>();
        services.AddHousekeeping<FileSweepJob>();
        return services;
    }
}
