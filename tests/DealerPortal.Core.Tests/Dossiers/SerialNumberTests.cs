using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

public class SerialNumberTests
{
    [Theory]
    [InlineData("0a2b3c4d5e6f7g8", "0A2B3C4D5E6F7G8", new SerialWarning[0])]
    [InlineData(" 0A2B 3C4D 5E6 ", "0A2B3C4D5E6", new SerialWarning[0])]
    [InlineData("0A2B3C4D5E", "0A2B3C4D5E", new[] { SerialWarning.UnusualLength })]
    [InlineData("X", "X", new[] { SerialWarning.UnusualLength })]
    [InlineData("OA2B3C4D5E6", "OA2B3C4D5E6", new[] { SerialWarning.LetterOOrZero })]
    [InlineData("iA2B3C4D5E6", "IA2B3C4D5E6", new[] { SerialWarning.LetterIOrOne })]
    [InlineData("IO-1/2", "IO-1/2", new[] { SerialWarning.UnusualLength, SerialWarning.LetterOOrZero, SerialWarning.LetterIOrOne })]
    public void TryParse_WhenItMayBeASerial_AcceptsItWithItsDoubts(string typed, string value, SerialWarning[] warnings)
    {
        Assert.True(SerialNumber.TryParse(typed, out var serial));
        Assert.Equal(value, serial.Value);
        Assert.Equal(warnings, serial.Warnings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-/-")]
    [InlineData("0A2B_3C4D")]
    [InlineData("0A2B.3C4D")]
    [InlineData("0A2B3C4D5É6")]
    [InlineData("<script>")]
    public void TryParse_WhenItCannotBeOne_Refuses(string? typed)
    {
        Assert.False(SerialNumber.TryParse(typed, out var serial));
        Assert.Equal("", serial.Value);
    }

    [Theory]
    [InlineData(SerialNumber.MaxLength, true)]
    [InlineData(SerialNumber.MaxLength + 1, false)]
    public void TryParse_AcceptsUpToTheMaximumLength(int length, bool accepted) =>
        Assert.Equal(accepted, SerialNumber.TryParse(new string('A', length), out _));
}
