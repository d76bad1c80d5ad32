namespace DealerPortal.Core.Exports;

/// <summary>A column of a sheet.</summary>
/// <param name="Width">In characters, for formats that have widths.</param>
/// <param name="Value">A text, an instant in UTC (written in the time of Brussels), a date, a number, or null.</param>
public sealed record SheetColumn<TRow>(string Heading, int Width, Func<TRow, object?> Value);

/// <summary>A list on its way into a file: batch by batch, so that it is never held as a whole.</summary>
public sealed record Sheet<TRow>(IReadOnlyList<SheetColumn<TRow>> Columns, IAsyncEnumerable<IReadOnlyList<TRow>> Batches);

/// <summary>What may stand in a cell.</summary>
public static class SheetText
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>
    /// The text as a cell holds it. What a spreadsheet would take for a formula begins with an apostrophe; what XML cannot
    /// hold becomes the replacement character. Source: quality.md S12, R10.
    /// </summary>
    public static string Of(string text)
    {
        var clean = IsClean(text) ? text : Cleaned(text);
        return clean.Length > 0 && FormulaStarts.Contains(clean[0], StringComparison.Ordinal) ? "'" + clean : clean;
    }

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (System.Xml.XmlConvert.IsXmlChar(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    private static string Cleaned(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.IsBmp && !System.Xml.XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));
}
