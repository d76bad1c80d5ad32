using System.Globalization;
using System.Text;

namespace DealerPortal.Core;

/// <summary>What people type, paste or scan into a field for a number or a code, brought to one spelling.</summary>
internal static class TypedCode
{
    /// <summary>
    /// Removes white space, invisible characters and <paramref name="separators"/>, upper-cases a to z and turns every kind of dash into "-".
    /// </summary>
    /// <returns>Null when nothing is left, or more than <paramref name="maxLength"/> characters: then the rest is not even read.</returns>
    internal static string? Compact(string? input, int maxLength, string separators)
    {
        if (string.IsNullOrEmpty(input))
        {
            return null;
        }

        var kept = new StringBuilder(Math.Min(input.Length, maxLength));
        foreach (var typed in input)
        {
            // Word processors and phones put typographic dashes where people typed a hyphen.
            var c = typed is (>= '\u2010' and <= '\u2015') or '\u2212' ? '-' : typed;
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || separators.Contains(c))
            {
                continue;
            }

            if (kept.Length == maxLength)
            {
                return null;
            }

            kept.Append(char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c);
        }

        return kept.Length == 0 ? null : kept.ToString();
    }

    internal static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    internal static bool IsCapitalOrDigit(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c);
}
