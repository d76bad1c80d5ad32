using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace DealerPortal.Core.Tests;

/// <summary>In the expectations "~" stands for the no-break space.</summary>
public class FormatsTests
{
    private static readonly DateTime _morning = new(2021, 2, 1, 8, 43, 59, DateTimeKind.Utc);

    [Theory]
    [InlineData("fr", "1 février 2021 (09:43h)", "1 février 2021", "lundi 1 février 2021", "1 février")]
    [InlineData("nl", "1 februari 2021 (09:43h)", "1 februari 2021", "maandag 1 februari 2021", "1 februari")]
    [InlineData("de", "1. Februar 2021 (09:43h)", "1. Februar 2021", "Montag, 1. Februar 2021", "1. Februar")]
    [InlineData("en", "1 February 2021 (09:43h)", "1 February 2021", "Monday 1 February 2021", "1 February")]
    public void Dates_AreWrittenAsTheCultureWritesThem(string language, string dateAndHour, string date, string longDate, string shortDate)
    {
        var c = Languages.CultureOf(language);
        Assert.Equal(dateAndHour, Formats.DateAndHour(_morning, c));
        Assert.Equal(date, Formats.Date(_morning, c));
        Assert.Equal(date, Formats.Date(new DateOnly(2021, 2, 1), c));
        Assert.Equal(longDate, Formats.LongDate(new DateOnly(2021, 2, 1), c));
        Assert.Equal(shortDate, Formats.ShortDate(new DateOnly(2021, 2, 1), c));
    }

    [Theory]
    [InlineData("fr", "1~234,5", "67~%", "décembre 2026")]
    [InlineData("nl", "1.234,5", "67%", "december 2026")]
    [InlineData("de", "1.234,5", "67~%", "Dezember 2026")]
    [InlineData("en", "1,234.5", "67%", "December 2026")]
    public void Figures_AreWrittenAsTheCultureWritesThem(string language, string number, string share, string month)
    {
        var c = Languages.CultureOf(language);
        Assert.Equal(number.Replace('~', '\u00A0'), Formats.Number(1234.46, c));
        Assert.Equal("3", Formats.Number(3.0, c));
        Assert.Equal(share.Replace('~', '\u00A0'), Formats.Percent(2, 3, c));
        Assert.Equal(month, Formats.Month(202612, c));
        Assert.StartsWith(month[..3], Formats.ShortMonth(202612, c), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void LongDate_OfTheMockups() => Assert.Equal("jeudi 26 novembre 2026", Formats.LongDate(new DateOnly(2026, 11, 26), Languages.CultureOf("fr")));

    [Theory]
    [InlineData("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre")]
    [InlineData("nl", "januari februari maart april mei juni juli augustus september oktober november december")]
    [InlineData("de", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember")]
    [InlineData("en", "January February March April May June July August September October November December")]
    public void MonthNames_DoNotDependOnTheMachine(string language, string months)
    {
        var shown = Enumerable.Range(1, 12).Select(month => Formats.ShortDate(new DateOnly(2026, month, 1), Languages.CultureOf(language)).Split(' ')[1]);
        Assert.Equal(months, string.Join(' ', shown));
    }

    [Theory]
    [InlineData("fr", "dimanche lundi mardi mercredi jeudi vendredi samedi")]
    [InlineData("nl", "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag")]
    [InlineData("de", "Sonntag, Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag,")]
    [InlineData("en", "Sunday Monday Tuesday Wednesday Thursday Friday Saturday")]
    public void DayNames_DoNotDependOnTheMachine(string language, string days)
    {
        var shown = Enumerable.Range(1, 7).Select(day => Formats.LongDate(new DateOnly(2026, 11, day), Languages.CultureOf(language)).Split(' ')[0]);
        Assert.Equal(days, string.Join(' ', shown));
    }

    [Theory]
    [InlineData("fr", "9~h", "9~h~05", "0~h", "entre 8~h et 12~h", "entre 8~h~30 et 12~h")]
    [InlineData("nl", "9~uur", "9.05~uur", "0~uur", "tussen 8 en 12~uur", "tussen 8.30 en 12~uur")]
    [InlineData("de", "9~Uhr", "9.05~Uhr", "0~Uhr", "zwischen 8 und 12~Uhr", "zwischen 8.30 und 12~Uhr")]
    [InlineData("en", "9:00", "9:05", "0:00", "between 8:00 and 12:00", "between 8:30 and 12:00")]
    public void Hours_AreWrittenAsTheCultureWritesThem(string language, string nine, string fivePastNine, string midnight, string morning, string shorterMorning)
    {
        var c = Languages.CultureOf(language);
        Assert.Equal(Spaced(nine), Formats.Hour(new TimeOnly(9, 0), c));
        Assert.Equal(Spaced(fivePastNine), Formats.Hour(new TimeOnly(9, 5), c));
        Assert.Equal(Spaced(midnight), Formats.Hour(TimeOnly.MinValue, c));
        Assert.Equal(Spaced(morning), Formats.HourRange(new TimeOnly(8, 0), new TimeOnly(12, 0), c));
        Assert.Equal(Spaced(shorterMorning), Formats.HourRange(new TimeOnly(8, 30), new TimeOnly(12, 0), c));
    }

    [Theory]
    [InlineData("fr", "256,50~€", "-1~234~567,01~€", "0,00~€", "-1~234~567")]
    [InlineData("nl", "€~256,50", "€~-1.234.567,01", "€~0,00", "-1.234.567")]
    [InlineData("de", "256,50~€", "-1.234.567,01~€", "0,00~€", "-1.234.567")]
    [InlineData("en", "€256.50", "-€1,234,567.01", "€0.00", "-1,234,567")]
    public void MoneyAndNumbers_AreWrittenAsTheCultureWritesThem(string language, string amount, string debt, string nothing, string number)
    {
        var c = Languages.CultureOf(language);
        Assert.Equal(Spaced(amount), Formats.Money(256.5m, c));
        Assert.Equal(Spaced(debt), Formats.Money(-1234567.005m, c));
        Assert.Equal(Spaced(nothing), Formats.Money(-0.004m, c));
        Assert.Equal(Spaced(number), Formats.Number(-1234567, c));
    }

    [Theory]
    [InlineData(0, "0~o", "0~B", "0~B")]
    [InlineData(512, "512~o", "512~B", "512~B")]
    [InlineData(1023, "1~023~o", "1.023~B", "1,023~B")]
    [InlineData(1024, "1~ko", "1~kB", "1~kB")]
    [InlineData(921_600, "900~ko", "900~kB", "900~kB")]
    [InlineData(1_048_300, "1~Mo", "1~MB", "1~MB")]
    [InlineData(1_887_437, "1,8~Mo", "1,8~MB", "1.8~MB")]
    [InlineData(15 * 1024 * 1024, "15~Mo", "15~MB", "15~MB")]
    [InlineData(long.MaxValue, "8~388~608~To", "8.388.608~TB", "8,388,608~TB")]
    public void FileSize_UsesTheUnitPeopleRead(long bytes, string fr, string nlAndDe, string en)
    {
        Assert.Equal(Spaced(fr), Formats.FileSize(bytes, Languages.CultureOf("fr")));
        Assert.Equal(Spaced(nlAndDe), Formats.FileSize(bytes, Languages.CultureOf("nl")));
        Assert.Equal(Spaced(nlAndDe), Formats.FileSize(bytes, Languages.CultureOf("de")));
        Assert.Equal(Spaced(en), Formats.FileSize(bytes, Languages.CultureOf("en")));
    }

    [Theory]
    [InlineData(-300, "à l’instant", "zojuist", "gerade eben", "just now")]
    [InlineData(59, "à l’instant", "zojuist", "gerade eben", "just now")]
    [InlineData(60, "depuis 1~minute", "sinds 1~minuut", "seit 1~Minute", "for 1~minute")]
    [InlineData(300, "depuis 5~minutes", "sinds 5~minuten", "seit 5~Minuten", "for 5~minutes")]
    [InlineData(3600, "depuis 1~heure", "sinds 1~uur", "seit 1~Stunde", "for 1~hour")]
    [InlineData(3 * 3600 + 3599, "depuis 3~heures", "sinds 3~uur", "seit 3~Stunden", "for 3~hours")]
    [InlineData(86400, "depuis 1~jour", "sinds 1~dag", "seit 1~Tag", "for 1~day")]
    [InlineData(2 * 86400, "depuis 2~jours", "sinds 2~dagen", "seit 2~Tagen", "for 2~days")]
    public void Relative_SaysHowLongInTheRightNumber(int seconds, string fr, string nl, string de, string en)
    {
        var now = _morning.AddSeconds(seconds);
        Assert.Equal(Spaced(fr), Formats.Relative(_morning, now, Languages.CultureOf("fr")));
        Assert.Equal(Spaced(nl), Formats.Relative(_morning, now, Languages.CultureOf("nl")));
        Assert.Equal(Spaced(de), Formats.Relative(_morning, now, Languages.CultureOf("de")));
        Assert.Equal(Spaced(en), Formats.Relative(_morning, now, Languages.CultureOf("en")));
    }

    [Theory]
    [InlineData("2026-01-15T12:00", "2026-01-15T13:00")]
    [InlineData("2026-07-15T12:00", "2026-07-15T14:00")]
    [InlineData("2026-12-31T23:30", "2027-01-01T00:30")]
    [InlineData("2026-03-29T00:59", "2026-03-29T01:59")]
    [InlineData("2026-03-29T01:00", "2026-03-29T03:00")]
    [InlineData("2026-10-25T00:30", "2026-10-25T02:30")]
    [InlineData("2026-10-25T01:30", "2026-10-25T02:30")]
    public void ToBrussels_FollowsTheClockThere(string utc, string local)
    {
        var shown = Formats.ToBrussels(Instant(utc));
        Assert.Equal(At(local), shown);
        Assert.Equal(DateTimeKind.Unspecified, shown.Kind);
        Assert.Equal(At(local), Formats.ToBrussels(At(utc)));
    }

    [Theory]
    [InlineData("2026-01-15T13:00", "2026-01-15T12:00")]
    [InlineData("2026-07-15T14:00", "2026-07-15T12:00")]
    [InlineData("2026-03-29T01:59", "2026-03-29T00:59")]
    [InlineData("2026-03-29T02:00", "2026-03-29T01:00")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30")]
    [InlineData("2026-03-29T03:00", "2026-03-29T01:00")]
    [InlineData("2026-10-25T01:59", "2026-10-24T23:59")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30")]
    [InlineData("2026-10-25T03:00", "2026-10-25T02:00")]
    public void ToUtc_IsDefiniteInBothNightsToo(string local, string utc)
    {
        var instant = Formats.ToUtc(At(local));
        Assert.Equal(Instant(utc), instant);
        Assert.Equal(DateTimeKind.Utc, instant.Kind);
    }

    [Fact]
    public void TheEndsOfTime_DoNotThrow()
    {
        Assert.Equal(DateTime.MinValue, Formats.ToUtc(DateTime.MinValue));
        Assert.Equal(9999, Formats.ToUtc(DateTime.MaxValue).Year);
        Assert.Equal(1, Formats.ToBrussels(DateTime.MinValue).Year);
        Assert.Equal(9999, Formats.ToBrussels(DateTime.MaxValue).Year);
    }

    [Theory]
    [InlineData("2026-12-31T22:59", "2026-12-31")]
    [InlineData("2026-12-31T23:00", "2027-01-01")]
    [InlineData("2026-06-30T22:00", "2026-07-01")]
    public void Today_IsTheDateInBrussels(string utc, string date) =>
        Assert.Equal(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), Formats.Today(new FakeTimeProvider(new DateTimeOffset(Instant(utc)))));

    [Fact]
    public void WithoutACulture_TheUserInterfaceDecidesAlone()
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("nl-NL");
            Assert.Equal("1 februari 2021 (09:43h)", Formats.DateAndHour(_morning));
            Assert.Equal(Spaced("€~1.256,50"), Formats.Money(1256.5m));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    [Fact]
    public void EveryFormat_IsInUnicodeNormalFormC()
    {
        foreach (var c in Languages.All.Select(Languages.CultureOf))
        {
            for (var month = 1; month <= 12; month++)
            {
                Assert.True(Formats.LongDate(new DateOnly(2026, month, month), c).IsNormalized(NormalizationForm.FormC));
            }

            Assert.True(Formats.Relative(_morning, _morning, c).IsNormalized(NormalizationForm.FormC));
        }
    }

    private static string Spaced(string text) => text.Replace('~', '\u00A0');

    private static DateTime At(string time) => DateTime.ParseExact(time, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static DateTime Instant(string time) => DateTime.SpecifyKind(At(time), DateTimeKind.Utc);
}
