using DealerPortal.Core;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Search;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Dealercards;

/// <summary>The list's state as its address holds it. What cannot be read does not restrict.</summary>
public sealed record DealercardQuery
{
    public const string AllLanguages = "all";
    private const int MaxText = 100;

    public string? Q { get; init; }
    public string? Goods { get; init; }

    /// <summary>A code, or all; nothing for the reader's own.</summary>
    public string? Language { get; init; }

    public int? Page { get; init; }

    public int PageNumber => PageLinks.Of(Page);
    public CardGoods ChosenGoods => Enum.GetValues<CardGoods>().FirstOrDefault(goods => goods.ToString() == Goods);

    /// <summary>None for all of them.</summary>
    public CardLanguages ChosenLanguage => Language == AllLanguages ? CardLanguages.None
        : DealercardWords.LanguageOf(Language) is not CardLanguages.None and var chosen ? chosen : DealercardWords.LanguageOf(Languages.Current);

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || ChosenGoods != CardGoods.None;

    public IReadOnlyList<string> Words => SearchTokens.OfQuery(Q is { Length: > MaxText } ? Q[..MaxText] : Q);

    public string UrlOf(int page) => (this with { Page = page == 1 ? null : page }).Url;

    public string InAllLanguages => (this with { Language = AllLanguages, Page = null }).Url;

    private string Url => DealercardsController.Path + QueryString.Create(
        new (string Name, string? Value)[] { ("q", Q), ("goods", Goods), ("language", Language), ("page", Page is { } page ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null) }
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
