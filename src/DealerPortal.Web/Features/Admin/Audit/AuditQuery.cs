using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Audit;

namespace DealerPortal.Web.Features.Admin.Audit;

/// <summary>The filter as it stands in the address.</summary>
public sealed record AuditQuery
{
    /// <summary>A person's e-mail address or number.</summary>
    public string? Actor { get; init; }

    public string? Action { get; init; }
    public string? Type { get; init; }
    public string? Subject { get; init; }

    /// <summary>The first day in Brussels.</summary>
    public string? From { get; init; }

    /// <summary>The last day in Brussels.</summary>
    public string? Until { get; init; }

    public long? Before { get; init; }

    public bool IsEmpty => this with { Before = null } == new AuditQuery();

    /// <summary>Null for what is no day.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;

    /// <param name="actorId">Of the person that <see cref="Actor"/> names.</param>
    public AuditFilter ToFilter(int? actorId) => new()
    {
        ActorId = actorId,
        Action = OrNull(Action),
        SubjectType = OrNull(Type),
        SubjectId = OrNull(Subject),
        From = Day(From) is { } from ? Start(from) : null,
        Until = Day(Until) is { } until ? Start(until.AddDays(1)) : null,
        Before = Before,
    };

    public string Url(long? before)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in new[] { ("actor", Actor), ("action", Action), ("type", Type), ("subject", Subject), ("from", From), ("until", Until) })
        {
            if (OrNull(value) is { } given)
                query = query.Add(name, given);
        }

        return "/admin/audit" + (before is { } row ? query.Add("before", row.ToString(CultureInfo.InvariantCulture)) : query);
    }

    private static DateTime Start(DateOnly day) => Formats.ToUtc(day.ToDateTime(TimeOnly.MinValue));

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A page of the log.</summary>
/// <param name="Actions">Every action there is a row of.</param>
/// <param name="ActorName">Of the person asked for, if one is.</param>
/// <param name="Checks">The latest verifications.</param>
public sealed record AuditPage(AuditQuery Query, AuditLines Lines, IReadOnlyList<string> Actions, string? ActorName, IReadOnlyList<AuditCheckLine> Checks);

public sealed record AuditCheckLine(AuditCheck Check, string StartedBy);
