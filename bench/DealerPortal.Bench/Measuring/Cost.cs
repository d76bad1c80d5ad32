using System.Diagnostics;

namespace DealerPortal.Bench.Measuring;

/// <summary>What something in this process took, in seconds.</summary>
internal readonly record struct Cost(double Cpu, double Elapsed)
{
    public static Cost operator +(Cost one, Cost other) => new(one.Cpu + other.Cpu, one.Elapsed + other.Elapsed);

    public static async Task<Cost> OfAsync(Func<Task> work)
    {
        var (cpu, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        return new Cost((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public override string ToString() => FormattableString.Invariant($"{Cpu:0.00} s of processor in {Elapsed:0.00} s");
}
