using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a technical DOA tells about itself; marks its texts.</summary>
public sealed class TechnicalDoaKind(IStringLocalizer<TechnicalDoaKind> texts) : DossierKind<TechnicalDoa>
{
    public override DossierType Type => DossierType.TechnicalDoa;

    public override string? NextStep(Resolution resolution) => resolution == Resolution.Accepted ? texts["NextStep"].Value : null;

    protected override IQueryable<TechnicalDoa> Rows(IQueryable<TechnicalDoa> rows) =>
        rows.Include(d => d.Verdicts).Include(d => d.ConditionSet!).ThenInclude(s => s.Conditions);

    protected override IEnumerable<DossierAnswer> Answers(TechnicalDoa details)
    {
        if (details.PurchaseDate is { } date)
            yield return new(texts["PurchaseDate"], Formats.Date(date));
        yield return new(texts["Damaged"], texts[details.IsDamaged ? "Yes" : "No"]);
        yield return new(texts["Complete"], texts[details.IsComplete ? "Yes" : "No"]);
        if (details.ConditionSet is { } set)
        {
            yield return new(texts["Conditions"], texts["Conditions.Version", set.Version, Formats.Date(set.EffectiveFrom)]);
            yield return new(texts["Verdict"], string.Join('\n', details.Verdicts.OrderBy(v => v.Position).Select(v => Line(set, v))), IsLong: true);
        }

        yield return new(texts["Description"], details.Description, IsLong: true);
    }

    private string Line(DoaConditionSet set, DoaVerdict verdict)
    {
        var finding = new DoaFinding(set.Conditions.Single(c => c.Position == verdict.Position), verdict.Outcome, verdict.Days);
        var days = texts.DaysOf(finding);
        return texts["Verdict.Line", finding.Condition.TextIn(Languages.Current), texts.OutcomeOf(finding), days is null ? "" : $", {days}"];
    }
}

public static class DoaWords
{
    /// <summary>«Remplie», «Non remplie», «Preuve manquante».</summary>
    public static string OutcomeOf(this IStringLocalizer<TechnicalDoaKind> texts, DoaFinding finding) => texts[$"Outcome.{finding.Outcome}"];

    /// <summary>«26 jours»; null where no days are counted.</summary>
    public static string? DaysOf(this IStringLocalizer<TechnicalDoaKind> texts, DoaFinding finding) =>
        finding.Days switch { null => null, 1 => texts["Days.One"].Value, { } days => texts["Days.Many", Formats.Number(days)].Value };
}
