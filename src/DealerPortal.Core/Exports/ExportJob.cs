using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Exports;

/// <summary>Writes exports as they are ordered, and looks for those of other instances that fell silent.</summary>
public sealed partial class ExportJob(IServiceScopeFactory scopes, ExportSignal signal, TimeProvider time, ILogger<ExportJob> log) : BackgroundService
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
                Failed(log, exception.GetBaseException().GetType().Name);
            }

            await signal.WaitAsync(Interval, time, stoppingToken);
        }
    }

    /// <summary>Everything that waits now, each in a scope of its own: they may belong to different organisations.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        bool wrote;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            wrote = await scope.ServiceProvider.GetRequiredService<ExportWriting>().WriteNextAsync(ct);
        }
        while (wrote);
        await using var last = scopes.CreateAsyncScope();
        await last.ServiceProvider.GetRequiredService<ExportWriting>().RemoveOldAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "Exports could not be looked for: {Exception}")]
    private static partial void Failed(ILogger log, string exception);
}
