using System.Text;
using DealerPortal.Core.Search;

namespace DealerPortal.Core.Tests.Search;

public class SearchTokensTests
{
    [Theory]
    [InlineData("Jean Exemple", "jean exemple")]
    [InlineData("  José   Ñandú-Éxemple ", "jose nandu exemple")]
    [InlineData("D'Exemple, l’Électro", "d exemple l electro")]
    [InlineData("Straße GROẞ", "strasse gross")]
    [InlineData("İstanbul ISPARTA ılıca", "istanbul isparta ilica")]
    [InlineData("Sœur Æther Ørsted Łódź", "soeur aether orsted lodz")]
    [InlineData("Σίσυφος", "σισυφοσ")]
    [InlineData("Jean😀Exemple 👩‍👩‍👧 🇧🇪", "jean exemple")]
    [InlineData("👍🏽", "")]
    [InlineData("אֶקְזֶמְפֶּל שלום", "אקזמפל שלום")]
    [InlineData("مِثَال ١٢٣", "مثال 123")]
    [InlineData("\u202Eelpmexe\u202C", "elpmexe")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("ﬁche №5 m²", "fiche no5 m2")]
    [InlineData("𝐉𝐞𝐚𝐧", "jean")]
    [InlineData("例 한국", "例 한국")]
    [InlineData("a𠮷b", "a b")]
    [InlineData("soft\u00ADhyphen zero\u200Bwidth", "softhyphen zerowidth")]
    [InlineData("half\ud83dpair \udc00", "half pair")]
    [InlineData("<script>alert(1)</script>", "script alert 1")]
    [InlineData("jean Jean JEAN", "jean")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void OfText_GivesTheWordsAsPeopleWouldTypeThem(string? text, string tokens)
    {
        // Hangul comes apart in the decomposed form; what counts is that both sides come apart alike.
        Assert.Equal(tokens, string.Join(' ', SearchTokens.OfText(text)).Normalize(NormalizationForm.FormC));
        Assert.All(SearchTokens.OfText(text), token => Assert.Equal(token, SearchTokens.Normalise(token)));
    }

    [Theory]
    [InlineData("Élodie Exemplé")]
    [InlineData("Łukasz Österreich Ñ İ ẞ")]
    [InlineData("Ångström ế ệ")]
    [InlineData("한국어 が ガ")]
    public void OfText_IsTheSameForComposedAndDecomposedNames(string name)
    {
        var composed = SearchTokens.OfText(name.Normalize(NormalizationForm.FormC));
        var decomposed = SearchTokens.OfText(name.Normalize(NormalizationForm.FormD));
        Assert.NotEmpty(composed);
        Assert.Equal(composed, decomposed);
        Assert.Equal(composed, SearchTokens.OfText(name.ToUpperInvariant()));
    }

    [Fact]
    public void OfText_WhenAWordIsLong_CutsItAsTheQueryDoes()
    {
        var word = new string('x', 50);
        Assert.Equal([new string('x', SearchTokens.MaxTokenLength)], SearchTokens.OfText(word));
        Assert.Equal(SearchTokens.OfText(word), SearchTokens.OfQuery(word));
    }

    [Theory]
    [InlineData("LW90T554/BE", "lw90t554be lw90t554 be")]
    [InlineData("26-0001234-2", "2600012342 26 0001234 2")]
    [InlineData("abc", "abc")]
    [InlineData(" -/ ", "")]
    [InlineData(null, "")]
    public void OfCode_GivesTheWholeAndItsParts(string? code, string tokens) => Assert.Equal(tokens, string.Join(' ', SearchTokens.OfCode(code)));

    [Theory]
    [InlineData("0A2B3C4D5E6", "0a2b3c4d5e6 d5e6 4d5e6 c4d5e6")]
    [InlineData("AB-1234", "ab1234 ab 1234 b1234")]
    [InlineData("A1B2", "a1b2")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void OfSerial_GivesTheWholeItsPartsAndItsLastCharacters(string? serial, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', SearchTokens.OfSerial(serial)));

    [Fact]
    public void OfSerial_WhenLongerThanAToken_KeepsItsTrueEnd() => Assert.Contains("9999", SearchTokens.OfSerial(new string('A', 36) + "9999"));

    [Theory]
    [InlineData("un deux trois quatre cinq six sept", "un deux trois quatre cinq six")]
    [InlineData("un un UN deux", "un deux")]
    [InlineData("?!", "")]
    [InlineData(null, "")]
    public void OfQuery_GivesAtMostSixDifferentWords(string? query, string tokens) => Assert.Equal(tokens, string.Join(' ', SearchTokens.OfQuery(query)));

    [Theory]
    [InlineData("O'Neil-Exemple", "oneilexemple")]
    [InlineData(" É ", "e")]
    [InlineData("", "")]
    public void Normalise_MakesOneToken(string text, string token) => Assert.Equal(token, SearchTokens.Normalise(text));

    [Fact]
    public void PrefixRange_IsAnExactPrefixTest_InUtf16AndInUtf8Order()
    {
        string[] tokens =
        [
            "jea", "jean", "jean0", "jeanne", "jeanz", "jeao", "jeam", "jf", "j", "jean例", "jeanש", "jean\uFFDC",
            .. SearchTokens.OfText("jeane\u0301 jean한 jeanﷺ 例 שלום jean\uFFDA"),
        ];
        foreach (var prefix in new[] { "j", "jea", "jean", "jeanne", "例" })
        {
            var (from, to) = SearchTokens.PrefixRange(prefix);
            foreach (var token in tokens)
            {
                var expected = token.StartsWith(prefix, StringComparison.Ordinal);
                Assert.Equal(expected, string.CompareOrdinal(token, from) >= 0 && string.CompareOrdinal(token, to) < 0);
                Assert.Equal(expected, Utf8Order(token, from) >= 0 && Utf8Order(token, to) < 0);
            }
        }

        static int Utf8Order(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
    }
}
