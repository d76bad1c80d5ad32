using System.Globalization;
using System.Text;
using ZXing.OneD;

namespace DealerPortal.Web.Features.Shared;

/// <summary>A Code 128 (ISO/IEC 15417), one unit per module, with its quiet zones.</summary>
/// <param name="Path">The bars as the data of an SVG path, from the top to <see cref="Height"/>.</param>
/// <param name="Width">In modules.</param>
public sealed record Barcode(string Path, int Width)
{
    public const int Height = 40;

    /// <summary>What the standard asks to be left white on either side.</summary>
    private const int QuietZone = 10;

    /// <exception cref="ArgumentException">Empty, longer than 80 characters, or outside of Latin-1.</exception>
    public static Barcode Of(string text)
    {
        var modules = new Code128Writer().encode(text);
        var path = new StringBuilder();
        for (var at = 0; at < modules.Length;)
        {
            var width = modules.AsSpan(at).IndexOf(!modules[at]);
            if (width < 0)
                width = modules.Length - at;
            if (modules[at])
                path.Append(CultureInfo.InvariantCulture, $"M{at + QuietZone} 0h{width}v{Height}h-{width}z");
            at += width;
        }

        return new Barcode(path.ToString(), modules.Length + (2 * QuietZone));
    }
}
