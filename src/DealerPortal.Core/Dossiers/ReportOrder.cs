namespace DealerPortal.Core.Dossiers;

/// <summary>What a service centre's report did to the status of a repair or a return.</summary>
public enum ReportEffect
{
    Moved,

    /// <summary>It says what stands already.</summary>
    Repeated,

    /// <summary>It happened before what stands, which it does not change.</summary>
    Late,

    /// <summary>The transition table does not lead there.</summary>
    Refused,
}

/// <param name="Stands">When what stands happened; null where nobody said.</param>
/// <param name="Reported">When what is reported happened.</param>
/// <param name="StandsBy">Who reported what stands.</param>
internal readonly record struct ReportTimes(DateTime? Stands, DateTime Reported, ActorKind? StandsBy);

/// <summary>
/// The rule by which reports count that come in any order: whatever that order, a track ends where the transition table
/// would have led had they come as they happened. Source: docs/decisions/0010.
/// </summary>
internal static class ReportOrder
{
    public static ReportEffect Judge<TStatus>(TStatus? stands, TStatus reported, ReportTimes times, Func<TStatus?, TStatus, bool> allows, Func<TStatus, bool> isEnd)
        where TStatus : struct, Enum
    {
        if (stands is not { } now)
            return ReportEffect.Moved;
        var isEarlier = times.Reported < times.Stands;
        if (!allows(now, reported))
        {
            if (now.Equals(reported))
                return ReportEffect.Repeated;
            // Of two ends the first is the end. What a person decided stands.
            if (isEnd(now) && isEnd(reported) && times.StandsBy == ActorKind.ServiceCentre && IsBefore((times.Reported, reported), (times.Stands, now)))
                return ReportEffect.Moved;
            return isEarlier ? ReportEffect.Late : ReportEffect.Refused;
        }

        // Where the table leads both ways the later one counts; where it leads on only, it counts whenever it happened.
        return allows(reported, now) && !IsBefore((times.Stands, now), (times.Reported, reported)) ? ReportEffect.Late : ReportEffect.Moved;
    }

    /// <summary>At the same instant the order is that of the track.</summary>
    private static bool IsBefore<TStatus>((DateTime? At, TStatus Status) first, (DateTime? At, TStatus Status) second)
        where TStatus : struct, Enum =>
        (first.At ?? DateTime.MinValue).CompareTo(second.At ?? DateTime.MinValue) switch
        {
            0 => Comparer<TStatus>.Default.Compare(first.Status, second.Status) < 0,
            var order => order < 0,
        };
}
