using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

public class DossierNumberTests
{
    [Theory]
    [InlineData(2026, 1234, "26-0001234-2")]
    [InlineData(2026, 1187, "26-0001187-6")]
    [InlineData(2026, 1203, "26-0001203-7")]
    [InlineData(2026, 1228, "26-0001228-7")]
    [InlineData(2026, 1198, "26-0001198-9")]
    [InlineData(2026, 1176, "26-0001176-0")]
    public void Format_WritesYearSequenceAndCheckDigit(int year, long sequence, string number)
    {
        Assert.Equal(number, DossierNumber.Format(year, sequence));
        Assert.Equal(DossierNumber.Length, number.Length);
    }

    [Theory]
    [InlineData(2100, 1, "00-0000001-")]
    [InlineData(2009, 9_999_999, "09-9999999-")]
    [InlineData(2026, 10_000_000, "26-10000000-")]
    [InlineData(2026, DossierNumber.MaxSequence, "26-99999999999-")]
    public void Format_WhenTheSequenceGrows_KeepsToTheMaximumLengthAndIsReadBack(int year, long sequence, string start)
    {
        var number = DossierNumber.Format(year, sequence);
        Assert.StartsWith(start, number, StringComparison.Ordinal);
        Assert.True(number.Length <= DossierNumber.MaxLength);
        Assert.True(DossierNumber.TryParse(number, out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData(2026, 0)]
    [InlineData(2026, -1)]
    [InlineData(2026, DossierNumber.MaxSequence + 1)]
    [InlineData(-1, 1)]
    public void Format_WhenOutOfRange_Throws(int year, long sequence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DossierNumber.Format(year, sequence));

    [Theory]
    [InlineData("26-0001234-2")]
    [InlineData("2600012342")]
    [InlineData(" 26 0001234 2 ")]
    [InlineData("26 000 12 34-2")]
    [InlineData("26–0001234—2")]
    public void TryParse_IsTolerantOfSpacesAndDashes(string typed)
    {
        Assert.True(DossierNumber.TryParse(typed, out var number));
        Assert.Equal("26-0001234-2", number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("26-0001234")]
    [InlineData("26-0001234-3")]
    [InlineData("26-0001243-2")]
    [InlineData("26-0001234-22")]
    [InlineData("26-00001234-2")]
    [InlineData("26-1234-2")]
    [InlineData("2G-0001234-2")]
    [InlineData("26-0001234-2; --")]
    public void TryParse_WhenItIsNoNumberOfOurs_Refuses(string? typed)
    {
        Assert.False(DossierNumber.TryParse(typed, out var number));
        Assert.Equal("", number);
    }

    [Fact]
    public void TryParse_WhenOneDigitIsWrong_Refuses()
    {
        const string Right = "2600012342";
        for (var i = 0; i < Right.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                Assert.Equal(digit == Right[i], DossierNumber.TryParse(Right[..i] + digit + Right[(i + 1)..], out _));
            }
        }
    }
}
