using System.Globalization;
using System.Text;

namespace DealerPortal.Core;

/// <summary>Names and addresses as people type or paste them, brought to what one line of a page, a label or a mail header can carry.</summary>
public static class TypedText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>A text of several lines as it is measured and stored: browsers count a line break as one character and post two.</summary>
    public static string? Lines(string? text) => text?.ReplaceLineEndings("\n");

    /// <summary>
    /// One line: white space, line breaks and control characters become single spaces, none at the ends; marks that
    /// turn the reading direction are left out; composed Unicode (NFC). Empty for null.
    /// </summary>
    public static string SingleLine(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        // Most of what comes: a file of a hundred thousand rows has two million cells.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal))
            return text;
        var line = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                gap = line.Length > 0;
                continue;
            }

            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner))
                continue;
            if (gap)
                line.Append(' ');
            gap = false;
            line.Append(rune);
        }

        return line.ToString().Normalize(NormalizationForm.FormC);
    }
}
