using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>Which dossiers a list shows; what is null or false does not restrict.</summary>
public sealed record DossierFilter
{
    public IReadOnlyList<RequestStatus> Statuses { get; init; } = [];
    public DossierType? Type { get; init; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime? CreatedFrom { get; init; }

    public int? OwnerId { get; init; }
    public int? BranchId { get; init; }
    public bool OpenOnly { get; init; }

    /// <summary>As typed.</summary>
    public string? Text { get; init; }

    public bool OldestFirst { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether the list shows all there is.</summary>
    public bool IsEmpty => HasOnlyText && string.IsNullOrWhiteSpace(Text);

    /// <summary>Whether nothing but the text restricts.</summary>
    public bool HasOnlyText => Statuses.Count == 0 && Type is null && CreatedFrom is null && OwnerId is null && BranchId is null && !OpenOnly;
}

/// <summary>A row as lists show it.</summary>
/// <param name="EndUserName">For the organisation itself; null for staff, whose every look at end-user data is on record.</param>
/// <param name="OrganisationName">For staff; null for the organisation itself.</param>
public sealed record DossierRow(
    string Number,
    DossierType Type,
    DateTime CreatedAt,
    string? ModelCode,
    string? Reference,
    string? EndUserName,
    RequestStatus Status,
    Resolution? Resolution,
    string? OrganisationName);

/// <summary>What decides whether and where a dossier stands in a list.</summary>
public sealed record DossierKey(
    long Id, int OrganisationId, int OwnerId, DateTime CreatedAt, RequestStatus Status, DossierType Type, int? BranchId, bool IsOpen)
{
    public bool Passes(DossierFilter filter) =>
        (filter.Statuses.Count == 0 || filter.Statuses.Contains(Status))
        && (filter.Type is null || filter.Type == Type)
        && (filter.CreatedFrom is null || filter.CreatedFrom <= CreatedAt)
        && (filter.OwnerId is null || filter.OwnerId == OwnerId)
        && (filter.BranchId is null || filter.BranchId == BranchId)
        && (!filter.OpenOnly || IsOpen);
}

/// <param name="Count">All that match, exact up to <see cref="DossierLists.CountLimit"/>; one more means «more than that».</param>
public sealed record DossierPage(IReadOnlyList<DossierRow> Rows, int Count, bool HasNext);

/// <summary>The lists of dossiers, a page at a time, within what a reader may see.</summary>
public sealed class DossierLists(PortalDbContext db, DossierSearch search)
{
    public const int PageSize = 25;
    public const int CountLimit = DossierSearch.Bound;

    /// <summary>Far beyond what anyone leafs through.</summary>
    public const int LastPage = 40_000;

    public async Task<DossierPage> ReadAsync(Reader reader, DossierFilter filter, CancellationToken ct)
    {
        var visible = db.Dossiers.AsNoTracking().VisibleTo(reader);
        var isMany = false;
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var found = await search.FindAsync(visible, reader, filter.Text, ct);
            if (found.Ids is { } ids)
                return await CollectedAsync(ids, reader, filter, ct);
            visible = found.Walk!;
            isMany = found.IsMany && filter.HasOnlyText;
        }

        var matching = Restrict(visible, filter);
        var rows = await Page(matching, reader, filter).ToListAsync(ct);
        var hasNext = rows.Count > PageSize;
        if (hasNext)
            rows.RemoveAt(PageSize);
        // A first page that is not full has been counted already, and so has a broad search.
        var count = filter.Page == 1 && !hasNext ? rows.Count : isMany ? CountLimit + 1 : await Counted(matching).CountAsync(ct);
        return new DossierPage(rows, count, hasNext);
    }

    /// <summary>What decides whether and where a dossier stands in a list.</summary>
    public IQueryable<DossierKey> Keys(IReadOnlyCollection<long> ids) => db.Dossiers.AsNoTracking().OfFound().Where(d => ids.Contains(d.Id))
        .Select(d => new DossierKey(d.Id, d.OrganisationId, d.OwnerId, d.CreatedAt, d.Status, d.Type, d.BranchId, d.IsOpen));

    /// <summary>The rows of one page whose dossiers are known.</summary>
    public IQueryable<DossierRow> Rows(IReadOnlyCollection<long> ids, Reader reader, bool oldestFirst) =>
        Rows(Ordered(db.Dossiers.AsNoTracking().OfFound().Where(d => ids.Contains(d.Id)), oldestFirst), reader);

    /// <summary>A search that found few: they are sifted and ordered here, since no index could do it for an arbitrary set.</summary>
    private async Task<DossierPage> CollectedAsync(IReadOnlyCollection<long> ids, Reader reader, DossierFilter filter, CancellationToken ct)
    {
        if (ids.Count == 0)
            return new DossierPage([], 0, HasNext: false);
        var keys = (await Keys(ids).ToListAsync(ct)).Where(key => IsVisible(key, reader) && key.Passes(filter));
        var ordered = filter.OldestFirst
            ? keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id).ToList()
            : keys.OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id).ToList();
        var page = ordered.Skip(Skip(filter)).Take(PageSize).Select(key => key.Id).ToList();
        var rows = page.Count == 0 ? [] : await Rows(page, reader, filter.OldestFirst).ToListAsync(ct);
        return new DossierPage(rows, ordered.Count, ordered.Count > Skip(filter) + PageSize);
    }

    /// <summary>The words were found within the reader's rights already; a stale word must not widen them.</summary>
    private bool IsVisible(DossierKey key, Reader reader) =>
        reader.IsStaff || (key.OrganisationId == db.TenantId && (reader.SeesWholeOrganisation || key.OwnerId == reader.UserId));

    private static int Skip(DossierFilter filter) => (Math.Clamp(filter.Page, 1, LastPage) - 1) * PageSize;

    /// <summary>Everything of the filter but its text; <see cref="DossierKey.Passes"/> says the same of one dossier.</summary>
    public static IQueryable<Dossier> Restrict(IQueryable<Dossier> dossiers, DossierFilter filter)
    {
        if (filter.Statuses is [var status])
            dossiers = dossiers.Where(d => d.Status == status);
        else if (filter.Statuses.Count > 1)
            dossiers = dossiers.Where(d => filter.Statuses.Contains(d.Status));
        if (filter.Type is { } type)
            dossiers = dossiers.Where(d => d.Type == type);
        if (filter.CreatedFrom is { } from)
            dossiers = dossiers.Where(d => d.CreatedAt >= from);
        if (filter.OwnerId is { } owner)
            dossiers = dossiers.Where(d => d.OwnerId == owner);
        if (filter.BranchId is { } branch)
            dossiers = dossiers.Where(d => d.BranchId == branch);
        if (filter.OpenOnly)
            dossiers = dossiers.Open();
        return dossiers;
    }

    /// <summary>As many as are counted.</summary>
    public static IQueryable<long> Counted(IQueryable<Dossier> matching) => matching.Select(d => d.Id).Take(CountLimit + 1);

    /// <summary>One row more than a page holds, to know whether another follows.</summary>
    public IQueryable<DossierRow> Page(IQueryable<Dossier> matching, Reader reader, DossierFilter filter)
    {
        var skip = Skip(filter);
        var page = filter.Statuses.Count > 1
            ? Merged(matching, filter, skip)
            : Ordered(matching, filter.OldestFirst).Skip(skip).Take(PageSize + 1);
        return Rows(Ordered(page, filter.OldestFirst), reader);
    }

    /// <summary>
    /// Each status has its rows in the index by date, all of them together have not: take as many as needed of each, and merge
    /// those. Otherwise the first page would cost as much as all pages.
    /// </summary>
    private static IQueryable<Dossier> Merged(IQueryable<Dossier> matching, DossierFilter filter, int skip)
    {
        var parts = filter.Statuses.Select(status => Ordered(matching.Where(d => d.Status == status), filter.OldestFirst).Take(skip + PageSize + 1));
        return Ordered(parts.Aggregate(Queryable.Concat), filter.OldestFirst).Skip(skip).Take(PageSize + 1);
    }

    private static IOrderedQueryable<Dossier> Ordered(IQueryable<Dossier> dossiers, bool oldestFirst) => oldestFirst
        ? dossiers.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id)
        : dossiers.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id);

    private IQueryable<DossierRow> Rows(IQueryable<Dossier> dossiers, Reader reader) => reader.IsStaff
        ? dossiers.Select(d => new DossierRow(
            d.Number, d.Type, d.CreatedAt, d.ModelCode, d.Reference, null, d.Status, d.Resolution,
            db.Organisations.Where(o => o.Id == d.OrganisationId).Select(o => o.Name).FirstOrDefault()))
        : dossiers.Select(d => new DossierRow(d.Number, d.Type, d.CreatedAt, d.ModelCode, d.Reference, d.EndUserName, d.Status, d.Resolution, null));
}
