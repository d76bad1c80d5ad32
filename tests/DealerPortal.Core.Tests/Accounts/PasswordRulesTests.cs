using System.Text;
using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Tests.Accounts;

public class PasswordRulesTests
{
    private static readonly string?[] _jean = ["Maximilienne", "Exemple", "Maximilienne Exemple", "maximilienne.exemple@demo.example", "Démo Électroménager", null, " "];

    [Theory]
    [InlineData("quatre chevaux mauves")]
    [InlineData("vert-pluie-table-9")]
    [InlineData("            x           yz 1 ab")]
    [InlineData("пароль и ещё слово")]
    [InlineData("🦊🐙🦉🐝🦋🐢🦀🐬🦜🐘🦓🦔")]
    [InlineData("aaaabbbbccccdddde")]
    [InlineData("Maximilienne aime le thé")]
    public void Check_WhenItIsLongAndOfItsOwn_FindsNothing(string password) => Assert.Empty(PasswordRules.Check(password, _jean));

    [Theory]
    [InlineData("")]
    [InlineData("x9!Kp2#Lm4$")]
    [InlineData("🦊🐙🦉🐝🦋🐢🦀🐬🦜🐘🦓")]
    [InlineData("e\u0301e\u0302e\u0301x\u0301y9")]
    public void Check_WhenItHasFewerThanTwelveCharactersAsPeopleCount_SaysTooShort(string password) =>
        Assert.Contains(PasswordProblem.TooShort, PasswordRules.Check(password, []));

    [Theory]
    [InlineData(128, false)]
    [InlineData(129, true)]
    [InlineData(100_000, true)]
    public void Check_WhenItHasMoreThan128Characters_SaysTooLong(int length, bool tooLong)
    {
        var password = string.Concat(Enumerable.Range(0, length).Select(i => (char)('A' + i * i % 57 % 50)));
        Assert.Equal(tooLong, PasswordRules.Check(password, []).Contains(PasswordProblem.TooLong));
    }

    [Theory]
    [InlineData("motdepasse2026")]
    [InlineData("MotDePasse 2026!")]
    [InlineData("wachtwoord123")]
    [InlineData("Passwort-1234")]
    [InlineData("P@ssw0rd2031!")]
    [InlineData("password1234")]
    [InlineData("2025welkom2025")]
    [InlineData("!!Bruxelles1987!!")]
    [InlineData("Septembre2026!")]
    [InlineData("azertyuiop123")]
    [InlineData("qwertzuiop123")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("dealerportal")]
    [InlineData("correct horse battery staple")]
    [InlineData("soleilsoleil")]
    [InlineData("123456789012")]
    [InlineData("098765432109")]
    [InlineData("abcdefghijklm")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("............")]
    [InlineData("xk9xk9xk9xk9x")]
    [InlineData("Zo!Zo!Zo!Zo!")]
    [InlineData("🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊")]
    public void Check_WhenItIsGuessedFirst_SaysCommon(string password) => Assert.Equal([PasswordProblem.Common], PasswordRules.Check(password, []));

    [Theory]
    [InlineData("maximilienne")]
    [InlineData("MAXIMILIENNE EXEMPLE")]
    [InlineData("exemplemaximilienne")]
    [InlineData("maximilienne.exemple@demo.example")]
    [InlineData("Maximilienne.Exemple")]
    [InlineData("démo électroménager")]
    [InlineData("DE\u0301MO E\u0301LECTROME\u0301NAGER")]
    public void Check_WhenItIsTheirOwnData_SaysSo(string password) => Assert.Equal([PasswordProblem.OwnData], PasswordRules.Check(password, _jean));

    [Fact]
    public void Check_WhenSeveralThingsAreWrong_SaysAll() =>
        Assert.Equal([PasswordProblem.TooShort, PasswordProblem.Common, PasswordProblem.OwnData], PasswordRules.Check("soleil", ["Soleil"]));

    [Fact]
    public void Check_WhenItHoldsHalfASurrogatePair_DoesNotThrow() => Assert.Empty(PasswordRules.Check("\ud83dvert-pluie-table-9", ["\udc00"]));

    [Fact]
    public void TheList_IsLongAndWrittenAsItIsCompared()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(typeof(PasswordRules), "common-passwords.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var entries = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();
        Assert.True(entries.Count(entry => entry.Length >= PasswordRules.MinLength) >= 3_000);
        Assert.Equal(entries.Count, entries.Distinct().Count());
        Assert.All(entries, entry => Assert.DoesNotContain(entry, c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c)));
    }
}
