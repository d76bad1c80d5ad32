namespace DealerPortal.Bench.Generation;

/// <summary>When a dossier was filed, and where.</summary>
/// <param name="Organisation">Index among <see cref="GenerationPlan.Sizes"/>.</param>
/// <param name="MinutesAgo">Before the instant as of which the database stands.</param>
internal readonly record struct Filing(int Organisation, int MinutesAgo);

/// <summary>
/// Which organisation files how much, and when. The organisations that are measured come first and file the same at the same
/// times in every database; the others fill it up, in a time that is shorter where there is less, so that the queue is never empty.
/// </summary>
internal sealed class GenerationPlan
{
    public const int SmallSize = 300;
    public const int LargeSize = 50_000;

    /// <summary>From so many dossiers on there is an organisation of <see cref="LargeSize"/>.</summary>
    public const int LeastForLarge = 100_000;

    private const int DossiersPerOrganisation = 220;
    private const int MostOrganisations = 9000;
    private const int DossiersPerDay = 800;
    private const int MinutesPerDay = 1440;
    private const int LongestDays = 1277;
    private const int ShortestDays = 120;

    /// <summary>More was filed lately than long ago.</summary>
    private const double Recency = 1.3;

    private readonly int _seed;

    public GenerationPlan(int dossiers, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dossiers, SmallSize + 1);
        _seed = seed;
        HasLarge = dossiers >= LeastForLarge;
        Days = Math.Clamp(dossiers / DossiersPerDay, ShortestDays, LongestDays);
        List<int> measured = HasLarge ? [SmallSize, LargeSize] : [SmallSize];
        Sizes = [.. measured, .. Others(dossiers - measured.Sum())];
        Measured = measured.Count;
    }

    public bool HasLarge { get; }

    /// <summary>How many of the first organisations are measured.</summary>
    public int Measured { get; }

    /// <summary>Dossiers of each organisation.</summary>
    public IReadOnlyList<int> Sizes { get; }

    private int Days { get; }

    /// <summary>All of them, the oldest first.</summary>
    public IEnumerable<Filing> Filings()
    {
        var keys = new long[Sizes.Sum()];
        var next = 0;
        for (var organisation = 0; organisation < Sizes.Count; organisation++)
        {
            var random = new Random((_seed * 31) + organisation);
            var days = organisation < Measured ? LongestDays : Days;
            for (var i = 0; i < Sizes[organisation]; i++)
                keys[next++] = ((long)(Math.Pow(random.NextDouble(), Recency) * days * MinutesPerDay) << 32) | (uint)organisation;
        }

        Array.Sort(keys);
        for (var i = keys.Length - 1; i >= 0; i--)
            yield return new Filing((int)(keys[i] & int.MaxValue), (int)(keys[i] >> 32));
    }

    /// <summary>A few large ones and many small ones, none of a size that is measured.</summary>
    private static IEnumerable<int> Others(int dossiers)
    {
        var count = Math.Clamp(dossiers / DossiersPerOrganisation, 6, MostOrganisations);
        var weights = Enumerable.Range(0, count).Select(i => 1 / Math.Pow(i + 20, 0.9)).ToList();
        var (all, left) = (weights.Sum(), dossiers);
        foreach (var weight in weights.Take(count - 1))
        {
            var size = Math.Min(left, (int)(dossiers * weight / all));
            size = size is SmallSize or LargeSize ? size - 1 : size;
            left -= size;
            yield return size;
        }

        // What rounding left over goes to two, so that neither has a size that is measured.
        var half = left / 2 is SmallSize or LargeSize ? (left / 2) - 1 : left / 2;
        yield return half;
        yield return left - half;
    }
}
