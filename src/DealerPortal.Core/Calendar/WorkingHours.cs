namespace DealerPortal.Core.Calendar;

/// <summary>
/// Working time: the hours in which the desk is open, Brussels time, on working days of a country. Counted in real minutes,
/// so that a night in which the clock moves adds and takes nothing.
/// </summary>
/// <param name="opens">Local time in Brussels, like <paramref name="closes"/>, which is later.</param>
public sealed class WorkingHours(WorkingDays days, TimeOnly opens, TimeOnly closes)
{
    /// <summary>When so many working minutes after <paramref name="since"/> have passed, UTC. The end of a day comes before the morning of the next.</summary>
    /// <param name="minutes">With none or fewer: <paramref name="since"/> itself, also where nobody works then.</param>
    public DateTime Add(DateTime since, int minutes, string country)
    {
        if (minutes <= 0)
            return since;
        var left = TimeSpan.FromMinutes(minutes);
        for (var day = DayOf(since); ; day = day.AddDays(1))
        {
            if (!days.IsWorkingDay(day, country))
                continue;
            var (start, end) = Open(day);
            start = start < since ? since : start;
            if (start >= end)
                continue;
            if (left <= end - start)
                return start + left;
            left -= end - start;
        }
    }

    /// <summary>The working minutes between two instants, UTC, begun ones left out; 0 where the second is no later.</summary>
    public int Between(DateTime from, DateTime until, string country)
    {
        var sum = TimeSpan.Zero;
        for (var (day, last) = (DayOf(from), DayOf(until)); day <= last; day = day.AddDays(1))
        {
            if (!days.IsWorkingDay(day, country))
                continue;
            var (start, end) = Open(day);
            start = start < from ? from : start;
            end = end > until ? until : end;
            if (end > start)
                sum += end - start;
        }

        return (int)Math.Min(sum.TotalMinutes, int.MaxValue);
    }

    private static DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(Formats.ToBrussels(instant));

    private (DateTime Start, DateTime End) Open(DateOnly day) => (Formats.ToUtc(day.ToDateTime(opens)), Formats.ToUtc(day.ToDateTime(closes)));
}
