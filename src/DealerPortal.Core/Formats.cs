using System.Globalization;

namespace DealerPortal.Core;

/// <summary>
/// How the portal writes dates, hours, money and sizes, in pages, mails and exports alike. Instants are UTC, shown in Europe/Brussels.
/// The language is that of the culture given, or of <see cref="CultureInfo.CurrentUICulture"/>, so that one page never mixes two.
/// </summary>
/// <remarks>
/// Patterns are written out here and only the names of months and days come from the culture: the patterns of the installed ICU differ between versions.
/// </remarks>
public static class Formats
{
    /// <summary>The no-break space that keeps a number and its unit on one line.</summary>
    private const string Nbsp = "\u00A0";

    private static readonly TimeZoneInfo _brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    private static readonly NumberFormatInfo _frenchNumbers = Separators(Nbsp, ",");
    private static readonly NumberFormatInfo _continentalNumbers = Separators(".", ",");
    private static readonly NumberFormatInfo _englishNumbers = Separators(",", ".");

    private static readonly string[] _unitPrefixes = ["", "k", "M", "G", "T"];

    private static readonly Dictionary<string, (string Since, (string One, string Many)[] Units)> _waiting = new()
    {
        ["fr"] = ("depuis", [("minute", "minutes"), ("heure", "heures"), ("jour", "jours")]),
        ["nl"] = ("sinds", [("minuut", "minuten"), ("uur", "uur"), ("dag", "dagen")]),
        ["de"] = ("seit", [("Minute", "Minuten"), ("Stunde", "Stunden"), ("Tag", "Tagen")]),
        ["en"] = ("for", [("minute", "minutes"), ("hour", "hours"), ("day", "days")]),
    };

    /// <summary>The wall clock in Brussels at an instant. A time without <see cref="DateTime.Kind"/> is taken as UTC. The result has none.</summary>
    public static DateTime ToBrussels(DateTime utc)
    {
        var instant = utc.Kind == DateTimeKind.Local ? utc.ToUniversalTime() : DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        return DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(instant, _brussels), DateTimeKind.Unspecified);
    }

    /// <summary>
    /// The instant of a wall-clock time in Brussels. In the hour that is skipped in March the clock is taken as not yet moved (02:30 is shown again as 03:30);
    /// in the hour that comes twice in October the first one is meant. Before the first instant there is comes that instant.
    /// </summary>
    public static DateTime ToUtc(DateTime brusselsLocal)
    {
        var local = DateTime.SpecifyKind(brusselsLocal, DateTimeKind.Unspecified);
        var offset = _brussels.IsAmbiguousTime(local) ? _brussels.GetAmbiguousTimeOffsets(local).Max()
            : _brussels.IsInvalidTime(local) ? _brussels.GetUtcOffset(local.AddHours(-1))
            : _brussels.GetUtcOffset(local);
        return DateTime.SpecifyKind(local.Ticks < offset.Ticks ? DateTime.MinValue : local - offset, DateTimeKind.Utc);
    }

    /// <summary>The date it is in Brussels now.</summary>
    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(ToBrussels(time.GetUtcNow().UtcDateTime));

    /// <summary>«1 février 2021 (09:43h)»: the way of the portal before this one, which dealers know.</summary>
    public static string DateAndHour(DateTime utc, CultureInfo? c = null)
    {
        var local = ToBrussels(utc);
        return string.Create(CultureInfo.InvariantCulture, $"{Date(DateOnly.FromDateTime(local), c)} ({local.Hour:00}:{local.Minute:00}h)");
    }

    /// <summary>«1 février 2021», «1. Februar 2021».</summary>
    public static string Date(DateOnly date, CultureInfo? c = null) => string.Create(CultureInfo.InvariantCulture, $"{ShortDate(date, c)} {date.Year:0000}");

    /// <summary>The date in Brussels at an instant, as <see cref="Date(DateOnly, CultureInfo?)"/>.</summary>
    public static string Date(DateTime utc, CultureInfo? c = null) => Date(DateOnly.FromDateTime(ToBrussels(utc)), c);

    /// <summary>With the weekday: «jeudi 26 novembre 2026», «Donnerstag, 26. November 2026».</summary>
    public static string LongDate(DateOnly date, CultureInfo? c = null)
    {
        var language = LanguageOf(c);
        var weekday = Languages.CultureOf(language).DateTimeFormat.GetDayName(date.DayOfWeek);
        return language == "de" ? $"{weekday}, {Date(date, c)}" : $"{weekday} {Date(date, c)}";
    }

    /// <summary>With weekday and hour, of an instant: «vendredi 4 décembre 2026 (21:00h)».</summary>
    public static string LongDateAndHour(DateTime utc, CultureInfo? c = null)
    {
        var local = ToBrussels(utc);
        return string.Create(CultureInfo.InvariantCulture, $"{LongDate(DateOnly.FromDateTime(local), c)} ({local.Hour:00}:{local.Minute:00}h)");
    }

    /// <summary>Without the year: «26 novembre», «26. November».</summary>
    public static string ShortDate(DateOnly date, CultureInfo? c = null)
    {
        var language = LanguageOf(c);
        var month = Languages.CultureOf(language).DateTimeFormat.GetMonthName(date.Month);
        return string.Create(CultureInfo.InvariantCulture, $"{date.Day}{(language == "de" ? "." : "")} {month}");
    }

    /// <summary>«9 h», «9 h 30»; «9 uur», «9.30 uur»; «9 Uhr», «9.30 Uhr»; «9:00».</summary>
    public static string Hour(TimeOnly time, CultureInfo? c = null) => LanguageOf(c) switch
    {
        "nl" => $"{BareHour(time)}{Nbsp}uur",
        "de" => $"{BareHour(time)}{Nbsp}Uhr",
        "en" => string.Create(CultureInfo.InvariantCulture, $"{time.Hour}:{time.Minute:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Hour}{Nbsp}h{(time.Minute == 0 ? "" : $"{Nbsp}{time.Minute:00}")}"),
    };

    /// <summary>«entre 8 h et 12 h», «tussen 8 en 12 uur», «zwischen 8 und 12 Uhr», «between 8:00 and 12:00».</summary>
    public static string HourRange(TimeOnly from, TimeOnly to, CultureInfo? c = null) => LanguageOf(c) switch
    {
        "nl" => $"tussen {BareHour(from)} en {Hour(to, c)}",
        "de" => $"zwischen {BareHour(from)} und {Hour(to, c)}",
        "en" => $"between {Hour(from, c)} and {Hour(to, c)}",
        _ => $"entre {Hour(from, c)} et {Hour(to, c)}",
    };

    /// <summary>An amount in euros, rounded to cents, halves away from zero: «1 256,50 €», «€ 1.256,50», «1.256,50 €», «€1,256.50».</summary>
    public static string Money(decimal euros, CultureInfo? c = null)
    {
        var language = LanguageOf(c);
        var rounded = Math.Round(euros, 2, MidpointRounding.AwayFromZero);
        var amount = Math.Abs(rounded).ToString("#,##0.00", NumbersOf(language));
        var sign = rounded < 0 ? "-" : "";
        return language switch
        {
            "nl" => $"€{Nbsp}{sign}{amount}",
            "en" => $"{sign}€{amount}",
            _ => $"{sign}{amount}{Nbsp}€",
        };
    }

    /// <summary>A whole number with its thousands apart: «12 345», «12.345», «12,345».</summary>
    public static string Number(long number, CultureInfo? c = null) => number.ToString("#,##0", NumbersOf(LanguageOf(c)));

    /// <summary>
    /// «1,8 Mo», «900 ko»; «1,8 MB», «900 kB». One unit is 1,024 of the one below, as file managers count, so that the limit of 15 MiB reads «15 Mo».
    /// Mega and above with one decimal, left out when it is 0.
    /// </summary>
    public static string FileSize(long bytes, CultureInfo? c = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        const decimal Step = 1024;
        var language = LanguageOf(c);
        var size = (decimal)bytes;
        var unit = 0;
        decimal Rounded() => Math.Round(size, unit < 2 ? 0 : 1, MidpointRounding.AwayFromZero);
        while (Rounded() >= Step && unit < _unitPrefixes.Length - 1)
        {
            size /= Step;
            unit++;
        }

        return $"{Rounded().ToString("#,##0.#", NumbersOf(language))}{Nbsp}{_unitPrefixes[unit]}{(language == "fr" ? "o" : "B")}";
    }

    /// <summary>
    /// For how long something has been waiting, in whole minutes, hours or days: «à l’instant», «depuis 5 minutes», «seit 3 Stunden», «for 2 days».
    /// An instant that is still to come (two clocks never agree) reads as now.
    /// </summary>
    public static string Relative(DateTime utc, DateTime nowUtc, CultureInfo? c = null)
    {
        var language = LanguageOf(c);
        var elapsed = nowUtc - utc;
        if (elapsed < TimeSpan.FromMinutes(1))
        {
            return language switch { "nl" => "zojuist", "de" => "gerade eben", "en" => "just now", _ => "à l’instant" };
        }

        var (count, unit) = elapsed.TotalHours < 1 ? ((long)elapsed.TotalMinutes, 0)
            : elapsed.TotalDays < 1 ? ((long)elapsed.TotalHours, 1)
            : ((long)elapsed.TotalDays, 2);
        var (since, units) = _waiting[language];
        var (one, many) = units[unit];
        return $"{since} {Number(count, c)}{Nbsp}{(count == 1 ? one : many)}";
    }

    /// <summary>With one decimal, left out when it is 0, halves away from zero: «2,5», «2.5» in English.</summary>
    public static string Number(double number, CultureInfo? c = null) =>
        Math.Round((decimal)number, 1, MidpointRounding.AwayFromZero).ToString("#,##0.#", NumbersOf(LanguageOf(c)));

    /// <summary>A share in whole percent, halves away from zero: «43 %» in French and German, «43%» in Dutch and English.</summary>
    public static string Percent(int part, int whole, CultureInfo? c = null)
    {
        var percent = Number((long)Math.Round(100m * part / whole, MidpointRounding.AwayFromZero), c);
        return LanguageOf(c) is "fr" or "de" ? $"{percent}{Nbsp}%" : $"{percent}%";
    }

    /// <summary>A percentage with up to two decimals: «43 %», «12,5 %», «12.5%».</summary>
    public static string Percent(decimal percent, CultureInfo? c = null)
    {
        var language = LanguageOf(c);
        var number = percent.ToString("0.##", NumbersOf(language));
        return language is "fr" or "de" ? $"{number}{Nbsp}%" : $"{number}%";
    }

    /// <summary>A month written as 202611: «novembre 2026».</summary>
    public static string Month(int month, CultureInfo? c = null) => string.Create(
        CultureInfo.InvariantCulture, $"{Languages.CultureOf(LanguageOf(c)).DateTimeFormat.GetMonthName(month % 100)} {month / 100:0000}");

    /// <summary>The same short and without its year: «nov.», «Nov».</summary>
    public static string ShortMonth(int month, CultureInfo? c = null) => Languages.CultureOf(LanguageOf(c)).DateTimeFormat.GetAbbreviatedMonthName(month % 100);

    private static string LanguageOf(CultureInfo? c) => Languages.Normalise((c ?? CultureInfo.CurrentUICulture).TwoLetterISOLanguageName);

    private static string BareHour(TimeOnly time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Hour}{(time.Minute == 0 ? "" : $".{time.Minute:00}")}");

    private static NumberFormatInfo NumbersOf(string language) => language switch
    {
        "nl" or "de" => _continentalNumbers,
        "en" => _englishNumbers,
        _ => _frenchNumbers,
    };

    private static NumberFormatInfo Separators(string group, string point) => NumberFormatInfo.ReadOnly(new NumberFormatInfo
    {
        NumberGroupSeparator = group,
        NumberDecimalSeparator = point,
        NumberGroupSizes = [3],
        NegativeSign = "-",
    });
}
