using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.Details;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>What the consumer takes home: nothing but what they told the shop, and how it goes on.</summary>
/// <param name="Language">Of the receipt alone; the shop's page stays as it is.</param>
public sealed record ReceiptPage(DossierDetails Details, Shop Shop, string Language, DateTime Now)
{
    // With the longest names beside it the sheet still is one page, signatures included: a shop hands over one sheet.
    private const int MostCharacters = 600;
    private const int MostLines = 9;

    /// <summary>The end of a repair makes what comes next a thing of the past.</summary>
    public bool IsUnderWay => !RepairTransitions.IsEnd(Details.Dossier.RepairStatus);

    /// <summary>What the dealer described, shortened to what a sheet holds.</summary>
    public IEnumerable<(DossierAnswer Answer, bool IsCut)> Described => Details.Answers.Where(answer => answer.IsLong).Select(answer =>
    {
        var (text, isCut) = Shortened(answer.Value);
        return (answer with { Value = text }, isCut);
    });

    private static (string Text, bool IsCut) Shortened(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var kept = string.Join('\n', lines.Take(MostLines));
        if (kept.Length <= MostCharacters)
            return lines.Count <= MostLines ? (kept, false) : (kept + "…", true);
        var end = kept.LastIndexOf(' ', MostCharacters);
        // A text without spaces is cut anywhere but within a character.
        if (end < MostCharacters / 2)
            end = char.IsLowSurrogate(kept[MostCharacters]) ? MostCharacters - 1 : MostCharacters;
        return (kept[..end].TrimEnd() + "…", true);
    }
}
