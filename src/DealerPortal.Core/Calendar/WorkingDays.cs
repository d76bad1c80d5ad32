using System.Collections.Concurrent;

namespace DealerPortal.Core.Calendar;

/// <summary>Whose public holidays count.</summary>
public enum HolidayCountry
{
    Belgium,
    Luxembourg,
}

/// <summary>The public holidays of Belgium and Luxembourg, by name.</summary>
public enum Holiday
{
    NewYear,
    EasterMonday,
    LabourDay,
    EuropeDay,
    Ascension,
    WhitMonday,
    NationalDayOfLuxembourg,
    NationalDayOfBelgium,
    Assumption,
    AllSaints,
    Armistice,
    Christmas,
    BoxingDay,
}

public sealed record PublicHoliday(DateOnly Date, Holiday Name);

/// <summary>
/// Working days: Monday to Friday, without the public holidays of the country and without our own closing days.
/// Belgium: the ten of the royal decree of 18 April 1974; the day an employer gives instead of a holiday at the weekend is a closing day.
/// Luxembourg: the eleven of article L.232-2 of the Labour Code.
/// </summary>
/// <param name="closingDays">Days on which nobody works though the calendar says otherwise, in both countries.</param>
/// <remarks>Countries are ISO codes. "LU" is Luxembourg; for any other the Belgian calendar holds, as that is where the service centre is.</remarks>
public sealed class WorkingDays(IReadOnlySet<DateOnly> closingDays)
{
    private static readonly ConcurrentDictionary<(int Year, HolidayCountry Country), IReadOnlyList<DateOnly>> _holidays = new();

    public bool IsWorkingDay(DateOnly date, string country) => IsWorkingDay(date, CountryOf(country));

    /// <summary>
    /// The working day that is <paramref name="workingDays"/> after <paramref name="from"/>, which itself is not counted (before it, when negative).
    /// With 0: <paramref name="from"/>, or the first working day after it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside the years 1 to 9999.</exception>
    public DateOnly Add(DateOnly from, int workingDays, string country)
    {
        var calendar = CountryOf(country);
        var date = from;
        if (workingDays == 0)
        {
            while (!IsWorkingDay(date, calendar))
            {
                date = date.AddDays(1);
            }

            return date;
        }

        var step = Math.Sign(workingDays);
        for (var left = Math.Abs((long)workingDays); left > 0;)
        {
            date = date.AddDays(step);
            if (IsWorkingDay(date, calendar))
            {
                left--;
            }
        }

        return date;
    }

    /// <summary>The working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when <paramref name="to"/> is earlier.</summary>
    public int Between(DateOnly from, DateOnly to, string country)
    {
        if (to < from)
        {
            return -Between(to, from, country);
        }

        var calendar = CountryOf(country);
        var count = 0;
        for (var date = from; date < to;)
        {
            date = date.AddDays(1);
            count += IsWorkingDay(date, calendar) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The public holidays of a year, in order; two that fall on one day are one.</summary>
    public static IReadOnlyList<DateOnly> Holidays(int year, string country) => Holidays(year, CountryOf(country));

    /// <inheritdoc cref="Holidays(int, string)"/>
    public static IReadOnlyList<DateOnly> Holidays(int year, HolidayCountry country) =>
        _holidays.GetOrAdd((year, country), key => [.. NamedHolidays(key.Year, key.Country).Select(holiday => holiday.Date).Distinct()]);

    /// <summary>The same with their names, in order; two may fall on one day.</summary>
    public static IReadOnlyList<PublicHoliday> NamedHolidays(int year, HolidayCountry country)
    {
        var easter = EasterSunday(year);
        PublicHoliday[] common =
        [
            new(new(year, 1, 1), Holiday.NewYear),
            new(easter.AddDays(1), Holiday.EasterMonday),
            new(new(year, 5, 1), Holiday.LabourDay),
            new(easter.AddDays(39), Holiday.Ascension),
            new(easter.AddDays(50), Holiday.WhitMonday),
            new(new(year, 8, 15), Holiday.Assumption),
            new(new(year, 11, 1), Holiday.AllSaints),
            new(new(year, 12, 25), Holiday.Christmas),
        ];
        PublicHoliday[] own = country == HolidayCountry.Luxembourg
            ? [new(new(year, 5, 9), Holiday.EuropeDay), new(new(year, 6, 23), Holiday.NationalDayOfLuxembourg), new(new(year, 12, 26), Holiday.BoxingDay)]
            : [new(new(year, 7, 21), Holiday.NationalDayOfBelgium), new(new(year, 11, 11), Holiday.Armistice)];
        return [.. common.Concat(own).OrderBy(holiday => holiday.Date)];
    }

    private bool IsWorkingDay(DateOnly date, HolidayCountry country) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !closingDays.Contains(date)
        && !Holidays(date.Year, country).Contains(date);

    private static HolidayCountry CountryOf(string country) =>
        string.Equals(country, "LU", StringComparison.OrdinalIgnoreCase) ? HolidayCountry.Luxembourg : HolidayCountry.Belgium;

    /// <summary>The Gregorian computus, in the form of Meeus, Jones and Butcher.</summary>
    private static DateOnly EasterSunday(int year)
    {
        var goldenNumber = year % 19;
        var (century, yearOfCentury) = Math.DivRem(year, 100);
        var (leapCenturies, centuryRest) = Math.DivRem(century, 4);
        var moonCorrection = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * goldenNumber + century - leapCenturies - moonCorrection + 15) % 30;
        var (leapYears, yearRest) = Math.DivRem(yearOfCentury, 4);
        var weekday = (32 + 2 * centuryRest + 2 * leapYears - epact - yearRest) % 7;
        var late = (goldenNumber + 11 * epact + 22 * weekday) / 451;
        var (month, day) = Math.DivRem(epact + weekday - 7 * late + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
