using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace DealerPortal.Core.Audit;

/// <summary>Which audit rows are looked for; what is null does not restrict.</summary>
public sealed record AuditFilter
{
    public int? ActorId { get; init; }
    public string? Action { get; init; }

    /// <summary>With <see cref="SubjectId"/>.</summary>
    public string? SubjectType { get; init; }

    public string? SubjectId { get; init; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime? From { get; init; }

    /// <summary>UTC, exclusive.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Rows before this one: the last of the page before.</summary>
    public long? Before { get; init; }
}

/// <summary>A row with the names of those it holds the ids of, as they are called today.</summary>
/// <param name="SubjectName">Null where it has none, or is not there any more.</param>
public sealed record AuditLine(AuditEntry Entry, string? ActorName, string? SubjectName);

/// <param name="Next">What to ask for as <see cref="AuditFilter.Before"/>; null at the end.</param>
public sealed record AuditLines(IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>The audit rows, newest first. Every page is sought by an index, however many rows there are.</summary>
public sealed class AuditLog(PortalDbContext db, IMemoryCache cache)
{
    public const int PageSize = 50;

    /// <summary>So many rows may become visible later than ones with a higher number, and lie behind the bounds of a time.</summary>
    private const int Disorder = 500;

    private static readonly TimeSpan ActionsKept = TimeSpan.FromMinutes(5);

    public async Task<AuditLines> ReadAsync(AuditFilter filter, CancellationToken ct)
    {
        var (first, last) = await BoundsAsync(filter, ct);
        var before = Math.Min(filter.Before ?? long.MaxValue, last);
        var rows = new List<AuditEntry>();
        while (true)
        {
            var batch = await Matching(filter).Where(a => a.Id >= first && a.Id < before).OrderByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(ct);
            // The time itself is compared here: asked of the database, it would tempt it to another index and a sort.
            rows.AddRange(batch.Where(a => (filter.From is null || a.At >= filter.From) && (filter.Until is null || a.At < filter.Until)));
            if (batch.Count <= PageSize || rows.Count > PageSize)
                break;
            before = batch[^1].Id;
        }

        var page = rows.Take(PageSize).ToList();
        return new AuditLines(await NamedAsync(page, ct), rows.Count > PageSize ? page[^1].Id : null);
    }

    /// <summary>Every action there is a row of, sought one by one and remembered for minutes.</summary>
    public Task<IReadOnlyList<string>> ActionsAsync(CancellationToken ct) => cache.GetOrCreateAsync<IReadOnlyList<string>>("audit-actions", async entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = ActionsKept;
        var actions = new List<string>();
        var last = "";
        while (await db.Audit.Where(a => a.Action.CompareTo(last) > 0).OrderBy(a => a.Action).Select(a => a.Action).FirstOrDefaultAsync(ct) is { } next)
            actions.Add(last = next);
        return actions;
    })!;

    private IQueryable<AuditEntry> Matching(AuditFilter filter)
    {
        var rows = db.Audit.AsNoTracking();
        if (filter.ActorId is { } actor)
            rows = rows.Where(a => a.ActorId == actor);
        if (filter.Action is { } action)
            rows = rows.Where(a => a.Action == action);
        if (filter is { SubjectType: { } type, SubjectId: { } id })
            rows = rows.Where(a => a.SubjectType == type && a.SubjectId == id);
        return rows;
    }

    /// <summary>Between which numbers the rows of a time lie: from the first, before the last.</summary>
    private async Task<(long First, long Last)> BoundsAsync(AuditFilter filter, CancellationToken ct)
    {
        long first = 0, last = long.MaxValue;
        if (filter.From is { } from)
            first = (await db.Audit.Where(a => a.At >= from).OrderBy(a => a.At).Select(a => (long?)a.Id).FirstOrDefaultAsync(ct) ?? long.MaxValue - Disorder) - Disorder;
        if (filter.Until is { } until)
            last = (await db.Audit.Where(a => a.At < until).OrderByDescending(a => a.At).Select(a => (long?)a.Id).FirstOrDefaultAsync(ct) ?? -Disorder) + Disorder + 1;
        return (first, last);
    }

    private async Task<IReadOnlyList<AuditLine>> NamedAsync(List<AuditEntry> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return [];
        var people = IdsOf(rows, nameof(User)).Concat(rows.Select(row => row.ActorId).OfType<int>()).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => PersonName.Shown(u.FirstName + " " + u.LastName), ct);
        var organisations = IdsOf(rows, nameof(Organisation));
        var templates = IdsOf(rows, nameof(AnswerTemplate));
        var announcements = IdsOf(rows, nameof(Announcement));
        var dossiers = IdsOf(rows, nameof(Dossier)).ConvertAll(id => (long)id);
        var subjects = new Dictionary<(string, string), string>();
        foreach (var (id, name) in await db.Organisations.AsNoTracking().Where(o => organisations.Contains(o.Id)).Select(o => ValueTuple.Create(o.Id, o.Name)).ToListAsync(ct))
            subjects[(nameof(Organisation), Text(id))] = name;
        foreach (var (id, name) in await db.AnswerTemplates.AsNoTracking().Where(t => templates.Contains(t.Id)).Select(t => ValueTuple.Create(t.Id, t.Name)).ToListAsync(ct))
            subjects[(nameof(AnswerTemplate), Text(id))] = name;
        foreach (var (id, number) in await db.Dossiers.AsNoTracking().OfFound().Where(d => dossiers.Contains(d.Id)).Select(d => ValueTuple.Create(d.Id, d.Number)).ToListAsync(ct))
            subjects[(nameof(Dossier), Text(id))] = number;
        foreach (var (id, title) in await db.Set<AnnouncementText>().AsNoTracking().Where(t => announcements.Contains(t.AnnouncementId) && t.Language == Languages.Current && t.Title != "").Select(t => ValueTuple.Create(t.AnnouncementId, t.Title)).ToListAsync(ct))
            subjects[(nameof(Announcement), Text(id))] = title;
        foreach (var (id, name) in names)
            subjects[(nameof(User), Text(id))] = name;
        return [.. rows.Select(row => new AuditLine(
            row, row.ActorId is { } actor ? names.GetValueOrDefault(actor) : null, subjects.GetValueOrDefault((row.SubjectType, row.SubjectId))))];
    }

    private static List<int> IdsOf(IEnumerable<AuditEntry> rows, string type) =>
        [.. rows.Where(row => row.SubjectType == type).Select(row => int.TryParse(row.SubjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct()];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
