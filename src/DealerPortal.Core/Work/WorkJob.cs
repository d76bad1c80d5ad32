using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Work;

/// <summary>Tells this process's job that there is something to do.</summary>
public sealed class WorkSignal<TWorker> : WakeSignal
    where TWorker : Worker;

/// <summary>Does work as it is ordered, and looks for that of other instances that fell silent.</summary>
public sealed partial class WorkJob<TWorker>(IServiceScopeFactory scopes, WorkSignal<TWorker> signal, TimeProvider time, ILogger<WorkJob<TWorker>> log) : BackgroundService
    where TWorker : Worker
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(log, typeof(TWorker).Name, exception.GetBaseException().GetType().Name);
            }

            await signal.WaitAsync(Interval, time, stoppingToken);
        }
    }

    /// <summary>Everything that waits now, each in a scope of its own: they may belong to different organisations.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        bool worked;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            worked = await scope.ServiceProvider.GetRequiredService<TWorker>().WorkNextAsync(ct);
        }
        while (worked);
        await using var last = scopes.CreateAsyncScope();
        await last.ServiceProvider.GetRequiredService<TWorker>().TidyAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "{Worker} could not look for work: {Exception}")]
    private static partial void Failed(ILogger log, string worker, string exception);
}

public static class WorkServices
{
    /// <summary>Registers a worker and the job that runs it in every instance.</summary>
    public static IServiceCollection AddWorker<TWorker>(this IServiceCollection services)
        where TWorker : Worker
    {
        services.AddScoped<TWorker>();
        services.AddSingleton<WorkSignal<TWorker>>();
        services.AddSingleton<WorkJob<TWorker>>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkJob<TWorker>>());
        return services;
    }
}
