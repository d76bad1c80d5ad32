using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Credits;

/// <summary>Looks for the dossiers of credits that came, changed or found an owner since the last round.</summary>
public sealed class CreditHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<CreditHousekeeping> log)
    : Housekeeping("credit-linking", scopes, time, log, TimeSpan.FromMinutes(1))
{
    protected override Task DoAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<CreditLinking>().RunAsync(ct);
}

public static class CreditServices
{
    /// <summary>Registers credits, their import and what links them to dossiers. Needs database, files, mails and dossiers beside it.</summary>
    public static IServiceCollection AddPortalCredits(this IServiceCollection services)
    {
        services.AddScoped<CreditLists>();
        services.AddScoped<CreditExports>();
        services.AddScoped<CreditImports>();
        services.AddScoped<CreditLinking>();
        services.AddWorker<CreditImporting>();
        services.AddHousekeeping<CreditHousekeeping>();
        return services;
    }
}
