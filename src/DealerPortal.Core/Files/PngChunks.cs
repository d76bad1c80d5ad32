using System.Buffers.Binary;

namespace DealerPortal.Core.Files;

/// <summary>
/// What the chunks of a PNG tell before anything is decompressed. Source: PNG specification (ISO/IEC 15948), clause 11.
/// </summary>
/// <param name="BytesPerPixel">In memory: the channels, once more when it is written anew, and for an interlaced picture its rows as well.</param>
/// <param name="Essential">
/// The same picture without its ancillary chunks and without anything behind its end: compressed texts and profiles could
/// expand without bound.
/// </param>
internal sealed record PngChunks(int Width, int Height, int BytesPerPixel, ReadOnlyMemory<byte> Essential)
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12;

    /// <exception cref="FileRefusedException">The chunks make no sense or the file ends before its end chunk.</exception>
    public static PngChunks Read(byte[] png)
    {
        var essential = new MemoryStream(png.Length);
        essential.Write(png, 0, SignatureLength);

        var at = SignatureLength;
        while (true)
        {
            var length = at + ChunkOverhead <= png.Length ? BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at)) : uint.MaxValue;
            if (length > png.Length - at - ChunkOverhead)
                throw new FileRefusedException(FileRefusal.Damaged);

            var type = png.AsSpan(at + 4, 4);
            var whole = ChunkOverhead + (int)length;
            if (type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8)
                || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8))
            {
                essential.Write(png, at, whole);
            }

            if (type.SequenceEqual("IEND"u8))
                break;
            at += whole;
        }

        // The header comes first and has 13 bytes, or this is no PNG.
        var header = png.AsSpan(SignatureLength);
        if (BinaryPrimitives.ReadUInt32BigEndian(header) != 13 || !header[4..8].SequenceEqual("IHDR"u8))
            throw new FileRefusedException(FileRefusal.Damaged);
        var width = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new FileRefusedException(FileRefusal.Damaged);

        var samples = header[17] switch { 0 => 1, 2 => 3, 3 => 4, 4 => 2, _ => 4 };
        var interlaced = header[20] != 0;
        var bytesPerPixel = 2 * samples + (interlaced ? samples * (header[16] == 16 ? 2 : 1) : 0);
        return new PngChunks((int)width, (int)height, bytesPerPixel, essential.GetBuffer().AsMemory(0, (int)essential.Length));
    }
}
