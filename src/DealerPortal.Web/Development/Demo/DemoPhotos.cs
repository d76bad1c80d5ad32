using DealerPortal.Core.Files;
using ImageMagick;
using ImageMagick.Drawing;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Drawings instead of photos, taken in like any upload.</summary>
internal static class DemoPhotos
{
    private static readonly string[] Names = ["plaque-signaletique.jpg", "facade.jpg", "typeplaatje.jpg", "voorkant.jpg", "detail.jpg", "affichage.jpg"];

    /// <summary>Photos in the store, each under a key of its own.</summary>
    public static async Task<IReadOnlyList<StoredPhoto>> StoreAsync(FileIntake intake, IFileStore store, CancellationToken ct)
    {
        var photos = new List<StoredPhoto>();
        for (var i = 0; i < Names.Length; i++)
        {
            using var drawing = new MemoryStream(Draw(i));
            if (await intake.AcceptAsync(drawing, Names[i], ct) is not IntakeResult.Accepted { File: var file })
                throw new InvalidOperationException("A demo photo was refused.");
            var key = FileKeys.New();
            var thumbnailKey = FileKeys.New();
            using var content = new MemoryStream(file.Content);
            await store.WriteAsync(key, content, ct);
            using var thumbnail = new MemoryStream(file.Thumbnail!);
            await store.WriteAsync(thumbnailKey, thumbnail, ct);
            photos.Add(new StoredPhoto(file, key, thumbnailKey));
        }

        return photos;
    }

    /// <summary>A front with a round door, or a plate with lines, in one of a few greys.</summary>
    private static byte[] Draw(int number)
    {
        var shade = (byte)(205 + (number * 8));
        using var image = new MagickImage(new MagickColor((byte)70, (byte)88, (byte)104), 960, 720);
        var front = new Drawables().FillColor(new MagickColor(shade, shade, shade)).RoundRectangle(240, 60, 720, 690, 24, 24);
        if (number % 2 == 1)
        {
            front.FillColor(new MagickColor((byte)150, (byte)158, (byte)166)).Circle(480, 410, 480, 590)
                .FillColor(new MagickColor((byte)52, (byte)60, (byte)70)).Circle(480, 410, 480, 545)
                .FillColor(new MagickColor((byte)30, (byte)110, (byte)160)).Rectangle(560, 100, 680, 150);
        }
        else
        {
            front.FillColor(new MagickColor((byte)60, (byte)64, (byte)70));
            for (var line = 0; line < 9; line++)
                front.Rectangle(290, 130 + (line * 60), 420 + (line * 53 % 210), 148 + (line * 60));
        }

        front.Draw(image);
        image.Quality = 80;
        return image.ToByteArray(MagickFormat.Jpeg);
    }
}

internal sealed record StoredPhoto(ProcessedFile File, string Key, string ThumbnailKey);
