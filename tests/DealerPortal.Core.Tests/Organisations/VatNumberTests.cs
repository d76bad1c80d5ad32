using DealerPortal.Core.Organisations;

namespace DealerPortal.Core.Tests.Organisations;

public class VatNumberTests
{
    [Theory]
    [InlineData("BE0999000129", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData("be 0999.000.129", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData(" BE-0999-000-129 ", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData("BE\u00A00999\u2011000\u2011129\u200E", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData("0999000129", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData("999.000.129", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData("BE 999 000 129", "BE0999000129", "BE 0999.000.129", "BE")]
    [InlineData("1000000021", "BE1000000021", "BE 1000.000.021", "BE")]
    [InlineData("lu 10000053", "LU10000053", "LU 10000053", "LU")]
    [InlineData("LU-100.000.53", "LU10000053", "LU 10000053", "LU")]
    public void TryParse_WhenTheCheckDigitsAreRight_GivesOneSpelling(string typed, string value, string display, string country)
    {
        Assert.True(VatNumber.TryParse(typed, out var vat));
        Assert.Equal(value, vat.Value);
        Assert.Equal(display, vat.Display);
        Assert.Equal(country, vat.Country);
        Assert.True(vat.Value.Length <= VatNumber.MaxLength);
        Assert.True(VatNumber.TryParse(vat.Display, out var again));
        Assert.Equal(vat, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("BE")]
    [InlineData("BE0999000128")]
    [InlineData("BE0999000219")]
    [InlineData("BE2999000172")]
    [InlineData("BE0000000097")]
    [InlineData("BE09990001290")]
    [InlineData("BE09990001")]
    [InlineData("LU10000054")]
    [InlineData("LU00000000")]
    [InlineData("LU1000005")]
    [InlineData("10000053")]
    [InlineData("FR40303265045")]
    [InlineData("NL0999000129")]
    [InlineData("B0999000129")]
    [InlineData("BE０９９９０００１２９")]
    [InlineData("BE09990O0129")]
    [InlineData("BE0999000129/1")]
    public void TryParse_WhenItIsNoSuchNumber_Refuses(string? typed)
    {
        Assert.False(VatNumber.TryParse(typed, out var vat));
        Assert.Equal(default, vat);
        Assert.Equal("", vat.Value + vat.Display + vat.Country);
    }

    [Fact]
    public void TryParse_WhenAnySingleDigitIsWrong_Refuses()
    {
        foreach (var right in new[] { "BE0999000129", "LU10000053" })
        {
            for (var i = 2; i < right.Length; i++)
            {
                for (var digit = '0'; digit <= '9'; digit++)
                {
                    var typed = right[..i] + digit + right[(i + 1)..];
                    Assert.Equal(digit == right[i], VatNumber.TryParse(typed, out _));
                }
            }
        }
    }
}
