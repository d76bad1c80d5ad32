using System.Threading.RateLimiting;

namespace DealerPortal.Web.Hosting;

/// <summary>Settings of the API, section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Events that one key may send in a minute.</summary>
    public int EventsPerMinute { get; set; } = 600;
}

/// <summary>How often a machine may call: each key by itself, and each network that sends wrong keys.</summary>
public sealed class ApiLimits(Microsoft.Extensions.Options.IOptions<ApiOptions> options) : IDisposable
{
    private const int WrongKeysPerMinute = 30;

    private readonly PartitionedRateLimiter<int> _keys = PartitionedRateLimiter.Create<int, int>(
        key => RateLimitPartition.GetSlidingWindowLimiter(key, _ => PerMinute(options.Value.EventsPerMinute)));

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(
        network => RateLimitPartition.GetSlidingWindowLimiter(network, _ => PerMinute(WrongKeysPerMinute)));

    /// <summary>How long the key has to wait; null when it may go on.</summary>
    public TimeSpan? WaitOf(int keyId)
    {
        using var lease = _keys.AttemptAcquire(keyId);
        return WaitOf(lease);
    }

    public void CountWrongKey(string network) => _wrong.AttemptAcquire(network).Dispose();

    /// <summary>How long a network that sent too many wrong keys has to wait; null when it may go on.</summary>
    public TimeSpan? WaitAfterWrongKeys(string network)
    {
        using var lease = _wrong.AttemptAcquire(network, permitCount: 0);
        return WaitOf(lease);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _wrong.Dispose();
    }

    private static TimeSpan? WaitOf(RateLimitLease lease) =>
        lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(10);

    private static SlidingWindowRateLimiterOptions PerMinute(int permits) => new()
    {
        PermitLimit = permits,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 6,
        QueueLimit = 0,
    };
}
