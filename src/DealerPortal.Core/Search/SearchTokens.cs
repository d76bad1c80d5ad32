using System.Globalization;
using System.Text;

namespace DealerPortal.Core.Search;

/// <summary>
/// Turns names, codes and queries into the tokens that the search rows hold: lower-case letters and digits without accents,
/// the same for every spelling of the same word (composed or decomposed, ß or ss, İ or i, full-width, Arabic digits).
/// </summary>
/// <remarks>
/// Only characters of the basic multilingual plane stay in tokens: beyond it (rare ideographs, historic scripts) the databases disagree on the order,
/// and <see cref="PrefixRange"/> would miss rows. Emoji are no letters and separate words.
/// </remarks>
public static class SearchTokens
{
    /// <summary>Longer words are cut, in rows and in queries alike.</summary>
    public const int MaxTokenLength = 32;

    /// <summary>A query with more words than this is looked up by its first ones.</summary>
    public const int MaxQueryTokens = 6;

    /// <summary>What comes after this many UTF-16 units of a text is not searched: some characters decompose into eighteen.</summary>
    public const int MaxTextLength = 10_000;

    /// <summary>What comes after this many UTF-16 units of a code or serial number is not searched; none is nearly as long.</summary>
    public const int MaxCodeLength = 256;

    private static readonly int[] _tailLengths = [4, 5, 6];

    /// <summary>One word as a token: everything that is no letter or digit is left out. Not cut.</summary>
    public static string Normalise(string text) => string.Concat(Words(text));

    /// <summary>The words of a text, each once, in their order.</summary>
    public static IReadOnlyCollection<string> OfText(string? text) => Tokens(Words(text));

    /// <summary>The code written together, and its parts: "LW90T554/BE" gives lw90t554be, lw90t554 and be.</summary>
    public static IReadOnlyCollection<string> OfCode(string? code)
    {
        var parts = WordsOfCode(code);
        return Tokens([string.Concat(parts), .. parts]);
    }

    /// <summary>As <see cref="OfCode"/>, and the last 4, 5 and 6 characters, which is what people read out on the phone.</summary>
    public static IReadOnlyCollection<string> OfSerial(string? serial)
    {
        var parts = WordsOfCode(serial);
        var whole = string.Concat(parts);
        var tails = _tailLengths.Where(length => length < whole.Length).Select(length => whole[^length..]);
        return Tokens([whole, .. parts, .. tails]);
    }

    /// <summary>The first <see cref="MaxQueryTokens"/> different words of a query. A dossier matches when it has a token that starts with each of them.</summary>
    public static IReadOnlyList<string> OfQuery(string? q) => [.. Tokens(Words(q)).Take(MaxQueryTokens)];

    /// <summary>The bounds between which, in ordinal order, lie exactly the tokens that start with <paramref name="token"/>: from ≤ t &lt; to.</summary>
    public static (string From, string To) PrefixRange(string token) => (token, token + '\uFFFF');

    private static List<string> Tokens(IEnumerable<string> words) =>
        [.. words.Where(word => word.Length > 0).Select(word => word.Length <= MaxTokenLength ? word : word[..MaxTokenLength]).Distinct(StringComparer.Ordinal)];

    private static List<string> WordsOfCode(string? code) => [.. Words(code is { Length: > MaxCodeLength } ? code[..MaxCodeLength] : code)];

    private static IEnumerable<string> Words(string? text)
    {
        var word = new StringBuilder();
        foreach (var c in Decomposed(text ?? ""))
        {
            if (IsSilent(char.GetUnicodeCategory(c)))
            {
                continue;
            }

            if (!Append(word, c) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>
    /// Marks go before the decomposition as well as after it: sorting a long run of them takes time that grows with its square.
    /// What is beyond the basic plane becomes a separator, unless it is a spelling of something within (mathematical letters); half pairs do too.
    /// </summary>
    private static string Decomposed(string text)
    {
        var read = text.AsSpan(0, Math.Min(text.Length, MaxTextLength));
        // Nothing in it is a mark or comes apart.
        if (Ascii.IsValid(read))
            return read.Length == text.Length ? text : read.ToString();
        var kept = new StringBuilder(read.Length);
        foreach (var rune in read.EnumerateRunes())
        {
            if (!IsSilent(Rune.GetUnicodeCategory(rune)))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString().Normalize(NormalizationForm.FormKD);
    }

    /// <summary>Accents, vowel signs, joiners, direction marks, soft hyphens: they neither count nor separate.</summary>
    private static bool IsSilent(UnicodeCategory category) => category
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static bool Append(StringBuilder word, char c)
    {
        switch (c)
        {
            case 'ß' or 'ẞ':
                word.Append("ss");
                return true;
            case 'æ' or 'Æ':
                word.Append("ae");
                return true;
            case 'œ' or 'Œ':
                word.Append("oe");
                return true;
            case 'ø' or 'Ø':
                word.Append('o');
                return true;
            case 'ł' or 'Ł':
                word.Append('l');
                return true;
            case 'đ' or 'Đ':
                word.Append('d');
                return true;
            case 'ı':
                word.Append('i');
                return true;
            case 'ς':
                word.Append('σ');
                return true;
        }

        if (char.IsDigit(c))
        {
            word.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)));
            return true;
        }

        if (!char.IsLetter(c))
        {
            return false;
        }

        word.Append(char.ToLowerInvariant(c));
        return true;
    }
}
