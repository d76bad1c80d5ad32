using System.Data.Common;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DealerPortal.Web.Hosting;

/// <summary>
/// Whether the database answers, and has this version's schema: that is asked until it has, since a schema does not go
/// back under a running portal.
/// </summary>
public sealed class DatabaseCheck(IServiceScopeFactory scopes, ILogger<DatabaseCheck> log) : IHealthCheck
{
    private volatile bool _isCurrent;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await PendingAsync(cancellationToken) switch
        {
            null => HealthCheckResult.Unhealthy("The database does not answer."),
            [] => HealthCheckResult.Healthy(),
            var pending => HealthCheckResult.Unhealthy($"{pending.Count} migrations are pending."),
        };

    /// <summary>
    /// SQLite: migrates. A server: false, with the reason in the log, while migrations are pending. A database that does not
    /// answer yet is no reason to stop: the portal becomes ready when it does.
    /// </summary>
    public async Task<bool> PrepareAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (db.Database.IsSqlite())
        {
            await db.BringUpToDateAsync(log, ct);
            return true;
        }

        return await PendingAsync(ct) is null or [];
    }

    private async Task<IReadOnlyList<string>?> PendingAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            if (_isCurrent)
            {
                // Read something: being able to connect says nothing about a locked or broken file.
                await db.Categories.AnyAsync(ct);
                return [];
            }

            var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
            _isCurrent = pending.Count == 0;
            if (!_isCurrent)
                log.LogError("The database lacks {Count} migrations, the first is {First}. Run the portal once with the verb «migrate».", pending.Count, pending[0]);
            return pending;
        }
        catch (DbException exception)
        {
            log.LogError(exception, "The database does not answer");
            return null;
        }
    }
}
