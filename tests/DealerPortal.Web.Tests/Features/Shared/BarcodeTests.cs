using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Shared;
using ZXing.Common;
using ZXing.OneD;

namespace DealerPortal.Web.Tests.Features.Shared;

public sealed class BarcodeTests
{
    private const int QuietZone = 10;

    /// <summary>Written down from the tables of ISO/IEC 15417: start, values, check value (modulo 103), stop.</summary>
    [Theory]
    [InlineData("A", "11010010000" + "10100011000" + "10001011000" + "1100011101011")]
    [InlineData("123456", "11010011100" + "10110011100" + "10001011000" + "11100010110" + "10001101110" + "1100011101011")]
    public void Of_DrawsWhatTheStandardSays(string text, string modules) =>
        Assert.Equal(modules, string.Concat(ModulesOf(Barcode.Of(text)).Skip(QuietZone).SkipLast(QuietZone).Select(dark => dark ? '1' : '0')));

    [Theory]
    [InlineData(2026, 1)]
    [InlineData(2026, 1234)]
    [InlineData(2031, 9_999_999)]
    public void Of_ADossierNumber_IsReadBack(int year, long sequence)
    {
        var number = DossierNumber.Format(year, sequence);
        var modules = ModulesOf(Barcode.Of(number));
        var row = new BitArray(modules.Length);
        for (var at = 0; at < modules.Length; at++)
            row[at] = modules[at];

        Assert.Equal(number, new Code128Reader().decodeRow(0, row, null)?.Text);
        Assert.DoesNotContain(true, modules[..QuietZone]);
        Assert.DoesNotContain(true, modules[^QuietZone..]);
    }

    /// <summary>The path, drawn.</summary>
    private static bool[] ModulesOf(Barcode barcode)
    {
        var modules = new bool[barcode.Width];
        foreach (var bar in barcode.Path.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var from = int.Parse(bar.Split(' ')[0], CultureInfo.InvariantCulture);
            var width = int.Parse(bar.Split('h')[1].Split('v')[0], CultureInfo.InvariantCulture);
            Assert.Equal($"{from} 0h{width}v{Barcode.Height}h-{width}z", bar);
            Array.Fill(modules, true, from, width);
        }

        return modules;
    }
}
