using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Figures;

/// <summary>A dossier as it was read, with what it adds.</summary>
internal sealed record Counting(long DossierId, int OrganisationId, DossierType Type, Contributions Adds);

/// <summary>Brings the counts to what some dossiers add now, within one write: what they added before is taken back.</summary>
internal sealed class FiguresWrite(PortalDbContext db)
{
    private readonly Dictionary<(int Scope, int Month, DossierType Type, FigureMeasure Measure), (int Count, DayCounts Days)> _cells = [];
    private readonly Dictionary<(int Scope, int Month, string ModelCode), (int Decided, int Accepted)> _models = [];

    public async Task ApplyAsync(IReadOnlyCollection<Counting> dossiers, CancellationToken ct)
    {
        var ids = dossiers.Select(dossier => dossier.DossierId).ToList();
        var known = await db.Set<CountedDossier>().Where(c => ids.Contains(c.DossierId)).ToDictionaryAsync(c => c.DossierId, ct);
        foreach (var dossier in dossiers)
            Replace(dossier, known.GetValueOrDefault(dossier.DossierId));
        await WriteCellsAsync(ct);
        await WriteModelsAsync(ct);
    }

    private void Replace(Counting dossier, CountedDossier? counted)
    {
        var text = dossier.Adds.ToString();
        if (counted is null)
        {
            db.Add(new CountedDossier { DossierId = dossier.DossierId, Scope = dossier.OrganisationId, Counted = text });
        }
        else if (counted.Counted == text && counted.Scope == dossier.OrganisationId)
        {
            return;
        }
        else
        {
            Count(counted.Scope, dossier.Type, Contributions.Parse(counted.Counted), -1);
            (counted.Scope, counted.Counted) = (dossier.OrganisationId, text);
        }

        Count(dossier.OrganisationId, dossier.Type, dossier.Adds, 1);
    }

    private void Count(int organisation, DossierType type, Contributions adds, int times)
    {
        foreach (var scope in (int[])[organisation, FigureScope.All])
        {
            foreach (var step in adds.Steps)
            {
                var key = (scope, step.Month, type, step.Measure);
                var (count, days) = _cells.TryGetValue(key, out var cell) ? cell : (0, new DayCounts());
                if (step.Days is { } taken)
                    days.Add(taken, times);
                _cells[key] = (count + times, days);
            }

            if (adds.Decision is { } decision)
            {
                var key = (scope, decision.Month, decision.ModelCode);
                var (decided, accepted) = _models.GetValueOrDefault(key);
                _models[key] = (decided + times, accepted + (decision.Accepted ? times : 0));
            }
        }
    }

    private async Task WriteCellsAsync(CancellationToken ct)
    {
        var (scopes, months) = (_cells.Keys.Select(key => key.Scope).Distinct().ToList(), _cells.Keys.Select(key => key.Month).Distinct().ToList());
        var rows = await db.Set<FigureCell>().Where(c => scopes.Contains(c.Scope) && months.Contains(c.Month)).ToDictionaryAsync(c => (c.Scope, c.Month, c.Type, c.Measure), ct);
        foreach (var (key, (count, days)) in _cells)
        {
            if (!rows.TryGetValue(key, out var row))
            {
                if (count != 0)
                    db.Add(new FigureCell { Scope = key.Scope, Month = key.Month, Type = key.Type, Measure = key.Measure, Count = count, Days = days.ToString() });
                continue;
            }

            days.Add(row.Days);
            (row.Count, row.Days) = (row.Count + count, days.ToString());
            if (row.Count == 0)
                db.Remove(row);
        }
    }

    private async Task WriteModelsAsync(CancellationToken ct)
    {
        if (_models.Count == 0)
            return;
        var (scopes, months) = (_models.Keys.Select(key => key.Scope).Distinct().ToList(), _models.Keys.Select(key => key.Month).Distinct().ToList());
        var rows = await db.Set<FigureModel>().Where(m => scopes.Contains(m.Scope) && months.Contains(m.Month)).ToDictionaryAsync(m => (m.Scope, m.Month, m.ModelCode), ct);
        foreach (var (key, (decided, accepted)) in _models)
        {
            if (!rows.TryGetValue(key, out var row))
            {
                if (decided != 0)
                    db.Add(new FigureModel { Scope = key.Scope, Month = key.Month, ModelCode = key.ModelCode, Decided = decided, Accepted = accepted });
                continue;
            }

            (row.Decided, row.Accepted) = (row.Decided + decided, row.Accepted + accepted);
            if (row.Decided == 0)
                db.Remove(row);
        }
    }
}
