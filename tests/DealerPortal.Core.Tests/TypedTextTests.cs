namespace DealerPortal.Core.Tests;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" \r\n\t\u00A0", "")]
    [InlineData("Jean", "Jean")]
    [InlineData("  Jean   Exemple ", "Jean Exemple")]
    [InlineData("Jean\r\nBcc: x@y.example", "Jean Bcc: x@y.example")]
    [InlineData("Jean\u0000\u0007\u2028Exemple", "Jean Exemple")]
    [InlineData("abc\u202Edef\u200B", "abcdef")]
    [InlineData("Zoe\u0301", "Zoé")]
    [InlineData("شركة العرض", "شركة العرض")]
    [InlineData("Vélo 🚲 SRL", "Vélo 🚲 SRL")]
    [InlineData("<b>&\"'", "<b>&\"'")]
    public void SingleLine_IsOneLineAndOtherwiseAsTyped(string? typed, string expected) => Assert.Equal(expected, TypedText.SingleLine(typed));

    [Fact]
    public void SingleLine_WhenHalfOfAPairIsLeft_DoesNotThrow() => Assert.Equal("a\uFFFDb", TypedText.SingleLine("a\uD800b"));
}
