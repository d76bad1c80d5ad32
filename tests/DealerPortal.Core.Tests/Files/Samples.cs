using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ImageMagick;

namespace DealerPortal.Core.Tests.Files;

/// <summary>Files as dealers and attackers send them, made here so that none has to be checked in (HEIC excepted).</summary>
internal static class Samples
{
    /// <summary>320 × 200, rotated by a quarter in its container, with EXIF that says so again and holds a GPS position.</summary>
    public static byte[] RotatedHeic() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "rotated-drawing.heic"));

    /// <summary>Blue with an orange upper left quarter: shows which way up a picture is.</summary>
    public static MagickImage Drawing(uint width = 320, uint height = 200)
    {
        var image = new MagickImage(MagickColors.SteelBlue, width, height);
        using var quarter = new MagickImage(MagickColors.Orange, width / 2, height / 2);
        image.Composite(quarter, 0, 0, CompositeOperator.Over);
        return image;
    }

    public static byte[] Encoded(MagickFormat format, uint width = 320, uint height = 200, Action<MagickImage>? change = null)
    {
        using var image = Drawing(width, height);
        change?.Invoke(image);
        return image.ToByteArray(format);
    }

    public static byte[] JpegWithGps() => Encoded(MagickFormat.Jpeg, change: image =>
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Make, "Demo camera");
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        exif.SetValue(ExifTag.GPSLatitudeRef, "N");
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(50), new Rational(51), new Rational(0)]);
        image.SetProfile(exif);
        image.Orientation = Orientation.RightTop;
        image.Comment = "demo comment";
    });

    /// <summary>A valid PNG header and a short deflate stream: what a decompression bomb looks like before decoding.</summary>
    public static byte[] PngBomb(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;

        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var rows = new byte[width * 3 + 1];
            for (var i = 0; i < Math.Min(height, 1000); i++)
                deflate.Write(rows);
        }

        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. PngChunk("IHDR", header), .. PngChunk("IDAT", data.ToArray()), .. PngChunk("IEND", [])];
    }

    public static byte[] PngChunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    public static byte[] Zip(string entry, byte[] content, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry(entry, level).Open();
            stream.Write(content);
        }

        return buffer.ToArray();
    }

    /// <param name="trailer">Entries added to the trailer's dictionary.</param>
    public static byte[] Pdf(string trailer = "", string body = "") => Encoding.Latin1.GetBytes(
        "%PDF-1.4\n%\u00e2\u00e3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
        + body + "xref\n0 1\n0000000000 65535 f \n"
        + $"trailer\n<< /Size 3 /Root 1 0 R {trailer} >>\nstartxref\n120\n%%EOF\n");

    public static byte[] PdfWithXrefStream(string entries) => Encoding.Latin1.GetBytes(
        "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        + $"7 0 obj\n<</Type/XRef/W[1 2 1]/Size 8/Root 1 0 R{entries}/Length 4>>stream\n\u0001\u0002\u0003\u0004\nendstream\nendobj\nstartxref\n65\n%%EOF");

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
