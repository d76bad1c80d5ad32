using System.Globalization;

namespace DealerPortal.Core;

/// <summary>The four languages of the portal, by their ISO 639-1 codes, each with the one culture that texts, dates and numbers follow.</summary>
public static class Languages
{
    public const string Default = "fr";

    public static readonly IReadOnlyList<string> All = ["fr", "nl", "de", "en"];

    /// <summary>The language of the page or mail being made.</summary>
    public static string Current => Normalise(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>fr-BE, nl-BE, de-BE or en-GB; unknown languages get that of <see cref="Default"/>.</summary>
    public static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(Normalise(language) switch
    {
        "nl" => "nl-BE",
        "de" => "de-BE",
        "en" => "en-GB",
        _ => "fr-BE",
    });

    /// <summary>One of <see cref="All"/> for a language or culture name in any case ("NL", "de-AT"); <see cref="Default"/> for anything else.</summary>
    public static string Normalise(string? language)
    {
        var name = language.AsSpan().Trim();
        var end = name.IndexOfAny('-', '_');
        var code = end < 0 ? name : name[..end];
        foreach (var known in All)
        {
            if (code.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        return Default;
    }

    /// <summary>The language's name in that language: "Français", "Nederlands", "Deutsch", "English".</summary>
    public static string NativeName(string language) => Normalise(language) switch
    {
        "nl" => "Nederlands",
        "de" => "Deutsch",
        "en" => "English",
        _ => "Français",
    };
}
