using DealerPortal.Core.Data;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>An organisation as a person who looks for it sees it: what stands on any invoice of it.</summary>
/// <param name="Vat">As the country writes it.</param>
/// <param name="Place">Postal code and town of its first branch.</param>
public sealed record FoundOrganisation(int Id, string Name, string Vat, string? Place);

/// <summary>Finds organisations by name, town or VAT number, confirmed or not.</summary>
public sealed class OrganisationSearch(PortalDbContext db)
{
    /// <summary>Letters and digits that a query needs.</summary>
    public const int MinLength = 3;

    public const int Hits = 10;

    /// <summary>Whether there is enough to look for.</summary>
    public static bool IsLongEnough(string? query) => SearchTokens.Normalise(query ?? "").Length >= MinLength;

    /// <summary>Organisations that have a word beginning with each word of the query, by name, <see cref="Hits"/> at most.</summary>
    public Task<IReadOnlyList<FoundOrganisation>> FindAsync(string? query, CancellationToken ct) => FirstAsync(query, Matching(query).Where(o => o.DeactivatedAt == null), ct);

    /// <summary>As <see cref="FindAsync"/>, also those out of use, whose dossiers stay.</summary>
    public Task<IReadOnlyList<FoundOrganisation>> FindAnyAsync(string? query, CancellationToken ct) => FirstAsync(query, Matching(query).Where(o => o.MergedIntoId == null), ct);

    /// <summary>All organisations, also those out of use, that have a word beginning with each word of the query; in no order.</summary>
    public IQueryable<Organisation> Matching(string? query)
    {
        var organisations = db.Organisations.AsNoTracking();
        foreach (var word in SearchTokens.OfQuery(query))
        {
            var having = Having(word);
            organisations = organisations.Where(o => having.Contains(o.Id));
        }

        return organisations;
    }

    /// <summary>On wider terms: the VAT number, or any one word of the query; those that have most of them first.</summary>
    public async Task<IReadOnlyList<FoundOrganisation>> FindWiderAsync(string? query, CancellationToken ct)
    {
        if (!IsLongEnough(query))
            return [];
        if (VatNumber.TryParse(query, out var vat) && await FindByVatAsync(vat, ct) is { } exact)
            return [exact];

        // Short words (SRL, BV, de) are in every other name.
        var words = SearchTokens.OfQuery(query).Where(w => w.Length >= MinLength).ToList();
        if (words.Count == 0)
            return [];
        var matches = words.Select(Having).Aggregate((all, next) => all.Concat(next));
        var ranked = from hit in matches.GroupBy(id => id).Select(hits => new { Id = hits.Key, Count = hits.Count() })
                     join organisation in Active on hit.Id equals organisation.Id
                     orderby hit.Count descending, organisation.Name, organisation.Id
                     select organisation;
        return await ShowAsync(ranked, ct);
    }

    /// <summary>The organisation with this VAT number, or the one in which it went on.</summary>
    public async Task<FoundOrganisation?> FindByVatAsync(VatNumber vat, CancellationToken ct) =>
        await LivingOnAsync(vat, ct) is { } id ? await FindByIdAsync(id, ct) : null;

    /// <summary>As <see cref="FindByVatAsync"/>, also one out of use.</summary>
    public async Task<FoundOrganisation?> FindAnyByVatAsync(VatNumber vat, CancellationToken ct) =>
        await LivingOnAsync(vat, ct) is { } id && await ShowAsync(db.Organisations.AsNoTracking().Where(o => o.Id == id), ct) is [var found, ..] ? found : null;

    public async Task<FoundOrganisation?> FindByIdAsync(int id, CancellationToken ct) =>
        await ShowAsync(Active.Where(o => o.Id == id), ct) is [var found, ..] ? found : null;

    private IQueryable<Organisation> Active => db.Organisations.AsNoTracking().Where(o => o.DeactivatedAt == null);

    private Task<int?> LivingOnAsync(VatNumber vat, CancellationToken ct) =>
        db.Organisations.Where(o => o.VatNumber == vat.Value).Select(o => (int?)(o.MergedIntoId ?? o.Id)).SingleOrDefaultAsync(ct);

    private async Task<IReadOnlyList<FoundOrganisation>> FirstAsync(string? query, IQueryable<Organisation> found, CancellationToken ct) =>
        IsLongEnough(query) ? await ShowAsync(found.OrderBy(o => o.Name).ThenBy(o => o.Id), ct) : [];

    private IQueryable<int> Having(string word)
    {
        var (from, to) = SearchTokens.PrefixRange(word);
        return db.Set<OrganisationSearchToken>()
            .Where(t => t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0)
            .Select(t => t.OrganisationId).Distinct();
    }

    private async Task<IReadOnlyList<FoundOrganisation>> ShowAsync(IQueryable<Organisation> organisations, CancellationToken ct)
    {
        var rows = await organisations.Take(Hits).Select(o => new
        {
            o.Id,
            o.Name,
            o.VatNumber,
            Branch = db.Branches.AllOrganisations().Where(b => b.OrganisationId == o.Id && b.DeactivatedAt == null)
                .OrderBy(b => b.Id).Select(b => new { b.PostalCode, b.Town }).FirstOrDefault(),
        }).ToListAsync(ct);
        return [.. rows.Select(o => new FoundOrganisation(
            o.Id, o.Name, VatNumber.TryParse(o.VatNumber, out var vat) ? vat.Display : o.VatNumber, o.Branch is null ? null : $"{o.Branch.PostalCode} {o.Branch.Town}"))];
    }
}
