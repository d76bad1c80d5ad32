using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Web.Features.Dossiers.New.Fields;

namespace DealerPortal.Web.Features.Admin;

/// <summary>A moment of the clock in Brussels, as typed in a field for the day and one for the hour.</summary>
public sealed record TypedMoment(string? Day, string? Hour)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Hour);

    /// <summary>UTC; null for what is no moment.</summary>
    public DateTime? Utc => Date is { } date && Time is { } time ? Formats.ToUtc(date.ToDateTime(time)) : null;

    public DateOnly? Date => TypedDate.OrNull(Day);

    public TimeOnly? Time => TimeOnly.TryParseExact(Hour?.Trim(), ["HH:mm", "HH:mm:ss", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>As browsers fill it in.</summary>
    public static TypedMoment Of(DateTime? utc)
    {
        if (utc is not { } moment)
            return new TypedMoment(null, null);
        var local = Formats.ToBrussels(moment);
        return new TypedMoment(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), local.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>The moment that was there where it still reads the same: fields know neither seconds nor which of the two hours of an October night was meant.</summary>
    public DateTime? Since(DateTime? before) => before is not null && Of(before).Utc == Utc ? before : Utc;
}
