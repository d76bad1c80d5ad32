using DealerPortal.Core.Catalogue;

namespace DealerPortal.Core.Tests.Catalogue;

public class ModelCodeTests
{
    [Theory]
    [InlineData("LW90T554/BE", "LW90T554/BE", "LW90T554")]
    [InlineData("  lw90t554 / be ", "LW90T554/BE", "LW90T554")]
    [InlineData("LW90 T554", "LW90T554", "LW90T554")]
    [InlineData("lw\u201190-t\u200B554/S2", "LW-90-T554/S2", "LW-90-T554")]
    [InlineData("A1", "A1", "A1")]
    [InlineData("-1", "-1", "-1")]
    public void TryParse_WhenItIsAModelCode_GivesOneSpellingAndItsKey(string typed, string value, string key)
    {
        Assert.True(ModelCode.TryParse(typed, out var code));
        Assert.Equal(value, code.Value);
        Assert.Equal(key, code.Key);
        Assert.Equal(key, ModelCode.KeyOf(typed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("A")]
    [InlineData("--")]
    [InlineData("LW90/")]
    [InlineData("/BE")]
    [InlineData("LW90/BELUX")]
    [InlineData("LW90/B-E")]
    [InlineData("LW90/BE/S2")]
    [InlineData("LW90_T554")]
    [InlineData("LW90é")]
    [InlineData("lw90ı")]
    [InlineData("A1234567890123456789012345678901234567890")]
    public void TryParse_WhenItIsNone_Refuses(string? typed)
    {
        Assert.False(ModelCode.TryParse(typed, out var code));
        Assert.Equal("", code.Value + code.Key);
    }

    [Fact]
    public void TryParse_WhenItIsTheLongest_FitsMaxLength()
    {
        Assert.True(ModelCode.TryParse(new string('A', 40) + "/BELU", out var code));
        Assert.True(code.Value.Length <= ModelCode.MaxLength);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("l", "L")]
    [InlineData("lw 90", "LW90")]
    [InlineData("lw90_%", "LW90")]
    [InlineData("lw90/b", "LW90")]
    [InlineData("\ud83d\ude00 lw\ud800", "LW")]
    public void KeyOf_WhenItIsHalfACode_KeepsWhatCanStandInAKey(string? typed, string key) => Assert.Equal(key, ModelCode.KeyOf(typed));

    [Fact]
    public void KeyOf_WhenItIsFarTooLong_IsCut() => Assert.Equal(new string('A', ModelCode.MaxLength), ModelCode.KeyOf(new string('a', 100_000)));
}
