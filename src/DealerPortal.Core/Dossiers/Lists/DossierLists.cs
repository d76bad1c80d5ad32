using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>The lists of dossiers, a page at a time, within what a reader may see.</summary>
public sealed class DossierLists(PortalDbContext db, DossierSearch search)
{
    public const int PageSize = 25;
    public const int CountLimit = DossierSearch.Bound;

    /// <summary>Far beyond what anyone leafs through.</summary>
    public const int LastPage = 40_000;

    /// <summary>A page of the lists that dealers see.</summary>
    public Task<DossierPage<DossierRow>> ReadAsync(Reader reader, DossierFilter filter, CancellationToken ct) =>
        ReadAsync(reader, filter, Rows, ct);

    /// <summary>A page of support's queue.</summary>
    public Task<DossierPage<QueueRow>> ReadQueueAsync(Reader staff, DossierFilter filter, CancellationToken ct) =>
        ReadAsync(staff, filter, QueueRows, ct);

    /// <summary>How many match, exact up to <see cref="CountLimit"/>; one more means «more than that».</summary>
    public async Task<int> CountAsync(Reader reader, DossierFilter filter, CancellationToken ct)
    {
        var visible = await VisibleAsync(reader, filter, ct);
        return visible.Ids is { } ids ? (await IdsAmongAsync(ids, reader, filter, ct)).Count : await CountAsync(visible, Restrict(visible.Walk!, filter), filter, ct);
    }

    /// <summary>A broad search without a filter has been counted already.</summary>
    private static async Task<int> CountAsync(FoundDossiers visible, IQueryable<Dossier> matching, DossierFilter filter, CancellationToken ct) => visible switch
    {
        { IsMany: true } when filter.HasOnlyText => CountLimit + 1,
        { Counting: { } keys } => await keys.Take(CountLimit + 1).CountAsync(ct),
        _ => await Counted(matching).CountAsync(ct),
    };

    /// <summary>All that match, in the list's order, by their keys.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(Reader reader, DossierFilter filter, int limit, CancellationToken ct)
    {
        var visible = await VisibleAsync(reader, filter, ct);
        if (visible.Ids is { } ids)
            return [.. (await IdsAmongAsync(ids, reader, filter, ct)).Take(limit)];
        return await Keys(visible.Walk!, filter with { Page = 1, PageSize = limit - 1 }).ToListAsync(ct);
    }

    private async Task<DossierPage<TRow>> ReadAsync<TRow>(Reader reader, DossierFilter filter, Func<IQueryable<Dossier>, IQueryable<TRow>> rowsOf, CancellationToken ct)
    {
        var visible = await VisibleAsync(reader, filter, ct);
        if (visible.Ids is { } ids)
            return await CollectedAsync(ids, reader, filter, rowsOf, ct);

        var rows = await rowsOf(await PageAsync(visible.Walk!, filter, ct)).ToListAsync(ct);
        var hasNext = rows.Count > filter.PageSize;
        if (hasNext)
            rows.RemoveAt(filter.PageSize);
        // A first page that is not full has been counted already.
        var count = filter.Page == 1 && !hasNext ? rows.Count : await CountAsync(visible, Restrict(visible.Walk!, filter), filter, ct);
        return new DossierPage<TRow>(rows, count, hasNext);
    }

    /// <summary>What the reader may see, narrowed by the text where there is one.</summary>
    internal async Task<FoundDossiers> VisibleAsync(Reader reader, DossierFilter filter, CancellationToken ct)
    {
        var visible = db.Dossiers.AsNoTracking().VisibleTo(reader);
        return string.IsNullOrWhiteSpace(filter.Text) ? new FoundDossiers(null, visible) : await search.FindAsync(visible, reader, filter, ct);
    }

    /// <summary>
    /// Those of the found that belong into the list, in its order. They are looked up by their keys first and only then sifted, which
    /// the limit says: a database without statistics would rather walk everything that has the status.
    /// </summary>
    public IQueryable<Dossier> AmongFound(IReadOnlyCollection<long> ids, Reader reader, DossierFilter filter)
    {
        var found = ByKeys(ids).OrderBy(d => d.Id).Take(ids.Count);
        // The words were found within the reader's rights already; a stale word must not widen them.
        if (!reader.IsStaff)
        {
            var organisation = db.TenantId;
            found = found.Where(d => d.OrganisationId == organisation);
            if (!reader.SeesWholeOrganisation)
                found = found.Where(d => d.OwnerId == reader.UserId);
        }

        return Merged(Restrict(found, filter), filter.Order);
    }

    /// <summary>Dossiers that are known, in the list's order.</summary>
    public IQueryable<Dossier> Known(IReadOnlyCollection<long> ids, DossierSort sort) => Merged(ByKeys(ids), sort);

    /// <summary>As one parameter: a parameter for each key makes another statement for every number of keys, which is written and parsed anew.</summary>
    private IQueryable<Dossier> ByKeys(IReadOnlyCollection<long> ids) => db.Dossiers.AsNoTracking().OfFound().Where(d => EF.Parameter(ids).Contains(d.Id));

    /// <summary>A search that found few.</summary>
    private async Task<DossierPage<TRow>> CollectedAsync<TRow>(
        IReadOnlyCollection<long> ids, Reader reader, DossierFilter filter, Func<IQueryable<Dossier>, IQueryable<TRow>> rowsOf, CancellationToken ct)
    {
        var all = await IdsAmongAsync(ids, reader, filter, ct);
        var page = all.Skip(Skip(filter)).Take(filter.PageSize).ToList();
        var rows = page.Count == 0 ? [] : await rowsOf(Known(page, filter.Order)).ToListAsync(ct);
        return new DossierPage<TRow>(rows, all.Count, all.Count > Skip(filter) + filter.PageSize);
    }

    private async Task<List<long>> IdsAmongAsync(IReadOnlyCollection<long> ids, Reader reader, DossierFilter filter, CancellationToken ct) =>
        ids.Count == 0 ? [] : await AmongFound(ids, reader, filter).Select(d => d.Id).ToListAsync(ct);

    private static int Skip(DossierFilter filter) => (Math.Clamp(filter.Page, 1, LastPage) - 1) * filter.PageSize;

    /// <summary>Everything of the filter but its text.</summary>
    public static IQueryable<Dossier> Restrict(IQueryable<Dossier> dossiers, DossierFilter filter)
    {
        var parties = filter.Parties;
        if (parties is [var party])
            dossiers = dossiers.Where(d => d.WaitingOn == party);
        else if (parties.Count > 1)
            dossiers = dossiers.Where(d => parties.Contains(d.WaitingOn!.Value));
        dossiers = WithStatus(dossiers, filter);
        if (filter.Type is { } type)
            dossiers = dossiers.Where(d => d.Type == type);
        if (filter.CreatedFrom is { } from)
            dossiers = dossiers.Where(d => d.CreatedAt >= from);
        if (filter.CreatedUntil is { } until)
            dossiers = dossiers.Where(d => d.CreatedAt <= until);
        if (filter.DueBefore is { } due)
            dossiers = dossiers.Where(d => d.DueAt < due);
        if (filter is { DueBefore: not null, DueFrom: { } earliest })
            dossiers = dossiers.Where(d => d.DueAt >= earliest);
        if (filter.OrganisationId is { } organisation)
            dossiers = dossiers.Where(d => d.OrganisationId == organisation);
        if (filter.OwnerId is { } owner)
            dossiers = dossiers.Where(d => d.OwnerId == owner);
        if (filter.Assignee is { } assignee)
            dossiers = dossiers.Where(d => d.AssigneeId == assignee.Id);
        if (filter.BranchId is { } branch)
            dossiers = dossiers.Where(d => d.BranchId == branch);
        if (filter.OpenOnly)
            dossiers = dossiers.Open();
        return dossiers;
    }

    /// <summary>
    /// Dealers' and service centres' moves have one status each. Naming it beside them would tempt the database, which knows no
    /// statistics, to walk everything that ever had that status.
    /// </summary>
    private static IQueryable<Dossier> WithStatus(IQueryable<Dossier> dossiers, DossierFilter filter) => filter switch
    {
        { Statuses.Count: 0 } => dossiers,
        { WaitingOn: [var party and not WaitingOn.Support] } => filter.Statuses.Any(status => RequestTransitions.WaitingOn(status) == party)
            ? dossiers : dossiers.Where(d => false),
        { Statuses: [var status] } => dossiers.Where(d => d.Status == status),
        _ => dossiers.Where(d => filter.Statuses.Contains(d.Status)),
    };

    /// <summary>As many as are counted.</summary>
    public static IQueryable<long> Counted(IQueryable<Dossier> matching) => matching.Select(d => d.Id).Take(CountLimit + 1);

    /// <summary>Of those that are visible one dossier more than a page holds, to know whether another follows.</summary>
    public static IQueryable<Dossier> Page(IQueryable<Dossier> visible, DossierFilter filter)
    {
        var (skip, take) = (Skip(filter), filter.PageSize + 1);
        var parts = Parts(visible, filter).ToList();
        if (parts.Count == 1)
            return Ordered(Ordered(parts[0], filter.Order).Skip(skip).Take(take), filter.Order);
        // Each part has its rows in an index in the list's order, all of them together have not: as many as needed are taken of
        // each, and those are merged. Otherwise the first page would cost as much as all pages.
        var merged = parts.Select(part => (IQueryable<Dossier>)Ordered(part, filter.Order).Take(skip + take)).Aggregate(Queryable.Concat);
        return Merged(Merged(merged, filter.Order).Skip(skip).Take(take), filter.Order);
    }

    /// <summary>
    /// Far down the keys alone are stepped over, which an index holds: passing by whole rows costs SQLite twice as much, even though
    /// it reads none of them.
    /// </summary>
    private async Task<IQueryable<Dossier>> PageAsync(IQueryable<Dossier> visible, DossierFilter filter, CancellationToken ct) =>
        Skip(filter) < CountLimit ? Page(visible, filter) : Known(await Keys(visible, filter).ToListAsync(ct), filter.Order);

    /// <summary>The keys of such a page.</summary>
    public static IQueryable<long> Keys(IQueryable<Dossier> visible, DossierFilter filter) => Page(visible, filter).Select(d => d.Id);

    private static IEnumerable<IQueryable<Dossier>> Parts(IQueryable<Dossier> visible, DossierFilter filter) =>
        filter is { Order: DossierSort.Promise, DueBefore: null }
            // Without a promise comes last, and indexes have it first.
            ? PartsByParty(visible, filter).SelectMany(part => (IQueryable<Dossier>[])[part.Where(d => d.DueAt != null), part.Where(d => d.DueAt == null)])
            : PartsByParty(visible, filter);

    /// <summary>Each is restricted by itself: its party beside the list of all would tempt the database to another index.</summary>
    private static IEnumerable<IQueryable<Dossier>> PartsByParty(IQueryable<Dossier> visible, DossierFilter filter) => filter switch
    {
        { Parties.Count: > 1 } => filter.Parties.Select(party => Restrict(visible, filter with { WaitingOn = [party] })),
        { IsOfOpenOnly: false, Statuses.Count: > 1 } => filter.Statuses.Select(status => Restrict(visible, filter with { Statuses = [status] })),
        // Of one person what is open and what is not: their index begins with both.
        { IsOfOpenOnly: false, Assignee: not null } => Enum.GetValues<WaitingOn>().Select(party => Restrict(visible, filter with { WaitingOn = [party] }))
            .Append(Restrict(visible, filter).Where(d => d.WaitingOn == null)),
        _ => [Restrict(visible, filter)],
    };

    internal static IOrderedQueryable<Dossier> Ordered(IQueryable<Dossier> dossiers, DossierSort sort) => sort switch
    {
        DossierSort.Promise => dossiers.OrderBy(d => d.DueAt).ThenBy(d => d.Id),
        DossierSort.Changed => dossiers.OrderByDescending(d => d.UpdatedAt).ThenByDescending(d => d.Id),
        DossierSort.Oldest => dossiers.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id),
        _ => dossiers.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id),
    };

    /// <summary>Dossiers without a promise come last.</summary>
    internal static IOrderedQueryable<Dossier> Merged(IQueryable<Dossier> dossiers, DossierSort sort) => sort == DossierSort.Promise
        ? dossiers.OrderBy(d => d.DueAt == null).ThenBy(d => d.DueAt).ThenBy(d => d.Id)
        : Ordered(dossiers, sort);

    public static IQueryable<DossierRow> Rows(IQueryable<Dossier> dossiers) =>
        dossiers.Select(d => new DossierRow(d.Number, d.Type, d.CreatedAt, d.ModelCode, d.Reference, d.EndUserName, d.Status, d.Resolution, d.WaitingOn, d.UpdatedAt));

    public IQueryable<QueueRow> QueueRows(IQueryable<Dossier> dossiers) => dossiers.Select(d => new QueueRow(
        d.Id, d.Number, d.Type, d.ModelCode, d.Reference,
        db.Organisations.Where(o => o.Id == d.OrganisationId).Select(o => o.Name).First(),
        PersonName.Shown(db.Users.Where(u => u.Id == d.OwnerId).Select(u => u.FirstName + " " + u.LastName).First()),
        d.Status, d.Resolution, d.WaitingOn, d.CreatedAt, d.UpdatedAt, d.StatusSince, d.DueAt, d.AssigneeId,
        db.Users.Where(u => u.Id == d.AssigneeId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(),
        d.Stamp));
}
