using DealerPortal.Core;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dealercards;

/// <summary>What a dealer is given: versions that are valid today, of cards for the organisation's country.</summary>
public sealed class DealercardReading(PortalDbContext db, CurrentUser user, TimeProvider time)
{
    public const int PageSize = 20;

    /// <summary>Counts are exact up to here.</summary>
    public const int CountLimit = 1000;

    private const string Luxembourg = "LU";

    private DateOnly Today => Formats.Today(time);

    /// <summary>Those that a dealer may have today, also the ones that a newer one took over from.</summary>
    private IQueryable<DealercardVersion> Valid => db.DealercardVersions.AsNoTracking().Where(DealercardVersion.IsValidOn(Today));

    private IQueryable<DealercardVersion> Current =>
        For([user.Required.Organisation!.Id]).Where(v => !Valid.Any(o => o.DealercardId == v.DealercardId && (o.ValidFrom > v.ValidFrom || (o.ValidFrom == v.ValidFrom && o.Number > v.Number))));

    public async Task<DealercardsPage> ListAsync(DealercardQuery query, CancellationToken ct)
    {
        var matching = Matching(query);
        var language = query.ChosenLanguage;
        var spoken = language == CardLanguages.None ? matching : matching.Where(v => (v.Card!.Languages & language) != 0);
        var first = (query.PageNumber - 1) * PageSize;
        var rows = await Rows(spoken.OrderByDescending(v => v.ValidFrom).ThenByDescending(v => v.Card!.Id)).Skip(first).Take(PageSize + 1).ToListAsync(ct);
        var page = rows.Take(PageSize).ToList();
        var cards = page.ConvertAll(row => row.CardId);
        var earlier = (await Rows(Valid.Where(v => cards.Contains(v.DealercardId)).OrderByDescending(v => v.ValidFrom).ThenByDescending(v => v.Number)).ToListAsync(ct))
            .Where(row => page.TrueForAll(current => current.VersionId != row.VersionId)).ToLookup(row => row.CardId);
        return new DealercardsPage(query, page, earlier, first + 1, rows.Count > PageSize)
        {
            Total = await spoken.Take(CountLimit + 1).CountAsync(ct),
            InOtherLanguages = language == CardLanguages.None ? 0 : await matching.Where(v => (v.Card!.Languages & language) == 0).Take(CountLimit + 1).CountAsync(ct),
        };
    }

    /// <summary>The newest ones, those in the reader's language first.</summary>
    public async Task<IReadOnlyList<CardRow>> LatestAsync(int count, CancellationToken ct)
    {
        var own = DealercardWords.LanguageOf(Languages.Current);
        return await Rows(Current.OrderBy(v => (v.Card!.Languages & own) == 0).ThenByDescending(v => v.ValidFrom).ThenByDescending(v => v.Card!.Id)).Take(count).ToListAsync(ct);
    }

    /// <summary>A version that this person may have in any of their organisations: pictures and saved links say for none which it is. Staff have any.</summary>
    public Task<DealercardVersion?> FindAsync(Guid id, CancellationToken ct)
    {
        var person = user.Required;
        var versions = person.IsStaff ? db.DealercardVersions.AsNoTracking() : For([person.Organisation!.Id, .. person.Organisations.Select(o => o.Id)]);
        return versions.SingleOrDefaultAsync(v => v.Id == id, ct);
    }

    private IQueryable<DealercardVersion> For(int[] organisationIds) => Valid.Where(v => db.Organisations.Any(o => organisationIds.Contains(o.Id)
        && (v.Card!.Countries & (o.Country == Luxembourg ? CardCountries.Luxembourg : CardCountries.Belgium)) != 0));

    private IQueryable<DealercardVersion> Matching(DealercardQuery query)
    {
        var versions = Current;
        if (query.ChosenGoods is not CardGoods.None and var goods)
            versions = versions.Where(v => (v.Card!.Goods & goods) != 0);
        foreach (var word in query.Words)
            versions = versions.Where(v => v.Card!.Words.Contains(" " + word));
        return versions;
    }

    private static IQueryable<CardRow> Rows(IQueryable<DealercardVersion> versions) => versions.Select(v => new CardRow(
        v.Id, v.DealercardId, v.Card!.Title, v.Card.Languages, v.Card.Countries, v.Card.Goods, v.ValidFrom, v.ValidUntil, v.Length, v.Pages, v.ThumbnailKey != null));
}

/// <summary>A version as dealers see it.</summary>
public sealed record CardRow(
    Guid VersionId, int CardId, string Title, CardLanguages Languages, CardCountries Countries, CardGoods Goods, DateOnly ValidFrom, DateOnly? ValidUntil, long Length, int? Pages, bool HasThumbnail)
{
    public string Url => $"{DealercardsController.Path}/{VersionId}";
}

/// <summary>A row of the list.</summary>
/// <param name="Earlier">Those that are still valid beside it.</param>
public sealed record CardItem(CardRow Row, IEnumerable<CardRow> Earlier);

/// <param name="First">The place of the first row, from 1.</param>
public sealed record DealercardsPage(DealercardQuery Query, IReadOnlyList<CardRow> Rows, ILookup<int, CardRow> Earlier, int First, bool HasNext)
{
    public required int Total { get; init; }

    /// <summary>How many more there are that are not written in the chosen language.</summary>
    public required int InOtherLanguages { get; init; }
}

public static class DealercardPages
{
    public static IServiceCollection AddDealercardPages(this IServiceCollection services) => services.AddScoped<DealercardReading>();
}
