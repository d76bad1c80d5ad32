using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>What promises are held against: what ends before now is overdue, what ends before <paramref name="SoonUntil"/> is due soon.</summary>
public readonly record struct QueueClock(DateTime Now, DateTime SoonUntil);

public static class QueueClocks
{
    public static async Task<QueueClock> ClockAsync(this DossierPromises promises, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new QueueClock(now, await promises.SoonUntilAsync(now, ct));
    }
}
