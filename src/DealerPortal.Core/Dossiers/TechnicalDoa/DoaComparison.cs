using System.Globalization;

namespace DealerPortal.Core.Dossiers;

public enum DoaDifferenceKind
{
    Added,
    Removed,

    /// <summary>Of the days that may have passed.</summary>
    Days,

    /// <summary>Of the wording in one language.</summary>
    Text,

    /// <summary>The conditions that both have stand in another order.</summary>
    Order,
}

/// <param name="Condition">Null for <see cref="DoaDifferenceKind.Order"/>.</param>
/// <param name="Language">Of <see cref="DoaDifferenceKind.Text"/> alone.</param>
public sealed record DoaDifference(DoaDifferenceKind Kind, DoaConditionKind? Condition, string? Before = null, string? After = null, string? Language = null);

/// <summary>What one version says otherwise than another.</summary>
public static class DoaComparison
{
    /// <summary>In the order of the newer conditions, then what is gone; empty for two that say the same.</summary>
    public static IReadOnlyList<DoaDifference> DifferencesFrom(this IEnumerable<DoaCondition> newer, IEnumerable<DoaCondition> older)
    {
        var after = newer.OrderBy(c => c.Position).DistinctBy(c => c.Kind).ToList();
        var before = older.OrderBy(c => c.Position).DistinctBy(c => c.Kind).ToList();
        var differences = after.SelectMany(condition => Of(condition, before.Find(c => c.Kind == condition.Kind))).ToList();
        differences.AddRange(before.Where(condition => after.TrueForAll(c => c.Kind != condition.Kind)).Select(condition => new DoaDifference(DoaDifferenceKind.Removed, condition.Kind)));
        var (kindsAfter, kindsBefore) = (after.ConvertAll(c => c.Kind), before.ConvertAll(c => c.Kind));
        if (!kindsAfter.Where(kindsBefore.Contains).SequenceEqual(kindsBefore.Where(kindsAfter.Contains)))
            differences.Add(new DoaDifference(DoaDifferenceKind.Order, null));
        return differences;
    }

    private static IEnumerable<DoaDifference> Of(DoaCondition after, DoaCondition? before)
    {
        if (before is null)
        {
            yield return new DoaDifference(DoaDifferenceKind.Added, after.Kind);
            yield break;
        }

        if (before.MaxDays != after.MaxDays)
            yield return new DoaDifference(DoaDifferenceKind.Days, after.Kind, Days(before), Days(after));
        foreach (var language in Languages.All.Where(language => before.TextIn(language) != after.TextIn(language)))
            yield return new DoaDifference(DoaDifferenceKind.Text, after.Kind, before.TextIn(language), after.TextIn(language), language);
    }

    private static string? Days(DoaCondition condition) => condition.MaxDays?.ToString(CultureInfo.InvariantCulture);
}
