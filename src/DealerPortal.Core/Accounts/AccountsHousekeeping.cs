using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Accounts;

/// <summary>Reminders and removals, every few minutes, on one instance at a time.</summary>
public sealed class AccountsHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountsHousekeeping> log) : BackgroundService
{
    private const string Job = "accounts";
    private const int SearchBatch = 500;
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(10);

    private readonly Guid _owner = Guid.NewGuid();

    /// <summary>One round; nothing while another instance has the job.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow().UtcDateTime;
        if (!await TakeLeaseAsync(scope.ServiceProvider.GetRequiredService<PortalDatabase>(), now, ct))
            return;
        await scope.ServiceProvider.GetRequiredService<MembershipReminders>().RemindAsync(ct);
        await scope.ServiceProvider.GetRequiredService<OrganisationMerging>().CatchUpAsync(ct);
        await scope.ServiceProvider.GetRequiredService<ExpiredAccounts>().RemoveAsync(ct);
        await AddSearchWordsAsync(scope.ServiceProvider.GetRequiredService<PortalDatabase>(), ct);
    }

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
                log.LogError("Accounts housekeeping failed and is tried again: {Exception}", exception.GetBaseException().GetType().Name);
            }
        }
    }

    /// <summary>For accounts from before people could be found.</summary>
    private static async Task AddSearchWordsAsync(PortalDatabase database, CancellationToken ct)
    {
        while (await database.WriteAsync((write, token) => write.Db.AddMissingTokensAsync(SearchBatch, token), ct) == SearchBatch)
        {
        }
    }

    private async Task<bool> TakeLeaseAsync(PortalDatabase database, DateTime now, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((write, token) => write.TakeLeaseAsync(Job, _owner, now, now + _period, token), ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return false;
        }
    }
}
