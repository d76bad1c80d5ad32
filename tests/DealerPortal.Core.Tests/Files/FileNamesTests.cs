using System.Text;
using DealerPortal.Core.Files;

namespace DealerPortal.Core.Tests.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("plate.heic", "plate.jpg")]
    [InlineData("plaque signalétique.JPEG", "plaque signalétique.jpg")]
    [InlineData("../../etc/passwd", "passwd.jpg")]
    [InlineData(@"C:\Users\demo\Pictures\photo.png", "photo.jpg")]
    [InlineData("..", "photo.jpg")]
    [InlineData("...", "photo.jpg")]
    [InlineData("", "photo.jpg")]
    [InlineData(null, "photo.jpg")]
    [InlineData("dir/", "photo.jpg")]
    [InlineData(".htaccess", "htaccess.jpg")]
    [InlineData(".jpg", "photo.jpg")]
    [InlineData("CON", "_CON.jpg")]
    [InlineData("con.png", "_con.jpg")]
    [InlineData("LPT1.tar.gz", "_LPT1.tar.jpg")]
    [InlineData("CONSOLE.png", "CONSOLE.jpg")]
    [InlineData("photo\u202Egpj.exe", "photogpj.jpg")]
    [InlineData("a\u2066b\u2069.jpg", "ab.jpg")]
    [InlineData("a\0b\r\nSet-Cookie: x=1.jpg", "ab Set-Cookie_ x=1.jpg")]
    [InlineData("tab\there.jpg", "tab here.jpg")]
    [InlineData("lave-linge 🧺.jpg", "lave-linge 🧺.jpg")]
    [InlineData("👩‍🔧.jpg", "👩‍🔧.jpg")]
    [InlineData("lone\uD83D.jpg", "lone.jpg")]
    [InlineData("e\u0301te\u0301.jpg", "été.jpg")]
    [InlineData("صورة.jpg", "صورة.jpg")]
    [InlineData("İstanbul ß.jpg", "İstanbul ß.jpg")]
    [InlineData("a.jpg.exe", "a.jpg")]
    [InlineData("invoice.pdf.jpg", "invoice.jpg")]
    [InlineData("photo", "photo.jpg")]
    [InlineData("Facture 12.03.2026", "Facture 12.03.2026.jpg")]
    [InlineData("a.jpg. . ", "a.jpg")]
    [InlineData("<img src=x onerror=\"alert(1)\">.jpg", "_img src=x onerror=_alert(1)__.jpg")]
    [InlineData("what?*|:.jpg", "what____.jpg")]
    public void Clean_MakesTheNameSafe(string? name, string expected) =>
        Assert.Equal(expected, FileNames.Clean(name, FileKind.Jpeg));

    [Theory]
    [InlineData("scan.jpg", FileKind.Pdf, "scan.pdf")]
    [InlineData("", FileKind.Pdf, "document.pdf")]
    [InlineData("drawing.jpg", FileKind.Png, "drawing.png")]
    public void Clean_GivesTheExtensionOfTheKind(string name, FileKind kind, string expected) =>
        Assert.Equal(expected, FileNames.Clean(name, kind));

    [Fact]
    public void Clean_WhenTheNameIsLong_CutsBetweenCharacters()
    {
        Assert.Equal(new string('é', 115) + ".jpg", FileNames.Clean(new string('é', 300) + ".jpg", FileKind.Jpeg));

        var families = FileNames.Clean(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 40)), FileKind.Jpeg);
        Assert.Equal(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 14)) + ".jpg", families);
        Assert.InRange(families.Length, 1, FileLimits.MaxNameLength);
    }

    [Fact]
    public void Clean_WhenTheNameIsHuge_IsStillBounded()
    {
        Assert.InRange(FileNames.Clean(new string('.', 1_000_000), FileKind.Pdf).Length, 1, FileLimits.MaxNameLength);
        Assert.Equal("photo.jpg", FileNames.Clean("a" + new string('\u0301', 100_000), FileKind.Jpeg));
    }

    [Fact]
    public void Clean_WhenTheNameIsAnything_IsStableAndNormalised()
    {
        var random = new Random(42);
        for (var round = 0; round < 2000; round++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(char.MaxValue + 1)));

            var clean = FileNames.Clean(name, FileKind.Png);

            Assert.InRange(clean.Length, 5, FileLimits.MaxNameLength);
            Assert.True(clean.IsNormalized(NormalizationForm.FormC));
            Assert.DoesNotContain(clean, c => char.IsControl(c) || c is '/' or '\\');
            Assert.Equal(clean, FileNames.Clean(clean, FileKind.Png));
        }
    }
}
