using DealerPortal.Core.Dossiers.Lists;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>Where a page stands in its list.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Shown">Rows on this page.</param>
/// <param name="Count">All that match, exact up to <see cref="DossierLists.CountLimit"/>.</param>
/// <param name="UrlOf">The address of a page.</param>
public sealed record Paging(int Page, int PageSize, int Shown, int Count, bool HasNext, Func<int, string> UrlOf)
{
    private const int Around = 2;

    public int First => ((Page - 1) * PageSize) + 1;
    public int Last => First + Shown - 1;
    public bool IsCountExact => Count <= DossierLists.CountLimit;
    public int? LastPage => IsCountExact ? Math.Max(1, (Count + PageSize - 1) / PageSize) : null;

    /// <summary>The numbers to show: the first, those around this one, the last if it is known; 0 stands for a gap.</summary>
    public IReadOnlyList<int> PageNumbers()
    {
        var end = LastPage ?? (HasNext ? Page + 1 : Page);
        var shown = Enumerable.Range(Page - Around, (2 * Around) + 1).Append(1).Append(end)
            .Where(page => page >= 1 && page <= end).Distinct().Order().ToList();
        var numbers = new List<int>();
        foreach (var page in shown)
        {
            if (numbers.Count > 0 && page > numbers[^1] + 1)
                numbers.Add(0);
            numbers.Add(page);
        }

        if (LastPage is null && HasNext)
            numbers.Add(0);
        return numbers;
    }
}
