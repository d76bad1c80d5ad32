using System.Diagnostics;

namespace DealerPortal.Bench.Measuring;

/// <summary>Pages that are asked for in turn by one person, and what they cost.</summary>
/// <param name="urls">Of one kind.</param>
internal sealed class Probe(string name, PortalSession session, IReadOnlyList<string> urls)
{
    private const int Connections = 16;

    private readonly List<double> _medians = [];
    private readonly List<double> _latencies = [];
    private readonly List<double> _cpu = [];
    private readonly Dictionary<string, double> _fastest = new(StringComparer.Ordinal);
    private double _sequentialCpu;

    public string Name => name;

    /// <summary>Of the quietest round: others on the machine only ever make a request slower.</summary>
    public double QuietP50 => _medians.Min();

    public double P50 => Percentile(_latencies, 0.5);
    public double P99 => Percentile(_latencies, 0.99);

    /// <summary>Milliseconds of processor per request, one request after the other.</summary>
    public double SequentialCpu => _sequentialCpu / _latencies.Count;

    /// <summary>Milliseconds of processor per request at 16 connections, the middle of all rounds.</summary>
    public double Cpu => Percentile(_cpu, 0.5);

    /// <summary>Of each round, in their order.</summary>
    public IReadOnlyList<double> CpuOfRounds => _cpu;

    /// <summary>The address whose fastest answer was the slowest of all.</summary>
    public (string Url, double Milliseconds) Slowest => _fastest.OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value)).First();

    public async Task WarmAsync(int requests)
    {
        await ParallelAsync(requests);
        foreach (var url in urls)
            await session.GetAsync(url);
    }

    /// <summary>One round: each address a few times in sequence, then all of them at 16 connections.</summary>
    public async Task RunAsync(int sequential, int parallel)
    {
        var round = new List<double>();
        var before = session.Portal.CpuMilliseconds;
        for (var i = 0; i < sequential; i++)
        {
            var url = urls[i % urls.Count];
            var start = Stopwatch.GetTimestamp();
            await session.GetAsync(url);
            var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            round.Add(taken);
            _fastest[url] = Math.Min(taken, _fastest.GetValueOrDefault(url, double.MaxValue));
        }

        _sequentialCpu += session.Portal.CpuMilliseconds - before;
        _latencies.AddRange(round);
        _medians.Add(Percentile(round, 0.5));
        if (parallel == 0)
            return;
        before = session.Portal.CpuMilliseconds;
        await ParallelAsync(parallel);
        _cpu.Add((session.Portal.CpuMilliseconds - before) / parallel);
    }

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    private Task ParallelAsync(int requests)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
                await session.GetAsync(urls[i % urls.Count]);
        }));
    }
}
