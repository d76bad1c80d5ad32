using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Audit;

/// <summary>Numbers and chains the rows that were written since the last time.</summary>
public sealed class AuditSealer(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    private const string Job = "audit-sealer";
    private const int BatchSize = 500;
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly Guid ThisInstance = Guid.NewGuid();

    /// <summary>
    /// Seals up to 500 rows in the order of their ids. A row that becomes visible late, behind one with a higher id, comes
    /// after it in the chain.
    /// </summary>
    /// <returns>How many were sealed; 0 also while another instance does it.</returns>
    public async Task<int> SealAsync(CancellationToken ct)
    {
        if (!await db.Audit.AnyAsync(a => a.Sequence == null, ct))
            return 0;
        return await database.WriteAsync(async (write, token) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (!await write.TakeLeaseAsync(Job, ThisInstance, now, now + LeaseTime, token))
                return 0;
            var head = await write.Db.HeadAsync(token);
            var rows = await write.Db.Audit.Where(a => a.Sequence == null).OrderBy(a => a.Id).Take(BatchSize).ToListAsync(token);
            foreach (var row in rows)
            {
                head = new AuditHead(head.Sequence + 1, AuditChain.HashOf(head, row));
                row.Seal(head.Sequence, head.Hash);
            }

            return rows.Count;
        }, ct);
    }
}

/// <summary>Seals every two seconds, so that a row can be changed unseen for hardly longer than that.</summary>
public sealed partial class AuditSealerJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<AuditSealerJob> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SealAllAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops; the next start goes on where this one was.
        }
    }

    private async Task SealAllAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var sealer = scope.ServiceProvider.GetRequiredService<AuditSealer>();
            while (await sealer.SealAsync(ct) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away now is there again at one of the next ticks.
            Failed(log, exception.GetBaseException().GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Audit rows could not be sealed now: {Exception}")]
    private static partial void Failed(ILogger log, string exception);
}

public static class AuditServices
{
    public static IServiceCollection AddPortalAudit(this IServiceCollection services)
    {
        services.AddScoped<AuditChain>();
        services.AddScoped<AuditSealer>();
        services.AddScoped<AuditLog>();
        services.AddScoped<AuditChecks>();
        services.AddHostedService<AuditSealerJob>();
        services.AddSingleton<AuditCheckJob>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditCheckJob>());
        return services;
    }
}
