using System.Text;

namespace DealerPortal.Core.Csv;

/// <summary>CSV as spreadsheets save it, whichever way they do.</summary>
public static class CsvText
{
    private const int Windows1252 = 1252;

    /// <summary>From UTF-8 with or without a mark at its beginning, otherwise from Windows-1252; null for bytes that are no text, such as a workbook.</summary>
    public static string? Decode(byte[] bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            text = CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!.GetString(bytes);
        }

        return text.Contains('\0', StringComparison.Ordinal) || text.StartsWith("PK\u0003", StringComparison.Ordinal) ? null : text.TrimStart('\uFEFF');
    }

    /// <summary>What stands between the names of the first line: a semicolon or a comma.</summary>
    public static char SeparatorOf(string text)
    {
        var header = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        return header.Count(';') >= header.Count(',') ? ';' : ',';
    }
}
