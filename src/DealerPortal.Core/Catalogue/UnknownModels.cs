using System.Globalization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Catalogue;

/// <summary>
/// Dossiers whose model the catalogue did not know when they were filed, once it does: they are linked to the model and
/// nothing else of them changes. What service they get is what support set or will set; decision 0013.
/// </summary>
public sealed class UnknownModels(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    private const int KeysPerQuery = 500;
    private const int DossiersPerWrite = 500;

    /// <summary>Links all that can be linked now, some hundreds per write; a dossier that was corrected meanwhile stays as it is.</summary>
    /// <returns>How many were linked.</returns>
    public async Task<int> LinkAsync(int actorId, CancellationToken ct)
    {
        var codes = await db.Dossiers.AllOrganisations().Where(d => d.ModelId == null && d.ModelCode != null).Select(d => d.ModelCode!).Distinct().ToListAsync(ct);
        var byKey = codes.Where(code => ModelCode.TryParse(code, out _)).ToLookup(code => ModelCode.TryParse(code, out var parsed) ? parsed.Key : "", StringComparer.Ordinal);
        var linked = 0;
        foreach (var keys in byKey.Select(group => group.Key).Chunk(KeysPerQuery))
        {
            foreach (var model in await db.Models.AsNoTracking().Where(m => m.DiscontinuedAt == null && keys.Contains(m.Key)).Select(m => new { m.Id, m.Key }).ToListAsync(ct))
            {
                foreach (var code in byKey[model.Key])
                    linked += await LinkAllAsync(code, model.Id, actorId, ct);
            }
        }

        return linked;
    }

    private async Task<int> LinkAllAsync(string code, int modelId, int actorId, CancellationToken ct)
    {
        var linked = 0;
        int batch;
        do
        {
            batch = await database.WriteAsync((write, token) => LinkSomeAsync(write, code, modelId, actorId, token), ct);
            linked += batch;
        }
        while (batch == DossiersPerWrite);
        return linked;
    }

    private async Task<int> LinkSomeAsync(WriteScope write, string code, int modelId, int actorId, CancellationToken ct)
    {
        var waiting = write.Db.Dossiers.AllOrganisations().Where(d => d.ModelId == null && d.ModelCode == code);
        var ids = await waiting.OrderBy(d => d.Id).Select(d => d.Id).Take(DossiersPerWrite).ToListAsync(ct);
        // Without a new stamp: whoever has the dossier before them changes nothing of this, and should not be stopped by it.
        await waiting.Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(set => set.SetProperty(d => d.ModelId, modelId), ct);
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var id in ids)
            write.Db.Record(now, actorId, "dossier.model-linked", nameof(Dossier), id, string.Create(CultureInfo.InvariantCulture, $"model {modelId}"));
        return ids.Count;
    }
}
