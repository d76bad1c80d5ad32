namespace DealerPortal.Core.Files;

/// <summary>
/// The little that must be known of a PDF before it is stored unchanged: that it is whole and that anyone can read it.
/// Linear in the size of the file. Source: ISO 32000-1, 7.5 (file structure) and 7.6 (encryption).
/// </summary>
internal static class PdfInspector
{
    // Readers look for the end mark in the last 1,024 bytes; some generators pad with blanks after it.
    private const int TailLength = 1024;

    private static ReadOnlySpan<byte> Blanks => "\0\t\n\f\r "u8;

    /// <returns>Why the PDF is refused, or null when it is fine.</returns>
    public static FileRefusal? Inspect(ReadOnlySpan<byte> pdf)
    {
        var trimmed = pdf.TrimEnd(Blanks);
        var tail = trimmed[Math.Max(0, trimmed.Length - TailLength)..];
        var end = tail.LastIndexOf("%%EOF"u8);
        if (end < 0 || tail[..end].LastIndexOf("startxref"u8) < 0)
            return FileRefusal.Damaged;
        return IsEncrypted(pdf) ? FileRefusal.EncryptedPdf : null;
    }

    // Only a trailer or the dictionary of a cross-reference stream says /Encrypt, and neither may be compressed or
    // encrypted itself; its value is a reference or a dictionary. Looking for that pair of tokens everywhere, instead of
    // following the chain of cross-reference sections, cannot be led astray by a chain made to mislead.
    private static bool IsEncrypted(ReadOnlySpan<byte> pdf) =>
        SaysEncrypt(pdf, "/E"u8) || SaysEncrypt(pdf, "/#"u8);

    private static bool SaysEncrypt(ReadOnlySpan<byte> pdf, ReadOnlySpan<byte> beginning)
    {
        int slash;
        while ((slash = pdf.IndexOf(beginning)) >= 0)
        {
            pdf = pdf[(slash + 1)..];
            if (TryReadName(pdf, "Encrypt"u8, out var length) && IsReferenceOrDictionary(pdf[length..]))
                return true;
        }

        return false;
    }

    // Any character of a name may be written as # and two hexadecimal digits.
    private static bool TryReadName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out int length)
    {
        length = 0;
        foreach (var expected in name)
        {
            if (length >= text.Length)
                return false;
            if (text[length] == expected)
            {
                length++;
            }
            else if (text[length] == '#' && length + 3 <= text.Length
                && HexValue(text[length + 1]) is var high and >= 0 && HexValue(text[length + 2]) is var low and >= 0
                && (high << 4 | low) == expected)
            {
                length += 3;
            }
            else
            {
                return false;
            }
        }

        return length == text.Length || !IsNameCharacter(text[length]);
    }

    // A comment between the tokens is legal, has no honest use, and following it from every place would be quadratic.
    private static bool IsReferenceOrDictionary(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(Blanks);
        return text.StartsWith("<<"u8)
            || text.StartsWith("%"u8)
            || TrySkipNumber(ref text) && (text.StartsWith("%"u8) || TrySkipNumber(ref text) && (text.StartsWith("%"u8) || text.StartsWith("R"u8)));
    }

    private static bool TrySkipNumber(ref ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits <= 0)
            return false;
        text = text[digits..].TrimStart(Blanks);
        return true;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static bool IsNameCharacter(byte value) => !Blanks.Contains(value) && !"()<>[]{}/%"u8.Contains(value);
}
