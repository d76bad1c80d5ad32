using System.Globalization;
using System.Text;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace DealerPortal.Web.Features.Shared;

/// <summary>A QR code (ISO/IEC 18004), one unit per module, with its quiet zone.</summary>
/// <param name="Path">The dark modules as the data of an SVG path.</param>
/// <param name="Size">Of a side, in modules.</param>
public sealed record QrCode(string Path, int Size)
{
    public static QrCode Of(string text)
    {
        var modules = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, new Dictionary<EncodeHintType, object> { [EncodeHintType.CHARACTER_SET] = "UTF-8" });
        var path = new StringBuilder();
        for (var y = 0; y < modules.Height; y++)
            AddRow(path, modules, y);
        return new QrCode(path.ToString(), modules.Width);
    }

    private static void AddRow(StringBuilder path, BitMatrix modules, int y)
    {
        for (var x = 0; x < modules.Width; x++)
        {
            var from = x;
            while (x < modules.Width && modules[x, y])
                x++;
            if (x > from)
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
        }
    }
}
