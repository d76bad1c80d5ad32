using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

public class ImeiTests
{
    [Theory]
    [InlineData("490154203237518")]
    [InlineData("49-015420-323751-8")]
    [InlineData(" 49 015420 323751 8 ")]
    [InlineData("49015420/323751/8")]
    public void TryParse_WhenTheCheckDigitIsRight_GivesTheDigits(string typed)
    {
        Assert.True(Imei.TryParse(typed, out var imei));
        Assert.Equal("490154203237518", imei.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("490154203237517")]
    [InlineData("49015420323751")]
    [InlineData("4901542032375180")]
    [InlineData("000000000000000")]
    [InlineData("49015420323751A")]
    [InlineData("４９０１５４２０３２３７５１８")]
    public void TryParse_WhenItIsNone_Refuses(string? typed)
    {
        Assert.False(Imei.TryParse(typed, out var imei));
        Assert.Equal("", imei.Value);
    }
}
