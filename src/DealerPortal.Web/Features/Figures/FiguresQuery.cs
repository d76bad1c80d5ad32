using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Figures;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Figures;

/// <summary>Which figures an address asks for. What cannot be read does not restrict.</summary>
public sealed record FiguresQuery
{
    /// <summary>Periods that end with the month under way, in months.</summary>
    public static readonly IReadOnlyList<int> Lengths = [3, 6, 12];

    private const int UsualLength = 6;
    private const int YearsBack = 2;

    /// <summary>One of <see cref="Lengths"/>, or a year.</summary>
    public string? Period { get; init; }
    public string? Type { get; init; }

    /// <summary>For staff: an organisation's VAT number, or what was typed to find one.</summary>
    public string? Org { get; init; }

    public DossierType? TypeValue => ListAddress.Value<DossierType>(Type);

    /// <summary>The years that can be chosen, the one under way first.</summary>
    public static IReadOnlyList<int> Years(DateOnly today) => [.. Enumerable.Range(0, YearsBack + 1).Select(back => today.Year - back)];

    /// <summary>The period as addresses name it.</summary>
    public int PeriodValue(DateOnly today) => ListAddress.Number(Period) is { } period && (Lengths.Contains(period) || Years(today).Contains(period)) ? period : UsualLength;

    /// <summary>The months of the period, without those that have not begun.</summary>
    public IReadOnlyList<int> Months(DateOnly today)
    {
        var period = PeriodValue(today);
        var (first, count) = Lengths.Contains(period)
            ? (today.AddMonths(1 - period), period)
            : (new DateOnly(period, 1, 1), period == today.Year ? today.Month : 12);
        return [.. Enumerable.Range(0, count).Select(month => first.AddMonths(month)).Select(month => (month.Year * 100) + month.Month)];
    }

    public FiguresQuestion ToQuestion(int scope, DateOnly today) => new(scope, Months(today), TypeValue);

    /// <summary>The query in one spelling.</summary>
    public string Canonical(DateOnly today) => ListAddress.Of(
        [
            ("period", PeriodValue(today).ToString(CultureInfo.InvariantCulture)),
            ("type", TypeValue?.ToString()),
            ("org", string.IsNullOrWhiteSpace(Org) ? null : Org.Trim()),
        ], null, null);
}
