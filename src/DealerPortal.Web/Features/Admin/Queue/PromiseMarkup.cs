using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>What a row says about time: how late it is, how long there is left, or since when it waits for others.</summary>
/// <param name="Tone">A class of the style sheet; null for what needs nobody now.</param>
/// <param name="Icon">A name in the sprite; null for none.</param>
/// <param name="At">The instant it speaks of, UTC.</param>
public sealed record PromiseLine(string? Tone, string? Icon, string Text, DateTime At)
{
    public bool IsLate => Tone == "stop";
}

/// <summary>Puts promises in words.</summary>
public sealed class PromiseMarkup(IStringLocalizer<QueueTexts> t, QueueClock clock)
{
    private DateTime Now => clock.Now;

    /// <summary>Null for a closed dossier.</summary>
    /// <param name="dueAt">The promise; the dealer's moves have none.</param>
    public PromiseLine? Line(WaitingOn? waitingOn, DateTime? dueAt, DateTime statusSince) => (waitingOn, dueAt) switch
    {
        (null, _) => null,
        (_, { } due) when due < Now => new("stop", "clock-exclamation", t["Promise.Late", Span(Now - due)], due),
        (_, { } due) when due < clock.SoonUntil => new("attn", "clock-hour-4", t["Promise.Soon", Ahead(due)], due),
        (_, { } due) => new(null, null, Ahead(due), due),
        (WaitingOn.Support, _) => new(null, null, t["Promise.None"], statusSince),
        _ => new(null, "player-pause", t["Promise.Waits", Span(Now - statusSince)], statusSince),
    };

    private string Ahead(DateTime due)
    {
        var (today, local) = (Formats.ToBrussels(Now).Date, Formats.ToBrussels(due));
        var hour = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{local.Hour:00}:{local.Minute:00}h");
        return (local.Date - today).Days switch
        {
            0 => t["Promise.In", Span(due - Now)],
            1 => t["Promise.Tomorrow", hour],
            _ => t["Promise.On", Formats.ShortDate(DateOnly.FromDateTime(local)), hour],
        };
    }

    /// <summary>In whole days, hours or minutes, whichever is the largest that fits.</summary>
    private string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => t["Span.Days", Formats.Number((long)span.TotalDays)],
        { TotalHours: >= 1 } => t["Span.Hours", (int)span.TotalHours],
        _ => t["Span.Minutes", Math.Max(1, (int)span.TotalMinutes)],
    };
}
