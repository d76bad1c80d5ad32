using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>Removes mails that were kept or ignored. What became a message keeps its row, which holds no text: it is what makes sure that it never becomes one twice.</summary>
public sealed class InboundHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<InboundHousekeeping> log) : Housekeeping("inbound-list", scopes, time, log)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly TimeProvider _time = time;

    protected override Task DoAsync(IServiceProvider services, CancellationToken ct)
    {
        var before = _time.GetUtcNow().UtcDateTime - Lifetime;
        return services.GetRequiredService<PortalDatabase>().WriteAsync(
            (write, token) => write.Db.Set<InboundMail>().Where(m => m.Outcome != InboundOutcome.Taken && m.ReceivedAt < before).ExecuteDeleteAsync(token), ct);
    }
}
