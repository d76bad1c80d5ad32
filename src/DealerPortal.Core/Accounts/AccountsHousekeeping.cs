using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Accounts;

/// <summary>Reminders and removals of people and organisations.</summary>
public sealed class AccountsHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountsHousekeeping> log) : Housekeeping("accounts", scopes, time, log)
{
    private const int SearchBatch = 500;

    protected override async Task DoAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<MembershipReminders>().RemindAsync(ct);
        await services.GetRequiredService<OrganisationMerging>().CatchUpAsync(ct);
        await services.GetRequiredService<ExpiredAccounts>().RemoveAsync(ct);
        await AddSearchWordsAsync(services.GetRequiredService<PortalDatabase>(), ct);
    }

    /// <summary>For accounts from before people could be found.</summary>
    private static async Task AddSearchWordsAsync(PortalDatabase database, CancellationToken ct)
    {
        while (await database.WriteAsync((write, token) => write.Db.AddMissingTokensAsync(SearchBatch, token), ct) == SearchBatch)
        {
        }
    }
}
