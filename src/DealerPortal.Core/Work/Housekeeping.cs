using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Work;

/// <summary>Work that time brings, again and again, on one instance at a time.</summary>
/// <param name="job">Under which name instances share it.</param>
/// <param name="period">Between two rounds of one instance; ten minutes where nothing is said.</param>
public abstract partial class Housekeeping(string job, IServiceScopeFactory scopes, TimeProvider time, ILogger log, TimeSpan? period = null) : BackgroundService
{
    private readonly Guid _owner = Guid.NewGuid();
    private readonly ILogger _log = log;
    private readonly TimeSpan _period = period ?? TimeSpan.FromMinutes(10);

    /// <summary>One round; nothing while another instance has the job.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await TakeLeaseAsync(scope.ServiceProvider.GetRequiredService<PortalDatabase>(), time.GetUtcNow().UtcDateTime, ct))
            await DoAsync(scope.ServiceProvider, ct);
    }

    protected abstract Task DoAsync(IServiceProvider services, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Messages of database errors may repeat values.
                Failed(_log, job, exception.GetBaseException().GetType().Name);
            }
        }
    }

    private async Task<bool> TakeLeaseAsync(PortalDatabase database, DateTime now, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((write, token) => write.TakeLeaseAsync(job, _owner, now, now + _period, token), ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Housekeeping of {Job} failed and is tried again: {Exception}")]
    private static partial void Failed(ILogger log, string job, string exception);
}

public static class HousekeepingServices
{
    public static IServiceCollection AddHousekeeping<THousekeeping>(this IServiceCollection services)
        where THousekeeping : Housekeeping =>
        services.AddSingleton<THousekeeping>().AddHostedService(provider => provider.GetRequiredService<THousekeeping>());
}
