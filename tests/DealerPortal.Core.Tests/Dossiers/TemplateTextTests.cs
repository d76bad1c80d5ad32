using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;

namespace DealerPortal.Core.Tests.Dossiers;

public sealed class TemplateTextTests
{
    private static readonly DateOnly Today = new(2026, 2, 1);

    private static readonly TemplateFacts Sparse = new("Claire Modèle", "Démo Électro", "26-0001234-2", DossierType.TechnicalDoa);

    private static readonly TemplateFacts Full = Sparse with { ModelCode = "LW90T554/BE", SerialNumber = "7D6M5AB1800045N", Reference = "C-131", GrmsNumber = "GR2611-00042" };

    [Theory]
    [InlineData("fr", "Claire Modèle, Démo Électro: 26-0001234-2 (DOA technique) LW90T554/BE 7D6M5AB1800045N C-131 GR2611-00042 1 février 2026")]
    [InlineData("nl", "Claire Modèle, Démo Électro: 26-0001234-2 (technische DOA) LW90T554/BE 7D6M5AB1800045N C-131 GR2611-00042 1 februari 2026")]
    [InlineData("de", "Claire Modèle, Démo Électro: 26-0001234-2 (Technischer DOA) LW90T554/BE 7D6M5AB1800045N C-131 GR2611-00042 1. Februar 2026")]
    [InlineData("en", "Claire Modèle, Démo Électro: 26-0001234-2 (technical DOA) LW90T554/BE 7D6M5AB1800045N C-131 GR2611-00042 1 February 2026")]
    public void Fill_PutsEveryFactInItsPlace(string language, string expected) => Assert.Equal(
        expected, TemplateText.Fill("{name}, {organisation}: {number} ({type}) {model} {serial} {reference} {grms} {date}", Full, language, Today));

    [Theory]
    [InlineData("L’appareil {model}[ (n° {serial})] est accepté.", "L’appareil (modèle non communiqué) est accepté.")]
    [InlineData("Accepté [sous {grms}] aujourd’hui.", "Accepté aujourd’hui.")]
    [InlineData("Accepté [sous {grms}].", "Accepté.")]
    [InlineData("Bonjour,\n[GRMS : {grms}]\nÀ bientôt.", "Bonjour,\nÀ bientôt.")]
    [InlineData("Bonjour.[\n\nGRMS : {grms}]", "Bonjour.")]
    [InlineData("[{model} ]Bonjour.", "Bonjour.")]
    [InlineData("[{model}] Bonjour.", "Bonjour.")]
    [InlineData("Le numéro {serial} manque.", "Le numéro (non communiqué) manque.")]
    [InlineData("[Dossier {number}, {serial}]", "")]
    public void Fill_WithoutAFact_ReadsAsIfThePartHadNeverBeen(string text, string expected) => Assert.Equal(expected, TemplateText.Fill(text, Sparse, "fr", Today));

    [Theory]
    [InlineData("Voir [annexe] et [1].", "Voir [annexe] et [1].")]
    [InlineData("Un [crochet ouvert {number}", "Un [crochet ouvert 26-0001234-2")]
    [InlineData("Fin ] et [[dossier {number}]", "Fin ] et [dossier 26-0001234-2")]
    [InlineData("{ Number } et {NUMBER}", "26-0001234-2 et 26-0001234-2")]
    [InlineData("", "")]
    public void Fill_LeavesOtherBracketsAlone(string text, string expected) => Assert.Equal(expected, TemplateText.Fill(text, Sparse, "fr", Today));

    [Fact]
    public void Fill_DoesNotReadPlacesInValues() =>
        Assert.Equal("{serial} [x]", TemplateText.Fill("{name}", Full with { OwnerName = "{serial} [x]" }, "fr", Today));

    [Theory]
    [InlineData("Tout est connu : {name} { serial } {DATE}.")]
    [InlineData("{nom}", "{nom}")]
    [InlineData("{name} {client} {client} {prix}", "{client}", "{prix}")]
    [InlineData("Une accolade { seule", "{")]
    [InlineData("Une accolade } seule", "}")]
    [InlineData("{}", "{}")]
    [InlineData("{na\nme}", "{", "}")]
    [InlineData("{{name}}", "{", "}")]
    public void UnknownIn_NamesWhatIsNoPlace(string text, params string[] unknown) => Assert.Equal(unknown, TemplateText.UnknownIn(text));

    [Fact]
    public void Places_AreAllFilled() => Assert.All(
        TemplateText.Places, place => Assert.DoesNotContain('{', TemplateText.Fill($"{{{place}}}", Sparse, "de", Today)));

    [Fact]
    public void Words_AreThereForEveryType() => Assert.All(
        from language in Languages.All from type in Enum.GetValues<DossierType>() select (language, type),
        each => Assert.NotEmpty(TemplateWords.Type(each.type, each.language)));
}
