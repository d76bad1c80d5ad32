using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>What a text search found.</summary>
/// <param name="Ids">Those that match, when they are few.</param>
/// <param name="Walk">When they are many: the rows that match among those given, to be walked in the list's order.</param>
/// <param name="IsMany">Whether more than <see cref="DossierSearch.Bound"/> were counted.</param>
public sealed record FoundDossiers(IReadOnlyCollection<long>? Ids, IQueryable<Dossier>? Walk, bool IsMany = false)
{
    /// <summary>The keys of those that also pass the filter, driven by the words; null where counting is better driven by the filter.</summary>
    public IQueryable<long>? Counting { get; init; }
}

/// <summary>A word of a query.</summary>
/// <param name="Count">How many rows it has, where that is known.</param>
public sealed record SearchWord(string Token, int? Count)
{
    // To ask a row whether its dossier has another word costs as much as reading some eight rows of that word in their order.
    private const int RowsPerQuestion = 8;

    /// <summary>Whether reading all of this word costs less than asking each row of a rarer one for it.</summary>
    public bool IsNear(SearchWord rarer) => Count < RowsPerQuestion * (long?)rarer.Count;
}

/// <summary>
/// Finds dossiers by words: every word of the query must begin a word of the dossier. The rarest is looked up, the others are
/// checked for what it gives, so that a search costs what it finds and not what there is. Source: quality.md P5.
/// </summary>
public sealed class DossierSearch(PortalDbContext db)
{
    /// <summary>As many matches are collected; beyond it a query is broad.</summary>
    public const int Bound = 1000;

    /// <summary>So many matches are looked up and sorted; of more, a page is found sooner by walking the list.</summary>
    private const int SortBound = 5_000;

    /// <summary>So many matches are made into a set in which the rows that pass a filter are looked up; to ask each row whether it has the words costs several times as much.</summary>
    private const int SetBound = 20_000;

    /// <summary>So far words are counted to see which is the rarest: counting costs a fiftieth of asking whether a dossier has the other words too.</summary>
    private const int CompareBound = 25_000;

    private const int OrganisationBound = 20;

    /// <summary>
    /// Narrows <paramref name="visible"/>, the dossiers the reader may see, by the filter's text. Staff also find all dossiers of the organisations whose name,
    /// town or VAT number matches, where no dossier does. A query without any letter or digit finds nothing.
    /// </summary>
    public async Task<FoundDossiers> FindAsync(IQueryable<Dossier> visible, Reader reader, DossierFilter filter, CancellationToken ct)
    {
        var tokens = SearchTokens.OfQuery(filter.Text);
        if (tokens.Count == 0)
            return new FoundDossiers([], null);

        var rarestFirst = await RarestFirstAsync(reader, tokens, ct);
        var ids = await Matches(reader, rarestFirst).Take(Bound + 1).ToListAsync(ct);
        if (ids.Count == 0 && reader.IsStaff)
            return await OfOrganisationsAsync(visible, tokens, ct);
        return ids.Count > Bound ? await ManyAsync(visible, reader, rarestFirst, filter, ct) : new FoundDossiers(ids, null);
    }

    private async Task<FoundDossiers> ManyAsync(IQueryable<Dossier> visible, Reader reader, IReadOnlyList<SearchWord> rarestFirst, DossierFilter filter, CancellationToken ct)
    {
        var bound = filter.HasOnlyText ? SortBound : SetBound;
        var isSet = await TokensFrom(reader, rarestFirst[0]).Take(bound + 1).CountAsync(ct) <= bound;
        return new FoundDossiers(null, isSet ? AmongMatches(visible, reader, rarestFirst) : Walk(visible, reader, rarestFirst), IsMany: true)
        {
            Counting = filter.IsOfFew ? null : Passing(visible, reader, rarestFirst, filter),
        };
    }

    /// <summary>The ids of the dossiers that have all the words: driven by the first, which is met with what others have where that is not much more.</summary>
    public IQueryable<long> Matches(Reader reader, IReadOnlyList<SearchWord> rarestFirst)
    {
        var met = rarestFirst.Skip(1).Where(word => word.IsNear(rarestFirst[0])).ToList();
        var matches = MatchingRows(reader, [.. rarestFirst.Except(met)]).Select(t => t.DossierId);
        return met.Count == 0 ? matches.Distinct() : met.Aggregate(matches, (ids, word) => ids.Intersect(Within(TokensFrom(reader, word), reader).Select(t => t.DossierId)));
    }

    /// <summary>As <see cref="Matches"/>, of those that also pass the filter.</summary>
    public IQueryable<long> Passing(IQueryable<Dossier> visible, Reader reader, IReadOnlyList<SearchWord> rarestFirst, DossierFilter filter)
    {
        var passing = DossierLists.Restrict(Within(visible, reader), filter);
        return MatchingRows(reader, rarestFirst).Where(t => passing.Any(d => d.Id == t.DossierId)).Select(t => t.DossierId).Distinct();
    }

    /// <summary>The dossiers that have all the words, looked up in the set of those.</summary>
    public IQueryable<Dossier> AmongMatches(IQueryable<Dossier> visible, Reader reader, IReadOnlyList<SearchWord> rarestFirst)
    {
        var matches = MatchingRows(reader, rarestFirst).Select(t => t.DossierId);
        return Within(visible, reader).Where(d => matches.Contains(d.Id));
    }

    private IQueryable<DossierSearchToken> MatchingRows(Reader reader, IReadOnlyList<SearchWord> rarestFirst)
    {
        var matches = Within(TokensFrom(reader, rarestFirst[0]), reader);
        foreach (var word in rarestFirst.Skip(1))
        {
            var (from, to) = SearchTokens.PrefixRange(word.Token);
            matches = matches.Where(match => db.DossierTokens.OfFound()
                .Any(t => t.DossierId == match.DossierId && t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0));
        }

        return matches;
    }

    /// <summary>The dossiers that have all the words, in whatever order the list wants them.</summary>
    public IQueryable<Dossier> Walk(IQueryable<Dossier> visible, Reader reader, IReadOnlyList<SearchWord> rarestFirst)
    {
        visible = Within(visible, reader);
        foreach (var word in rarestFirst)
        {
            var (from, to) = SearchTokens.PrefixRange(word.Token);
            visible = visible.Where(d => db.DossierTokens.OfFound()
                .Any(t => t.DossierId == d.Id && t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0));
        }

        return visible;
    }

    private async Task<IReadOnlyList<SearchWord>> RarestFirstAsync(Reader reader, IReadOnlyList<string> tokens, CancellationToken ct)
    {
        if (tokens.Count == 1)
            return [new SearchWord(tokens[0], null)];
        var words = new List<SearchWord>();
        foreach (var token in tokens)
        {
            var count = await TokensFrom(reader, new SearchWord(token, null)).Take(CompareBound).CountAsync(ct);
            words.Add(new SearchWord(token, count < CompareBound ? count : null));
        }

        // Among equally frequent words the longer one is likely to be the rarer.
        return [.. words.OrderBy(word => word.Count ?? int.MaxValue).ThenByDescending(word => word.Token.Length)];
    }

    /// <summary>
    /// The reader's organisation, by name: <see cref="DossierVisibility.OfFound"/> anywhere in a query lifts the
    /// organisation's filter from all of it.
    /// </summary>
    private IQueryable<T> Within<T>(IQueryable<T> rows, Reader reader)
        where T : class, IOrganisationOwned
    {
        if (reader.IsStaff)
            return rows;
        var organisation = db.TenantId;
        return rows.Where(row => row.OrganisationId == organisation);
    }

    /// <summary>The rows of one word, within what the reader may see.</summary>
    private IQueryable<DossierSearchToken> TokensFrom(Reader reader, SearchWord word)
    {
        var (from, to) = SearchTokens.PrefixRange(word.Token);
        var rows = db.DossierTokens.ScopedTo(reader);
        if (!reader.IsStaff && !reader.SeesWholeOrganisation)
            rows = rows.Where(t => t.OwnerId == reader.UserId);
        return rows.Where(t => t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0);
    }

    private async Task<FoundDossiers> OfOrganisationsAsync(IQueryable<Dossier> visible, IReadOnlyList<string> tokens, CancellationToken ct)
    {
        var all = db.Set<OrganisationSearchToken>();
        var (first, end) = SearchTokens.PrefixRange(tokens.OrderByDescending(t => t.Length).First());
        var matches = all.Where(t => t.Token.CompareTo(first) >= 0 && t.Token.CompareTo(end) < 0);
        foreach (var token in tokens)
        {
            var (from, to) = SearchTokens.PrefixRange(token);
            matches = matches.Where(match => all.Any(t => t.OrganisationId == match.OrganisationId && t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0));
        }

        var ids = await matches.Select(t => t.OrganisationId).Distinct().Take(OrganisationBound).ToListAsync(ct);
        return new FoundDossiers(null, visible.Where(d => ids.Contains(d.OrganisationId)));
    }
}
