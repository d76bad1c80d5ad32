using DealerPortal.Core;
using DealerPortal.Core.Content.Dealercards;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dealercards;

/// <summary>Texts of the dealercards, on the dealers' pages and in the admin area.</summary>
public sealed class DealercardsTexts;

public static class DealercardWords
{
    private static readonly Dictionary<string, CardLanguages> _languages = new()
    {
        ["fr"] = CardLanguages.Fr,
        ["nl"] = CardLanguages.Nl,
        ["de"] = CardLanguages.De,
        ["en"] = CardLanguages.En,
    };

    /// <summary>None for what is no language of the portal.</summary>
    public static CardLanguages LanguageOf(string? code) => _languages.GetValueOrDefault(code ?? "");

    /// <summary>The codes of the languages a card is written in.</summary>
    public static IEnumerable<string> CodesOf(CardLanguages languages) => Languages.All.Where(code => languages.HasFlag(LanguageOf(code)));

    /// <summary>What the title is written in, for whoever reads it out; null where it may be any of several.</summary>
    public static string? LangOf(CardLanguages languages) => CodesOf(languages).ToList() is [var only] ? only : null;

    /// <summary>«Français, Nederlands».</summary>
    public static string LanguagesOf(CardLanguages languages) => string.Join(", ", CodesOf(languages).Select(Languages.NativeName));

    /// <summary>«Produits bruns, produits blancs».</summary>
    public static string GoodsOf(this IStringLocalizer<DealercardsTexts> texts, CardGoods goods)
    {
        var names = Enum.GetValues<CardGoods>().Where(one => one != CardGoods.None && goods.HasFlag(one)).Select(one => texts[$"Goods.{one}"].Value);
        return string.Join(", ", names.Select((name, at) => at == 0 || Languages.Current == "de" ? name : char.ToLowerInvariant(name[0]) + name[1..]));
    }

    /// <summary>«PDF, 1,2 Mo, 4 pages».</summary>
    public static string FileOf(this IStringLocalizer<DealercardsTexts> texts, long length, int? pages) =>
        string.Join(", ", new[] { "PDF", Formats.FileSize(length), pages is { } count ? texts[count == 1 ? "Pages.One" : "Pages.Many", Formats.Number(count)].Value : null }.Where(part => part is not null));

    /// <summary>«À partir du 16 novembre 2026», with the last day where it has one.</summary>
    public static string TimeOf(this IStringLocalizer<DealercardsTexts> texts, DateOnly from, DateOnly? until) =>
        until is { } last ? texts["Time.Until", Formats.Date(from), Formats.Date(last)] : texts["Time.From", Formats.Date(from)];
}
