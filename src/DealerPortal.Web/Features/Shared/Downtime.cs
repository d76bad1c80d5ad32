using DealerPortal.Core;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared;

public static class Downtime
{
    /// <summary>«Portail indisponible du vendredi 4 décembre 2026 (21:00h) au …», in the reader's language.</summary>
    public static string Between(this IStringLocalizer<SharedTexts> texts, DateTime from, DateTime until)
    {
        var (start, end) = (Formats.ToBrussels(from), Formats.ToBrussels(until));
        return start.Date == end.Date
            ? texts["Downtime.Day", Formats.LongDate(DateOnly.FromDateTime(start)), Formats.Hour(TimeOnly.FromDateTime(start)), Formats.Hour(TimeOnly.FromDateTime(end))]
            : texts["Downtime.Days", Formats.LongDateAndHour(from), Formats.LongDateAndHour(until)];
    }
}
