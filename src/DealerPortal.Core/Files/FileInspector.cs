using System.Buffers.Binary;

namespace DealerPortal.Core.Files;

/// <summary>Tells the kind of a file from its first bytes; the name and the browser's media type have no say.</summary>
public static class FileInspector
{
    /// <summary>How many leading bytes <see cref="Detect"/> looks at.</summary>
    public const int HeadLength = 1024;

    /// <param name="head">The first <see cref="HeadLength"/> bytes, or the whole file when it is shorter.</param>
    /// <returns>The kind, or null when it is none of the accepted ones.</returns>
    public static FileKind? Detect(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return FileKind.Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return FileKind.Png;
        if (head.Length >= 16 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBPVP8"u8))
            return FileKind.WebP;
        if (IsHeic(head))
            return FileKind.Heic;
        if (IsPdf(head))
            return FileKind.Pdf;
        return null;
    }

    // ISO/IEC 23008-12: still images in HEVC. The structural brand "mif1" says nothing about the codec (AVIF has it
    // too), so it counts only together with an HEVC brand.
    private static bool IsHeic(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || !head[4..].StartsWith("ftyp"u8))
            return false;
        if (IsHevcBrand(head[8..12]))
            return true;
        if (!head[8..12].SequenceEqual("mif1"u8))
            return false;

        var boxEnd = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        for (var i = 16; i + 4 <= boxEnd; i += 4)
        {
            if (IsHevcBrand(head.Slice(i, 4)))
                return true;
        }

        return false;
    }

    private static bool IsHevcBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8);

    // Readers accept the header anywhere in the first 1,024 bytes. Here only blank space may precede it: a ZIP that
    // holds a stored PDF, or an HTML page that mentions one, is not a PDF.
    private static bool IsPdf(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, HeadLength)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        return head.TrimStart("\0\t\n\f\r "u8).StartsWith("%PDF-"u8);
    }
}
