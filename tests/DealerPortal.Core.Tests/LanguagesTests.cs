using System.Globalization;

namespace DealerPortal.Core.Tests;

public class LanguagesTests
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData(" NL ", "nl")]
    [InlineData("de-AT", "de")]
    [InlineData("en_US", "en")]
    [InlineData("it", "fr")]
    [InlineData("french", "fr")]
    [InlineData("nl/../..", "fr")]
    [InlineData("", "fr")]
    [InlineData(null, "fr")]
    public void Normalise_GivesOneOfTheFour(string? language, string expected) => Assert.Equal(expected, Languages.Normalise(language));

    [Theory]
    [InlineData("fr", "fr-BE", "Français")]
    [InlineData("nl", "nl-BE", "Nederlands")]
    [InlineData("de", "de-BE", "Deutsch")]
    [InlineData("en", "en-GB", "English")]
    [InlineData("xx", "fr-BE", "Français")]
    public void CultureOfAndNativeName_FollowTheLanguage(string language, string culture, string name)
    {
        Assert.Equal(culture, Languages.CultureOf(language).Name);
        Assert.Equal(name, Languages.NativeName(language));
    }

    [Fact]
    public void All_HaveACultureOfTheirOwnLanguage() =>
        Assert.All(Languages.All, language => Assert.Equal(language, Languages.CultureOf(language).TwoLetterISOLanguageName));

    [Theory]
    [InlineData("de-DE", "de")]
    [InlineData("it-IT", "fr")]
    public void Current_FollowsTheUserInterface(string culture, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Languages.Current);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
