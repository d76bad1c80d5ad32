using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Web.Features.Dealercards;

namespace DealerPortal.Web.Features.Admin.Dealercards;

/// <param name="Query">What was searched; null for nothing.</param>
public sealed record CardList(IReadOnlyList<Dealercard> Cards, DateOnly Today, string? Query, int Page, bool HasNext, bool MayEdit);

/// <summary>A card that is being added.</summary>
public sealed record NewCardPage(CardForm Card, CardVersionForm Version);

/// <param name="Names">Of the people who uploaded or changed something.</param>
public sealed record CardPage(Dealercard Card, CardForm Form, IReadOnlyDictionary<int, string> Names, DateOnly Today, bool MayEdit)
{
    public string Path => CardPaths.Of(Card.Id);

    /// <summary>What stands there now where somebody else was faster, and the person has something else.</summary>
    public IReadOnlyList<(string Label, string Value)>? Now { get; init; }

    /// <summary>The newest first.</summary>
    public IEnumerable<DealercardVersion> Versions => Card.Versions.OrderByDescending(v => v.Number);

    /// <summary>As dealers find it today; null while they find nothing.</summary>
    public CardItem? ForDealers => DealercardVersion.CurrentOn(Today, Card.Versions) is { } current
        ? new CardItem(RowOf(current), Versions.Where(v => v.StateOn(Today, Card.Versions) == CardState.Earlier).Select(RowOf))
        : null;

    private CardRow RowOf(DealercardVersion v) => new(v.Id, Card.Id, Card.Title, Card.Languages, Card.Countries, Card.Goods, v.ValidFrom, v.ValidUntil, v.Length, v.Pages, v.ThumbnailKey is not null);
}

/// <summary>A version that is being added.</summary>
public sealed record NewVersionPage(Dealercard Card, CardVersionForm Version)
{
    public string Path => $"{CardPaths.Of(Card.Id)}/versions/new";
}

/// <summary>A version whose time is changed.</summary>
public sealed record VersionPage(Dealercard Card, DealercardVersion Stored, CardVersionForm Version, DateOnly Today)
{
    public string Path => CardPaths.Of(Stored);
    public IReadOnlyList<(string Label, string Value)>? Now { get; init; }
}

public static class CardPaths
{
    public const string List = "/admin/dealercards";

    public static string Of(int cardId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{List}/{cardId}");

    public static string Of(DealercardVersion version) => $"{Of(version.DealercardId)}/versions/{version.Id}";

    /// <summary>How a card stands: as the version of it that means most to dealers.</summary>
    public static CardState StateOf(Dealercard card, DateOnly today) => card.Versions.Select(v => v.StateOn(today, card.Versions)).DefaultIfEmpty(CardState.Withdrawn).Min();
}
