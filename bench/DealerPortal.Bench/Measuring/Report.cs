using System.Globalization;

namespace DealerPortal.Bench.Measuring;

/// <summary>Prints what was measured beside its goal, and remembers what was missed.</summary>
internal sealed class Report
{
    private readonly List<string> _missed = [];

    public void Title(string text) => Console.WriteLine($"\n{text}");

    /// <summary>Two probes whose cost is compared: processor time at 16 connections, round by round.</summary>
    public void Growth(string row, Probe small, Probe large, double? goal)
    {
        var ratio = Probe.Percentile(large.CpuOfRounds.Zip(small.CpuOfRounds, (after, before) => after / before), 0.5);
        Line($"{row} {small.Name}", $"CPU {Ms(small.Cpu)} → {Ms(large.Cpu)}   p50 {Ms(small.QuietP50)} → {Ms(large.QuietP50)}   p99 {Ms(small.P99)} → {Ms(large.P99)}", $"{ratio,5:0.00} ×", goal is null ? "no goal" : $"≤ {goal:0.0} ×", goal is null || ratio <= goal);
    }

    /// <summary>One probe against a time.</summary>
    public void Time(string row, Probe probe, double goal) => Line(
        $"{row} {probe.Name}", $"CPU {Ms(probe.SequentialCpu)}   p50 {Ms(probe.P50)}   p99 {Ms(probe.P99)}   slowest query {Ms(probe.Slowest.Milliseconds)}", $"{Ms(probe.QuietP50)}", $"≤ {goal:0} ms", probe.QuietP50 <= goal);

    /// <summary>Something beside what it could cost at least.</summary>
    public void Ratio(string what, string figures, double ratio, double goal) => Line(what, figures, $"{ratio,5:0.00} ×", $"≤ {goal:0.##} ×", ratio <= goal);

    /// <summary>Says whether every goal was kept, and which were not.</summary>
    public bool IsKept()
    {
        Console.WriteLine(_missed.Count == 0 ? "\nAll goals are kept." : $"\n{_missed.Count} missed:\n  {string.Join("\n  ", _missed)}");
        return _missed.Count == 0;
    }

    /// <summary>The queries that cost most, whatever their kind.</summary>
    public void Slowest(IEnumerable<Probe> probes, int count)
    {
        foreach (var probe in probes.OrderByDescending(probe => probe.Slowest.Milliseconds).Take(count))
            Console.WriteLine($"  {Ms(probe.Slowest.Milliseconds)}  {probe.Slowest.Url}");
    }

    public static string Ms(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds,6:0.00} ms");

    private void Line(string what, string figures, string result, string goal, bool isKept)
    {
        if (!isKept)
            _missed.Add($"{what}: {result.Trim()} instead of {goal}");
        Console.WriteLine($"{(isKept ? "kept  " : "MISSED")} {what,-58} {result}  {goal,-8} {figures}");
    }
}
