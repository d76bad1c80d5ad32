using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DealerPortal.Core.Files;
using ImageMagick;

namespace DealerPortal.Core.Tests.Files;

public sealed class FileIntakeTests : IDisposable
{
    private readonly FileIntake intake = new();

    public void Dispose() => intake.Dispose();

    [Fact]
    public async Task Accept_WhenAJpegHasExifAndGps_KeepsOnlyThePixelsTheRightWayUp()
    {
        var file = await Accepted(Samples.JpegWithGps(), "IMG 1.JPG");

        Assert.Equal((FileKind.Jpeg, "image/jpeg", "IMG 1.jpg"), (file.Kind, file.ContentType, file.FileName));
        Assert.Equal((200, 320), (file.Width, file.Height));
        using var image = new MagickImage(file.Content);
        Assert.Equal((200u, 320u), (image.Width, image.Height));
        AssertOnlyPixels(image);
        AssertOrangeIsAtTheUpperRight(image);
        Assert.DoesNotContain("Demo camera", Encoding.Latin1.GetString(file.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("demo comment", Encoding.Latin1.GetString(file.Content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_WhenAHeicIsRotated_MakesAJpegTheRightWayUpWithoutExif()
    {
        var file = await Accepted(Samples.RotatedHeic(), "plate.heic");

        Assert.Equal((FileKind.Jpeg, "image/jpeg", "plate.jpg"), (file.Kind, file.ContentType, file.FileName));
        Assert.Equal(FileKind.Jpeg, FileInspector.Detect(file.Content));
        using var image = new MagickImage(file.Content);
        Assert.Equal((200u, 320u), (image.Width, image.Height));
        AssertOnlyPixels(image);
        AssertOrangeIsAtTheUpperRight(image);
    }

    [Fact]
    public async Task Accept_DescribesWhatIsStored()
    {
        var file = await Accepted(Samples.Encoded(MagickFormat.Png), "a.png");

        Assert.Equal(file.Content.Length, file.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Content)), file.Sha256Hex);
    }

    [Theory]
    [InlineData(MagickFormat.Jpeg, FileKind.Jpeg)]
    [InlineData(MagickFormat.Png, FileKind.Png)]
    [InlineData(MagickFormat.WebP, FileKind.Jpeg)]
    public async Task Accept_WhenAnImageIsLarge_ReducesItAndMakesAThumbnail(MagickFormat format, FileKind expected)
    {
        var file = await Accepted(Samples.Encoded(format, 4800, 1200), "wide");

        Assert.Equal(expected, file.Kind);
        Assert.Equal(expected, FileInspector.Detect(file.Content));
        using var image = new MagickImage(file.Content);
        Assert.Equal((file.Width, file.Height), ((int)image.Width, (int)image.Height));
        Assert.InRange(image.Width, 2048u, 4096u);
        Assert.InRange((double)image.Width / image.Height, 3.99, 4.01);
        using var thumbnail = new MagickImage(file.Thumbnail!);
        Assert.Equal((MagickFormat.Jpeg, 224u, 56u), (thumbnail.Format, thumbnail.Width, thumbnail.Height));
    }

    [Fact]
    public async Task Accept_WhenAPngHasTransparency_KeepsItAndPutsTheThumbnailOnWhite()
    {
        var png = Samples.Encoded(MagickFormat.Png, change: image => image.Transparent(MagickColors.SteelBlue));

        var file = await Accepted(png, "logo.png");

        using var image = new MagickImage(file.Content);
        Assert.True(image.HasAlpha);
        using var thumbnail = new MagickImage(file.Thumbnail!);
        var corner = ColorAt(thumbnail, 0.9, 0.9);
        Assert.True(corner is { R: > 240, G: > 240, B: > 240 }, corner.ToString());
    }

    [Fact]
    public async Task Accept_WhenAPngCarriesTextAndProfiles_DropsThem()
    {
        var png = Samples.Encoded(MagickFormat.Png, change: image =>
        {
            image.Comment = "secret text";
            image.SetProfile(ColorProfiles.SRGB);
        });
        byte[] withTail = [.. png, .. "<script>alert(1)</script>"u8];

        var file = await Accepted(withTail, "a.png");

        using var image = new MagickImage(file.Content);
        AssertOnlyPixels(image);
        Assert.Equal(-1, file.Content.AsSpan().IndexOf("secret text"u8));
        Assert.Equal(-1, file.Content.AsSpan().IndexOf("<script>"u8));
    }

    [Fact]
    public async Task Accept_WhenAJpegIsAlsoAnArchiveAndAScript_KeepsOnlyThePicture()
    {
        byte[] polyglot =
        [
            .. Samples.Encoded(MagickFormat.Jpeg, change: image => image.Comment = "*/=alert(1)/*"),
            .. "<script>alert(1)</script>"u8,
            .. Samples.Zip("evil.exe", "MZ evil"u8.ToArray()),
        ];

        var file = await Accepted(polyglot, "photo.jpg");

        Assert.Equal(FileKind.Jpeg, FileInspector.Detect(file.Content));
        Assert.Equal([0xFF, 0xD9], file.Content[^2..]);
        Assert.Equal(-1, file.Content.AsSpan().IndexOf("alert"u8));
        Assert.Equal(-1, file.Content.AsSpan().IndexOf("evil"u8));
        Assert.Equal(-1, file.Content.AsSpan().IndexOf("PK\u0003\u0004"u8));
    }

    public static TheoryData<string, byte[]> Foreign => new()
    {
        { "svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray() },
        { "svg with a declaration", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray() },
        { "html", "<!doctype html><script>alert(1)</script>"u8.ToArray() },
        { "html that mentions a PDF", "<html>%PDF-1.4 1 0 obj startxref 1 %%EOF"u8.ToArray() },
        { "zip", Samples.Zip("a.txt", "text"u8.ToArray(), CompressionLevel.Fastest) },
        { "zip that stores a PDF", Samples.Zip("a.pdf", Samples.Pdf()) },
        { "exe", [(byte)'M', (byte)'Z', .. new byte[200]] },
        { "gif", Samples.Encoded(MagickFormat.Gif) },
        { "bmp", Samples.Encoded(MagickFormat.Bmp) },
        { "tiff", Samples.Encoded(MagickFormat.Tiff) },
        { "avif", Samples.Encoded(MagickFormat.Avif, 64, 64) },
        { "one byte", [0xFF] },
        { "animated webp", AnimatedWebP() },
        { "script behind an image name", "#!/bin/sh\nexit 0\n"u8.ToArray() },
        { "ImageMagick script", "push graphic-context\nimage over 0,0 0,0 'https://demo.example/'"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Foreign), DisableDiscoveryEnumeration = true)]
    public async Task Accept_WhenTheBytesAreOfNoAcceptedKind_RefusesWhateverTheName(string what, byte[] bytes)
    {
        foreach (var name in new[] { "photo.jpg", "photo.png", "document.pdf", what })
            Assert.Equal(FileRefusal.UnknownType, await Refusal(bytes, name));
    }

    [Theory]
    [InlineData(MagickFormat.Jpeg)]
    [InlineData(MagickFormat.Png)]
    [InlineData(MagickFormat.WebP)]
    public async Task Accept_WhenAnImageIsCutShort_SaysDamaged(MagickFormat format)
    {
        var whole = Samples.Encoded(format, change: image => image.AddNoise(NoiseType.Gaussian, 0.5));

        foreach (var length in new[] { 30, 200, whole.Length / 2, whole.Length - 3 })
            Assert.Equal(FileRefusal.Damaged, await Refusal(whole[..length], "a.jpg"));
    }

    [Fact]
    public async Task Accept_WhenAHeicIsCutShort_SaysDamaged()
    {
        var whole = Samples.RotatedHeic();

        foreach (var length in new[] { 30, 200, whole.Length / 2, whole.Length - 40 })
            Assert.Equal(FileRefusal.Damaged, await Refusal(whole[..length], "a.heic"));
    }

    [Fact]
    public async Task Accept_WhenOnlyTheSignatureIsThatOfAnImage_SaysDamaged()
    {
        byte[] noise = [0xFF, 0xD8, 0xFF, .. new byte[5000], 0xFF, 0xD9];

        Assert.Equal(FileRefusal.Damaged, await Refusal(noise, "a.jpg"));
    }

    [Fact]
    public async Task Accept_WhenRandomBytesOfAnImageAreChanged_NeverThrows()
    {
        var random = new Random(7);
        foreach (var whole in new[]
        {
            Samples.Encoded(MagickFormat.Jpeg), Samples.Encoded(MagickFormat.Jpeg, change: i => i.Settings.Interlace = Interlace.Jpeg),
            Samples.Encoded(MagickFormat.Png), Samples.Encoded(MagickFormat.WebP), Samples.RotatedHeic(),
        })
        {
            for (var round = 0; round < 40; round++)
            {
                var changed = whole.ToArray();
                for (var i = 0; i < 3; i++)
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                Assert.NotNull(await Accept(changed, "a"));
            }
        }
    }

    [Fact]
    public async Task Accept_WhenThereIsNothing_SaysEmpty() =>
        Assert.Equal(FileRefusal.Empty, await Refusal([], "a.jpg"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accept_WhenOneByteOverTheLimit_SaysTooLarge(bool lengthKnown)
    {
        byte[] Padded(int length) => [.. Samples.Pdf(), .. new byte[length - Samples.Pdf().Length]];

        async Task<IntakeResult> Send(int length)
        {
            using var bytes = new MemoryStream(Padded(length));
            using var stream = new BufferedStream(lengthKnown ? bytes : new ForwardOnlyStream(bytes));
            return await intake.AcceptAsync(stream, "a.pdf", CancellationToken.None);
        }

        Assert.Equal(FileRefusal.TooLarge, Assert.IsType<IntakeResult.Refused>(await Send(FileLimits.MaxBytes + 1)).Reason);
        Assert.IsType<IntakeResult.Accepted>(await Send(FileLimits.MaxBytes));
    }

    [Fact]
    public async Task Accept_WhenThereIsNoEnd_StopsReading()
    {
        using var endless = new EndlessPdf();

        var result = await intake.AcceptAsync(endless, "a.pdf", CancellationToken.None);

        Assert.Equal(FileRefusal.TooLarge, Assert.IsType<IntakeResult.Refused>(result).Reason);
        Assert.InRange(endless.BytesRead, FileLimits.MaxBytes, FileLimits.MaxBytes + 200_000);
    }

    [Fact]
    public async Task Accept_WhenAPdfIsFine_StoresItUnchanged()
    {
        var pdf = Samples.Pdf();

        var file = await Accepted(pdf, "Facture 12.03.2026");

        Assert.Equal(pdf, file.Content);
        Assert.Equal((FileKind.Pdf, "application/pdf", "Facture 12.03.2026.pdf"), (file.Kind, file.ContentType, file.FileName));
        Assert.Null(file.Thumbnail);
        Assert.Null(file.Width);
        Assert.Null(file.Height);
    }

    public static TheoryData<string, byte[]> EncryptedPdfs => new()
    {
        { "reference", Samples.Pdf("/Encrypt 5 0 R /ID [<00><00>]") },
        { "dictionary", Samples.Pdf("/Encrypt << /Filter /Standard /V 2 >>") },
        { "no blanks", Samples.Pdf("/Encrypt<</Filter/Standard>>") },
        { "line breaks", Samples.Pdf("/Encrypt\r\n5\r\n0\r\nR") },
        { "escaped name", Samples.Pdf("/#45ncryp#74 5 0 R") },
        { "comment between", Samples.Pdf("/Encrypt % 1\n 5 % 2\n 0 R") },
        { "cross-reference stream", Samples.PdfWithXrefStream("/Encrypt 9 0 R") },
        { "cross-reference stream, direct", Samples.PdfWithXrefStream("/Encrypt<</Filter/Standard/V 5>>") },
        { "earlier revision", Samples.Pdf(body: "trailer\n<< /Encrypt 5 0 R >>\nstartxref\n9\n%%EOF\n") },
    };

    [Theory]
    [MemberData(nameof(EncryptedPdfs), DisableDiscoveryEnumeration = true)]
    public async Task Accept_WhenAPdfIsEncrypted_SaysSo(string what, byte[] pdf) =>
        Assert.True(await Refusal(pdf, "a.pdf") == FileRefusal.EncryptedPdf, what);

    public static TheoryData<string, byte[]> PlainPdfs => new()
    {
        { "cross-reference stream", Samples.PdfWithXrefStream("") },
        { "another name that begins alike", Samples.Pdf("/EncryptMetadata false /Encryption 5 0 R") },
        { "the word in a text", Samples.Pdf(body: "3 0 obj\n(How to /Encrypt a file)\nendobj\n") },
        { "a name as value", Samples.Pdf(body: "3 0 obj\n<< /Action /Encrypt /Next 4 0 R >>\nendobj\n") },
        { "leading blanks and a byte order mark", [0xEF, 0xBB, 0xBF, (byte)'\r', (byte)'\n', .. Samples.Pdf()] },
        { "padding after the end", [.. Samples.Pdf(), .. new byte[3000]] },
    };

    [Theory]
    [MemberData(nameof(PlainPdfs), DisableDiscoveryEnumeration = true)]
    public async Task Accept_WhenAPdfIsOnlyUnusual_TakesIt(string what, byte[] pdf) =>
        Assert.True(await Accept(pdf, "a.pdf") is IntakeResult.Accepted, what);

    [Fact]
    public async Task Accept_WhenAPdfIsCutShort_SaysDamaged()
    {
        var whole = Samples.Pdf();

        Assert.Equal(FileRefusal.Damaged, await Refusal(whole[..(whole.Length / 2)], "a.pdf"));
        Assert.Equal(FileRefusal.Damaged, await Refusal(whole[..^10], "a.pdf"));
        Assert.Equal(FileRefusal.Damaged, await Refusal([.. whole, .. Enumerable.Repeat((byte)'x', 2000)], "a.pdf"));
    }

    [Fact]
    public async Task Accept_WhenManyComeAtOnce_TakesThemAll()
    {
        var jpeg = Samples.JpegWithGps();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Accept(jpeg, $"{i}.jpg")));

        Assert.All(results, result => Assert.IsType<IntakeResult.Accepted>(result));
    }

    [Fact]
    public async Task Accept_WhenCancelled_GivesItsPlaceBack()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        for (var i = 0; i < Environment.ProcessorCount * 2; i++)
        {
            using var stream = new MemoryStream(Samples.Pdf());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => intake.AcceptAsync(stream, "a.pdf", cancelled.Token));
        }

        await Accepted(Samples.Pdf(), "a.pdf");
    }

    private static byte[] AnimatedWebP()
    {
        using var frames = new MagickImageCollection { Samples.Drawing(), new MagickImage(MagickColors.Red, 320, 200) };
        return frames.ToByteArray(MagickFormat.WebP);
    }

    private static void AssertOnlyPixels(MagickImage image)
    {
        Assert.Empty(image.ProfileNames);
        Assert.Null(image.GetExifProfile());
        Assert.True(string.IsNullOrEmpty(image.Comment));
    }

    private static void AssertOrangeIsAtTheUpperRight(MagickImage image)
    {
        var upperRight = ColorAt(image, 0.75, 0.25);
        Assert.True(upperRight.R > 180 && upperRight.B < 90, upperRight.ToString());
        foreach (var (x, y) in new[] { (0.25, 0.25), (0.25, 0.75), (0.75, 0.75) })
        {
            var elsewhere = ColorAt(image, x, y);
            Assert.True(elsewhere.B > elsewhere.R, $"{x} {y} {elsewhere}");
        }
    }

    private static (byte R, byte G, byte B) ColorAt(MagickImage image, double x, double y)
    {
        using var pixels = image.GetPixels();
        var color = pixels.GetPixel((int)(image.Width * x), (int)(image.Height * y)).ToColor()!;
        return (color.R, color.G, color.B);
    }

    private async Task<IntakeResult> Accept(byte[] bytes, string name)
    {
        using var stream = new MemoryStream(bytes);
        return await intake.AcceptAsync(stream, name, CancellationToken.None);
    }

    private async Task<ProcessedFile> Accepted(byte[] bytes, string name) =>
        Assert.IsType<IntakeResult.Accepted>(await Accept(bytes, name)).File;

    private async Task<FileRefusal> Refusal(byte[] bytes, string name) =>
        Assert.IsType<IntakeResult.Refused>(await Accept(bytes, name)).Reason;

    private class ForwardOnlyStream(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush()
        {
        }
    }

    private sealed class EndlessPdf() : ForwardOnlyStream(Null)
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (BytesRead == 0)
                "%PDF-1.7\n"u8.CopyTo(buffer.AsSpan(offset));
            BytesRead += count;
            return count;
        }
    }
}
