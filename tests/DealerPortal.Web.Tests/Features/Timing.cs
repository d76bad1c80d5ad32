using System.Diagnostics;

namespace DealerPortal.Web.Tests.Features;

/// <summary>Whether two ways take the same time: taken in turns, compared by their medians.</summary>
internal static class Timing
{
    private const int Rounds = 3;

    /// <summary>The smallest ratio (1 or more) of the medians in three rounds: what differs always, differs in each; what the machine does beside, does not.</summary>
    public static async Task<double> RatioAsync(int count, Func<Task<Func<Task>>> first, Func<Task<Func<Task>>> second)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds && best > 1.2; round++)
        {
            var (one, other) = (new List<double>(), new List<double>());
            for (var i = 0; i < count; i++)
            {
                one.Add(await TakeAsync(await first()));
                other.Add(await TakeAsync(await second()));
            }

            var (a, b) = (Median(one), Median(other));
            best = Math.Min(best, Math.Max(a / b, b / a));
        }

        return best;
    }

    private static async Task<double> TakeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
