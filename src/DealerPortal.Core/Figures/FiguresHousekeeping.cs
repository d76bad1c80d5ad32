using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Figures;

/// <summary>Counts what happened since the last round.</summary>
public sealed class FiguresHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<FiguresHousekeeping> log) : Housekeeping("figures", scopes, time, log)
{
    protected override Task DoAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<FiguresCounting>().CountAsync(ct);
}

public static class FiguresServices
{
    /// <summary>Registers the figures and what keeps them. Needs the database beside it.</summary>
    public static IServiceCollection AddPortalFigures(this IServiceCollection services)
    {
        services.AddScoped<FiguresCounting>();
        services.AddScoped<FiguresReading>();
        services.AddHousekeeping<FiguresHousekeeping>();
        return services;
    }
}
