using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Dossiers.Unanswered;
using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Dossiers.Handling;

public static class HandlingServices
{
    /// <summary>Registers lists, search and what dealers and support do with dossiers. Needs the database, mail and files beside it.</summary>
    public static IServiceCollection AddDossierHandling(this IServiceCollection services)
    {
        services.AddScoped<DossierSearch>();
        services.AddScoped<DossierLists>();
        services.AddScoped<PulseReading>();
        services.AddScoped<DossierHandling>();
        services.AddScoped<DealerHandling>();
        services.AddScoped<SupportHandling>();
        services.AddScoped<DossierCorrection>();
        services.AddScoped<DuplicateMerging>();
        services.AddScoped<DossierLinking>();
        services.AddScoped<DossierHandOver>();
        services.AddScoped<DossierPresences>();
        services.AddScoped<UnansweredQuestions>();
        services.AddHousekeeping<DossierHousekeeping>();
        services.AddOptions<UnansweredOptions>().Validate(options => options.IsInOrder, "Unanswered: FirstReminder, SecondReminder and Close are working days, each more than the one before.").ValidateOnStart();
        services.AddScoped<DossierViewing>();
        services.AddScoped<AnswerTemplates>();
        services.AddScoped<AnswerTemplateEditing>();
        services.AddScoped<SavedViews>();
        services.AddScoped<BulkHandling>();
        return services;
    }
}
