using System.Globalization;
using System.Text;
using ImageMagick;

namespace DealerPortal.EndToEndTests;

/// <summary>A code as printed on a device: rows of modules, drawn once by another program than the one that reads them.</summary>
public sealed class Label
{
    public const string Serial = "7D6M5AB1800045N";
    public const string BoxNumber = "2001234567893";
    public const string Imei = "352099001761481";
    public const string Model = "GM-A14";

    private const int Width = 640;
    private const int Height = 480;
    private const int BarHeight = 200;
    private const byte White = 235;
    private const byte Black = 16;

    private readonly string[] _rows;
    private readonly int _scale;

    private Label(int scale, string[] rows) => (_scale, _rows) = (scale, rows);

    public static Label Blank { get; } = new(1, ["0"]);

    /// <summary>The serial number.</summary>
    public static Label Code128 { get; } = new(3, ["110100100001110110111010110001000110011101001011101100011011100100101000110001000101100010011100110101110111101010011110011011001100101110110001011110111010111000110100011011101100011101011"]);

    /// <summary>The box number.</summary>
    public static Label Ean13 { get; } = new(5, ["10100011010001101011001100110110111101001110101010100111010100001000100100100011101001000010101"]);

    /// <summary>«S/N: 7D6M5AB1800045N; MODEL: GM-A14».</summary>
    public static Label QrCode { get; } = new(12, Rows(29, "1FC96F7F 10450341 17412F5D 1755405D 1747475D 1056D041 1FD5557F 001D8100 0C487F68 1E22B1FF 12798C99 0A26D3EE 1C7A480F 0F1B2964 08DA912F 14313848 1B6A8BF9 002C412E 1B55ECD5 03998DE9 1CECB1F6 0015651D 1FC87D51 10450517 17413DF5 1747D620 17545E07 10577891 1FCF1C57"));

    /// <summary>The IMEI.</summary>
    public static Label DataMatrix { get; } = new(20, Rows(14, "2AAA 351D 2A44 392B 29C8 3EAF 2FEE 366D 3054 2F2D 2EDE 3BE7 2548 3FFF"));

    /// <summary>Two frames of YUV4MPEG2, which a browser plays again and again.</summary>
    public byte[] ToVideo()
    {
        byte[] colours = [.. Enumerable.Repeat((byte)128, Width * Height / 2)];
        byte[] frame = [.. "FRAME\n"u8, .. Pixels(), .. colours];
        return [.. Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F30:1 Ip A1:1 C420jpeg\n"), .. frame, .. frame];
    }

    public byte[] ToPhoto()
    {
        using var image = new MagickImage(Pixels(), new PixelReadSettings(Width, Height, StorageType.Char, "R")) { Format = MagickFormat.Jpeg };
        return image.ToByteArray();
    }

    private static string[] Rows(int width, string hex) =>
        [.. hex.Split(' ').Select(row => Convert.ToString(int.Parse(row, NumberStyles.HexNumber, CultureInfo.InvariantCulture), 2).PadLeft(width, '0'))];

    private byte[] Pixels()
    {
        byte[] pixels = [.. Enumerable.Repeat(White, Width * Height)];
        var isBars = _rows.Length == 1;
        var (width, height) = (_rows[0].Length * _scale, isBars ? BarHeight : _rows.Length * _scale);
        var (left, top) = ((Width - width) / 2, (Height - height) / 2);
        for (var y = 0; y < height; y++)
        {
            var row = _rows[isBars ? 0 : y / _scale];
            for (var x = 0; x < width; x++)
            {
                if (row[x / _scale] == '1')
                    pixels[((top + y) * Width) + left + x] = Black;
            }
        }

        return pixels;
    }
}
