using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations.Support;

/// <summary>Which organisations support looks at.</summary>
public enum DirectoryView
{
    /// <summary>Those that nobody has confirmed yet, the oldest first: a list of work.</summary>
    Unconfirmed,

    /// <summary>Those in use, by name.</summary>
    Active,

    /// <summary>Those out of use, merged ones among them, by name.</summary>
    Inactive,
}

/// <summary>An organisation in the list.</summary>
/// <param name="Place">Postal code and town of its first branch.</param>
public sealed record DirectoryRow(
    int Id, string Name, string VatNumber, string? CustomerNumber, string? Place, DateTime CreatedAt, bool IsConfirmed, bool IsActive, bool IsMerged);

/// <param name="Count">All that match, exact up to <see cref="OrganisationDirectory.CountLimit"/>; one more means «more than that».</param>
public sealed record DirectoryPage(IReadOnlyList<DirectoryRow> Rows, int Count, bool HasNext);

/// <summary>Exact up to <see cref="OrganisationDirectory.CountLimit"/>; one more means «more than that».</summary>
public sealed record OrganisationFigures(int Dossiers, int OpenDossiers, int Drafts);

/// <summary>All organisations, for support.</summary>
public sealed class OrganisationDirectory(PortalDbContext db, OrganisationSearch search)
{
    public const int PageSize = 25;
    public const int CountLimit = 1000;

    /// <summary>Far beyond what anyone leafs through.</summary>
    public const int LastPage = 4000;

    /// <summary>By words of name, town or VAT number, or by the customer number, in every view; without a text, the view.</summary>
    public async Task<DirectoryPage> ReadAsync(string? text, DirectoryView view, int page, CancellationToken ct)
    {
        var matching = string.IsNullOrWhiteSpace(text) ? Of(view) : await FoundAsync(text, ct);
        var rows = await Show(matching.Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1)).ToListAsync(ct);
        var hasNext = rows.Count > PageSize;
        if (hasNext)
            rows.RemoveAt(PageSize);
        return new DirectoryPage(rows, await Bounded(matching.Select(o => o.Id)).CountAsync(ct), hasNext);
    }

    public Task<int> CountAsync(DirectoryView view, CancellationToken ct) => Bounded(Of(view).Select(o => o.Id)).CountAsync(ct);

    public async Task<OrganisationFigures> FiguresAsync(int organisationId, CancellationToken ct)
    {
        var dossiers = db.Dossiers.AllOrganisations().Where(d => d.OrganisationId == organisationId);
        return new OrganisationFigures(
            await Bounded(dossiers.Select(d => d.Id)).CountAsync(ct),
            await Bounded(dossiers.Open().Select(d => d.Id)).CountAsync(ct),
            await Bounded(db.Drafts.AllOrganisations().Where(d => d.OrganisationId == organisationId && d.ConsumedAt == null).Select(d => d.Id)).CountAsync(ct));
    }

    /// <summary>All its branches, those in use first.</summary>
    public async Task<IReadOnlyList<Branch>> BranchesAsync(int organisationId, CancellationToken ct) =>
        await db.Branches.AllOrganisations().AsNoTracking().Where(b => b.OrganisationId == organisationId)
            .OrderBy(b => b.DeactivatedAt != null).ThenBy(b => b.Town).ThenBy(b => b.Street).ToListAsync(ct);

    private IQueryable<Organisation> Of(DirectoryView view) => view switch
    {
        DirectoryView.Unconfirmed => db.Organisations.Where(o => o.ConfirmedAt == null && o.DeactivatedAt == null).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id),
        DirectoryView.Inactive => db.Organisations.Where(o => o.DeactivatedAt != null).OrderBy(o => o.Name).ThenBy(o => o.Id),
        _ => db.Organisations.Where(o => o.DeactivatedAt == null).OrderBy(o => o.Name).ThenBy(o => o.Id),
    };

    private async Task<IQueryable<Organisation>> FoundAsync(string text, CancellationToken ct)
    {
        // Asked by itself: an «or» with the words would be looked for in every row.
        if (CustomerNumber.TryParse(text, out var number))
        {
            var having = db.Organisations.Where(o => o.CustomerNumber == number.Value);
            if (await having.AnyAsync(ct))
                return having.OrderBy(o => o.DeactivatedAt != null).ThenBy(o => o.Id);
        }

        return search.Matching(text).OrderBy(o => o.Name).ThenBy(o => o.Id);
    }

    private IQueryable<DirectoryRow> Show(IQueryable<Organisation> organisations) => organisations.AsNoTracking().Select(o => new DirectoryRow(
        o.Id, o.Name, o.VatNumber, o.CustomerNumber,
        db.Branches.AllOrganisations().Where(b => b.OrganisationId == o.Id && b.DeactivatedAt == null).OrderBy(b => b.Id).Select(b => b.PostalCode + " " + b.Town).FirstOrDefault(),
        o.CreatedAt, o.ConfirmedAt != null, o.DeactivatedAt == null, o.MergedIntoId != null));

    private static IQueryable<T> Bounded<T>(IQueryable<T> ids) => ids.Take(CountLimit + 1);
}
