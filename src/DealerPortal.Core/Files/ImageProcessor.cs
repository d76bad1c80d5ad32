using ImageMagick;

namespace DealerPortal.Core.Files;

/// <summary>
/// Decodes an image within bounds and writes it anew. The decoder is told the format that the bytes showed, so that none
/// of the many others it knows can be reached.
/// </summary>
internal static class ImageProcessor
{
    private const int JpegQuality = 85;
    private const int ThumbnailQuality = 80;

    // A progressive picture takes about ten scans; every further one is a whole pass over the picture.
    private const int MaxScans = 32;

    private const int JpegBytesPerPixel = 3;

    // A WebP decoder puts out 4 bytes a pixel that are copied into 4 more.
    private const int WebPBytesPerPixel = 8;

    // A second line behind the bounds checked here: whatever a file claims, the decoder stops at these for the whole
    // process. There is no limit on time, because the library counts it from the start of the process.
    static ImageProcessor()
    {
        ResourceLimits.Width = FileLimits.MaxDecodedSide;
        ResourceLimits.Height = FileLimits.MaxDecodedSide;
        ResourceLimits.Memory = (ulong)Environment.ProcessorCount * 256 * 1024 * 1024;
        ResourceLimits.MaxMemoryRequest = 256 * 1024 * 1024;
        ResourceLimits.Disk = 0;
        ResourceLimits.Thread = 1;
    }

    public sealed record Result(FileKind Kind, byte[] Content, byte[] Thumbnail, int Width, int Height);

    /// <exception cref="FileRefusedException">The image is damaged, animated, or larger than can be decoded safely.</exception>
    public static Result Process(FileKind kind, byte[] content)
    {
        try
        {
            using var image = Decode(kind, content);
            return Encode(image, keepPng: kind == FileKind.Png);
        }
        catch (MagickResourceLimitErrorException)
        {
            throw new FileRefusedException(FileRefusal.TooManyPixels);
        }
        catch (MagickException)
        {
            throw new FileRefusedException(FileRefusal.Damaged);
        }
    }

    private static MagickImage Decode(FileKind kind, byte[] content) => kind switch
    {
        FileKind.Jpeg => DecodeJpeg(content),
        FileKind.Png => DecodePng(content),
        FileKind.WebP => DecodeWebP(content),
        FileKind.Heic => DecodeHeic(content),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static MagickImage DecodeJpeg(byte[] content)
    {
        var header = JpegHeader.Read(content);
        if (header.ScanCount > MaxScans)
            throw new FileRefusedException(FileRefusal.Damaged);

        // The decoder itself can put out a half, a quarter or an eighth, at a fraction of time and memory.
        var divisor = 1;
        while (divisor < 8 && Math.Max(header.Width, header.Height) / divisor > FileLimits.MaxStoredSide)
            divisor *= 2;
        var pixels = (long)header.Width * header.Height;
        RequireBounds(header.Width, header.Height, FileLimits.MaxReducedPixels,
            header.CoefficientBytes + pixels / (divisor * divisor) * JpegBytesPerPixel);

        var settings = Settings(MagickFormat.Jpeg);
        if (divisor > 1)
        {
            settings.SetDefine(MagickFormat.Jpeg, "size",
                $"{Math.Max(1, header.Width / divisor)}x{Math.Max(1, header.Height / divisor)}");
        }

        return new MagickImage(content.AsSpan(0, header.Length), settings);
    }

    private static MagickImage DecodePng(byte[] content)
    {
        var png = PngChunks.Read(content);
        RequireBounds(png.Width, png.Height, FileLimits.MaxPixels, (long)png.Width * png.Height * png.BytesPerPixel);
        return new MagickImage(png.Essential.Span, Settings(MagickFormat.Png));
    }

    private static MagickImage DecodeWebP(byte[] content)
    {
        // The extended header has a bit for animations, which may hold any number of whole pictures.
        if (content.Length > 20 && content.AsSpan(12, 4).SequenceEqual("VP8X"u8) && (content[20] & 0x02) != 0)
            throw new FileRefusedException(FileRefusal.UnknownType);

        var settings = Settings(MagickFormat.WebP);
        var info = new MagickImageInfo(content, settings);
        RequireBounds(info.Width, info.Height, FileLimits.MaxPixels, (long)info.Width * info.Height * WebPBytesPerPixel);
        return new MagickImage(content, settings);
    }

    private static MagickImage DecodeHeic(byte[] content)
    {
        // The decoder paints over what is missing; the boxes of a whole file add up to its length.
        if (!HeicBoxes.AreWhole(content))
            throw new FileRefusedException(FileRefusal.Damaged);

        var settings = Settings(MagickFormat.Heic);
        var info = new MagickImageInfo(content, settings);
        RequireBounds(info.Width, info.Height, FileLimits.MaxHeicPixels, 0);
        return new MagickImage(content, settings);
    }

    private static MagickReadSettings Settings(MagickFormat format) => new() { Format = format, FrameIndex = 0, FrameCount = 1 };

    private static void RequireBounds(long width, long height, long maxPixels, long decodedBytes)
    {
        if (width > FileLimits.MaxDecodedSide || height > FileLimits.MaxDecodedSide
            || width * height > maxPixels || decodedBytes > FileLimits.MaxDecodedBytes)
        {
            throw new FileRefusedException(FileRefusal.TooManyPixels);
        }
    }

    private static Result Encode(MagickImage image, bool keepPng)
    {
        // Scale goes row by row; the finer filters would take seconds on a large picture.
        if (Math.Max(image.Width, image.Height) > FileLimits.MaxStoredSide)
            image.Scale(new MagickGeometry(FileLimits.MaxStoredSide, FileLimits.MaxStoredSide));
        image.AutoOrient();
        image.Strip();
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
            image.ColorSpace = ColorSpace.sRGB;

        var (width, height) = ((int)image.Width, (int)image.Height);
        var kind = FileKind.Jpeg;
        byte[]? content = null;
        if (keepPng)
        {
            // Level 1 takes a quarter of the time of the default for a few per cent more bytes. Noise in a PNG can
            // still outgrow the limit for files; then it is no drawing and loses nothing as a JPEG.
            image.Settings.SetDefine(MagickFormat.Png, "compression-level", "1");
            content = image.ToByteArray(MagickFormat.Png);
            kind = content.Length <= FileLimits.MaxBytes ? FileKind.Png : FileKind.Jpeg;
        }

        // WebP becomes JPEG too: every mail program, printer and back office opens one, and it is written ten times as fast.
        if (content is null || kind == FileKind.Jpeg)
        {
            PutOnWhite(image);
            image.Quality = JpegQuality;
            content = image.ToByteArray(MagickFormat.Jpeg);
        }

        image.Thumbnail(FileLimits.ThumbnailSide, FileLimits.ThumbnailSide);
        PutOnWhite(image);
        image.Quality = ThumbnailQuality;
        return new Result(kind, content, image.ToByteArray(MagickFormat.Jpeg), width, height);
    }

    // JPEG knows no transparency. It takes a copy of the picture: done as late, on as small a picture, as possible.
    private static void PutOnWhite(MagickImage image)
    {
        if (!image.HasAlpha)
            return;
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaAction.Remove);
    }
}
