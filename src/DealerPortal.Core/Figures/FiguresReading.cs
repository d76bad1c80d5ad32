using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace DealerPortal.Core.Figures;

/// <summary>Which figures are asked for.</summary>
/// <param name="Scope">As in <see cref="FigureScope"/>.</param>
/// <param name="Months">In order, without gaps.</param>
public sealed record FiguresQuestion(int Scope, IReadOnlyList<int> Months, DossierType? Type);

/// <param name="Completed">In the same month, whenever they were received.</param>
public sealed record Volume(int Month, DossierType Type, int Received, int Completed);

public sealed record StepFigure(FigureMeasure Measure, DayCounts Days);

public sealed record ModelFigure(string ModelCode, int Decided, int Accepted)
{
    /// <summary>Below so many decisions a share says nothing: one case would be none or all.</summary>
    public const int FewestDecided = 5;

    /// <summary>Whether its share of accepted ones may be shown.</summary>
    public bool HasShare => Decided >= FewestDecided;
}

/// <param name="AsOf">Until when everything is counted, UTC; null while the first count is under way.</param>
/// <param name="Volumes">By month and type, without those that are empty.</param>
/// <param name="Steps">In the order of <see cref="FigureMeasure"/>, without those that nothing reached.</param>
/// <param name="Models">Most decided first.</param>
public sealed record FiguresAnswer(DateTime? AsOf, IReadOnlyList<Volume> Volumes, IReadOnlyList<StepFigure> Steps, IReadOnlyList<ModelFigure> Models)
{
    public bool IsEmpty => Volumes.Count == 0 && Steps.Count == 0;
}

/// <summary>
/// Reads figures from the counts by month, never from dossiers: what it costs does not grow with them. An answer is remembered
/// for as long as the counting has not moved: every count is written together with the row that says how far it has come, and
/// that row's stamp is asked for each time.
/// </summary>
public sealed class FiguresReading(PortalDbContext db, IMemoryCache cache)
{
    /// <summary>Beyond that an answer is made anew, so that those nobody asks for again make room.</summary>
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(10);

    public async Task<FiguresAnswer> ReadAsync(FiguresQuestion question, CancellationToken ct)
    {
        var state = await db.Set<FiguresState>().AsNoTracking().SingleOrDefaultAsync(ct);
        return (await cache.GetOrCreateAsync((typeof(FiguresReading), question.Scope, question.Months[0], question.Months[^1], question.Type, state?.Stamp), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = _kept;
            return CountedAsync(question, state?.AsOf, ct);
        }))!;
    }

    private async Task<FiguresAnswer> CountedAsync(FiguresQuestion question, DateTime? asOf, CancellationToken ct)
    {
        var (scope, from, until) = (question.Scope, question.Months[0], question.Months[^1]);
        var cells = await Cells(question.Type).Where(c => c.Scope == scope && c.Month >= from && c.Month <= until).ToListAsync(ct);
        var models = question.Type is null or DossierType.TechnicalDoa
            ? await db.Set<FigureModel>().AsNoTracking().Where(m => m.Scope == scope && m.Month >= from && m.Month <= until)
                .GroupBy(m => m.ModelCode).Select(g => new ModelFigure(g.Key, g.Sum(m => m.Decided), g.Sum(m => m.Accepted))).ToListAsync(ct)
            : [];
        return new FiguresAnswer(
            asOf,
            [.. cells.Where(c => c.Measure is FigureMeasure.Received or FigureMeasure.Completed).GroupBy(c => (c.Month, c.Type)).OrderBy(g => g.Key)
                .Select(g => new Volume(g.Key.Month, g.Key.Type, Sum(g, FigureMeasure.Received), Sum(g, FigureMeasure.Completed)))],
            [.. cells.Where(c => c.Measure != FigureMeasure.Received).GroupBy(c => c.Measure).OrderBy(g => g.Key).Select(g => new StepFigure(g.Key, Days(g)))],
            [.. models.OrderByDescending(m => m.Decided).ThenBy(m => m.ModelCode, StringComparer.Ordinal)]);
    }

    private IQueryable<FigureCell> Cells(DossierType? type)
    {
        var cells = db.Set<FigureCell>().AsNoTracking();
        return type is { } only ? cells.Where(c => c.Type == only) : cells;
    }

    private static int Sum(IEnumerable<FigureCell> cells, FigureMeasure measure) => cells.Where(c => c.Measure == measure).Sum(c => c.Count);

    private static DayCounts Days(IEnumerable<FigureCell> cells)
    {
        var days = new DayCounts();
        foreach (var cell in cells)
            days.Add(cell.Days);
        return days;
    }
}
