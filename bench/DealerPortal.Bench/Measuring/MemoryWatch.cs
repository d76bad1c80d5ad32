using System.Globalization;

namespace DealerPortal.Bench.Measuring;

/// <summary>Looks now and then at how much memory is the process's own; pages of files that the system keeps in memory are not.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<long> _samples = [];
    private readonly Lock _lock = new();
    private readonly Task _watching;

    private MemoryWatch() => _watching = Task.Run(WatchAsync);

    public static MemoryWatch Start() => new();

    /// <summary>Forgets what was seen before.</summary>
    public void Begin()
    {
        lock (_lock)
            _samples.Clear();
    }

    /// <summary>The most there was in the first fifth of the time since <see cref="Begin"/>, and in all of it, in MiB.</summary>
    public (long Fifth, long Peak) End()
    {
        lock (_lock)
            return (_samples.Take(Math.Max(1, _samples.Count / 5)).Max(), _samples.Max());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var own = Own();
            lock (_lock)
                _samples.Add(own);
            await Task.Delay(Interval, CancellationToken.None);
        }
    }

    private static long Own()
    {
        const string Name = "RssAnon:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Name.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) >> 10;
    }
}
