using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Audit;

/// <summary>Verifies the chain in steps: a short one at once, a long one by a job, so that no request waits for a million rows.</summary>
public sealed class AuditChecks(PortalDatabase database, PortalDbContext db, AuditChain chain, TimeProvider time)
{
    /// <summary>Rows of a step; well under a second.</summary>
    public const int StepSize = 20_000;

    /// <summary>Begins a verification and does its first step. Its id.</summary>
    /// <param name="exported">A head that was exported before; null to check the rows against each other only.</param>
    public async Task<int> StartAsync(AuditHead? exported, int actorId, CancellationToken ct)
    {
        var target = (await chain.HeadAsync(ct)).Sequence;
        var check = await database.WriteAsync(async (write, token) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            var begun = new AuditCheck
            {
                StartedAt = now,
                StartedById = actorId,
                ExportedSequence = exported?.Sequence,
                ExportedHash = exported?.Hash,
                Target = target,
                CheckedHash = AuditChain.Start.Hash,
            };
            write.Db.Add(begun);
            await write.Db.SaveChangesAsync(token);
            write.Db.Record(now, actorId, "audit.checked", nameof(AuditCheck), begun.Id);
            return begun;
        }, ct);
        await StepAsync(check, ct);
        return check.Id;
    }

    /// <summary>One step of the oldest verification that is not over; false when there is none.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (await db.AuditChecks.AsNoTracking().Where(c => c.FinishedAt == null).OrderBy(c => c.Id).FirstOrDefaultAsync(ct) is not { } check)
            return false;
        await StepAsync(check, ct);
        return true;
    }

    private async Task StepAsync(AuditCheck check, CancellationToken ct)
    {
        var step = await chain.VerifyAsync(check.Reached, check.Target, check.Exported, StepSize, ct);
        var now = time.GetUtcNow().UtcDateTime;
        DateTime? finished = step.IsEnd ? now : null;
        var (reached, sequence, kind) = (step.Reached, step.Fault?.Sequence, step.Fault?.Kind);
        // Of two that took the same step, one is as good as the other.
        await database.WriteAsync(
            (write, token) => write.Db.AuditChecks.Where(c => c.Id == check.Id && c.CheckedSequence == check.CheckedSequence && c.FinishedAt == null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.CheckedSequence, reached.Sequence).SetProperty(c => c.CheckedHash, reached.Hash)
                        .SetProperty(c => c.FinishedAt, finished).SetProperty(c => c.FaultSequence, sequence).SetProperty(c => c.FaultKind, kind), token), ct);
    }
}

/// <summary>Takes verifications to their end, on one instance at a time.</summary>
public sealed partial class AuditCheckJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<AuditCheckJob> log) : BackgroundService
{
    private const string Job = "audit-check";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly Guid _owner = Guid.NewGuid();

    /// <summary>Steps until nothing is left to verify, or another instance has the job.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        while (await services.GetRequiredService<PortalDbContext>().AuditChecks.AnyAsync(c => c.FinishedAt == null, ct))
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (!await services.GetRequiredService<PortalDatabase>().WriteAsync((write, token) => write.TakeLeaseAsync(Job, _owner, now, now + LeaseTime, token), ct)
                || !await services.GetRequiredService<AuditChecks>().StepAsync(ct))
                return;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Failed(log, exception.GetBaseException().GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops; another one, or the next start, goes on.
        }
    }

    [LoggerMessage(LogLevel.Warning, "A verification of the audit log could not go on now: {Exception}")]
    private static partial void Failed(ILogger log, string exception);
}
