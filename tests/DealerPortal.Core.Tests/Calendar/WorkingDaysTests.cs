using System.Globalization;
using DealerPortal.Core.Calendar;

namespace DealerPortal.Core.Tests.Calendar;

public class WorkingDaysTests
{
    private static readonly WorkingDays _plain = new(new HashSet<DateOnly>());

    [Theory]
    [InlineData(2024, "BE", "01-01 04-01 05-01 05-09 05-20 07-21 08-15 11-01 11-11 12-25")]
    [InlineData(2025, "BE", "01-01 04-21 05-01 05-29 06-09 07-21 08-15 11-01 11-11 12-25")]
    [InlineData(2026, "BE", "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25")]
    [InlineData(2027, "BE", "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25")]
    [InlineData(2038, "BE", "01-01 04-26 05-01 06-03 06-14 07-21 08-15 11-01 11-11 12-25")]
    [InlineData(2008, "BE", "01-01 03-24 05-01 05-12 07-21 08-15 11-01 11-11 12-25")]
    [InlineData(2026, "LU", "01-01 04-06 05-01 05-09 05-14 05-25 06-23 08-15 11-01 12-25 12-26")]
    [InlineData(2024, "LU", "01-01 04-01 05-01 05-09 05-20 06-23 08-15 11-01 12-25 12-26")]
    public void Holidays_AreThoseOfTheLaw(int year, string country, string days) =>
        Assert.Equal(days.Split(' '), WorkingDays.Holidays(year, country).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-26", "BE", true)]
    [InlineData("2026-11-28", "BE", false)]
    [InlineData("2026-11-29", "LU", false)]
    [InlineData("2026-07-21", "BE", false)]
    [InlineData("2026-07-21", "LU", true)]
    [InlineData("2026-06-23", "BE", true)]
    [InlineData("2026-06-23", "lu", false)]
    [InlineData("2026-05-25", "BE", false)]
    [InlineData("2026-11-11", "FR", false)]
    public void IsWorkingDay_FollowsTheCountry(string date, string country, bool expected) => Assert.Equal(expected, _plain.IsWorkingDay(Day(date), country));

    [Theory]
    [InlineData("2026-11-26", 1, "BE", "2026-11-27")]
    [InlineData("2026-11-26", 2, "BE", "2026-11-30")]
    [InlineData("2026-11-28", 1, "BE", "2026-11-30")]
    [InlineData("2026-11-28", 0, "BE", "2026-11-30")]
    [InlineData("2026-11-26", 0, "BE", "2026-11-26")]
    [InlineData("2026-12-31", 1, "BE", "2027-01-04")]
    [InlineData("2026-12-24", 1, "BE", "2026-12-28")]
    [InlineData("2025-12-24", 1, "BE", "2025-12-26")]
    [InlineData("2025-12-24", 1, "LU", "2025-12-29")]
    [InlineData("2026-11-30", -2, "BE", "2026-11-26")]
    [InlineData("2026-11-12", -1, "BE", "2026-11-10")]
    public void Add_CountsWorkingDaysOnly(string from, int days, string country, string expected) =>
        Assert.Equal(Day(expected), _plain.Add(Day(from), days, country));

    [Theory]
    [InlineData("2026-11-26", "2026-11-26", "BE", 0)]
    [InlineData("2026-11-26", "2026-11-30", "BE", 2)]
    [InlineData("2026-11-27", "2026-11-29", "BE", 0)]
    [InlineData("2026-11-30", "2026-11-26", "BE", -2)]
    [InlineData("2026-01-01", "2026-12-31", "BE", 253)]
    [InlineData("2026-01-01", "2026-12-31", "LU", 254)]
    public void Between_CountsTheDaysAfterTheFirstUpToTheLast(string from, string to, string country, int expected) =>
        Assert.Equal(expected, _plain.Between(Day(from), Day(to), country));

    [Fact]
    public void Between_IsTheInverseOfAdd()
    {
        for (var days = 1; days < 300; days++)
        {
            Assert.Equal(days, _plain.Between(Day("2026-02-07"), _plain.Add(Day("2026-02-07"), days, "BE"), "BE"));
        }
    }

    [Fact]
    public void ClosingDays_AreNoWorkingDaysInEitherCountry()
    {
        var closed = new WorkingDays(new HashSet<DateOnly> { Day("2026-11-27") });
        Assert.False(closed.IsWorkingDay(Day("2026-11-27"), "BE"));
        Assert.False(closed.IsWorkingDay(Day("2026-11-27"), "LU"));
        Assert.Equal(Day("2026-11-30"), closed.Add(Day("2026-11-26"), 1, "BE"));
        Assert.Equal(1, closed.Between(Day("2026-11-26"), Day("2026-11-30"), "BE"));
    }

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
