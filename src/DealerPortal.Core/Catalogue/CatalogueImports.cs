using System.Globalization;
using System.IO.Compression;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace DealerPortal.Core.Catalogue;

/// <summary>A file against the catalogue as it is now.</summary>
public sealed record CataloguePreview(CatalogueImport Import, CatalogueFile File, CatalogueComparison Comparison);

public enum ImportOutcome
{
    /// <summary>It is written as soon as an instance is free, or there was nothing to write any more.</summary>
    Ordered,

    /// <summary>The catalogue is not as it was when the preview was shown.</summary>
    Overtaken,
    Gone,
}

/// <summary>Keeps files of models for who uploaded them alone, compares them with the catalogue, and orders that their good rows be written.</summary>
public sealed class CatalogueImports(PortalDatabase database, PortalDbContext db, WorkSignal<CatalogueWriting> signal, TimeProvider time)
{
    private const int KeysPerQuery = 500;

    /// <returns>The import's id.</returns>
    public async Task<Guid> KeepAsync(int ownerId, string fileName, byte[] content, CancellationToken ct)
    {
        var name = TypedText.SingleLine(fileName);
        var import = new CatalogueImport
        {
            Id = Guid.NewGuid(),
            OwnerId = ownerId,
            FileName = name.Length <= CatalogueImport.FileNameMaxLength ? name : name[..CatalogueImport.FileNameMaxLength],
            CreatedAt = time.GetUtcNow().UtcDateTime,
            Content = Compress(content),
        };
        await database.WriteAsync((write, _) => Task.FromResult(write.Db.Add(import)), ct);
        return import.Id;
    }

    /// <summary>Those of a person that are still kept, the newest first, without their content.</summary>
    public IQueryable<CatalogueImport> Of(int ownerId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (uploaded, ordered) = (now - CatalogueImport.Lifetime, now - CatalogueImport.LifetimeOnceOrdered);
        return db.Set<CatalogueImport>().AsNoTracking().Where(i => i.OwnerId == ownerId && (i.CreatedAt > uploaded || i.OrderedAt > ordered)).OrderByDescending(i => i.CreatedAt);
    }

    /// <returns>Null for one that is no longer kept, or is somebody else's.</returns>
    public async Task<CataloguePreview?> PreviewAsync(Guid id, int ownerId, CancellationToken ct) =>
        await Of(ownerId).SingleOrDefaultAsync(i => i.Id == id, ct) is { } import ? await CompareAsync(import, ct) : null;

    internal async Task<CataloguePreview> CompareAsync(CatalogueImport import, CancellationToken ct)
    {
        var file = CatalogueFile.Read(Decompress(import.Content));
        var categories = await db.Categories.AsNoTracking().ToListAsync(ct);
        return new CataloguePreview(import, file, new CatalogueComparison(file.Rows, await NamedAsync(file, ct), categories));
    }

    /// <summary>Orders that what is new and what is changed be written. One that is under way is not ordered twice, one that failed goes on.</summary>
    /// <param name="fingerprint">Of the preview that was confirmed.</param>
    /// <param name="previewedAt">When that was shown.</param>
    public async Task<ImportOutcome> OrderAsync(Guid id, int ownerId, string? fingerprint, DateTime previewedAt, CancellationToken ct)
    {
        var state = await Of(ownerId).Where(i => i.Id == id).Select(i => (WorkState?)i.State).SingleOrDefaultAsync(ct);
        if (state is WorkState.Waiting or WorkState.Running)
            return ImportOutcome.Ordered;
        if (state == WorkState.Failed)
        {
            await OrderAsync(id, ownerId, WorkState.Failed, "again", _ => { }, ct);
            return ImportOutcome.Ordered;
        }

        if (await PreviewAsync(id, ownerId, ct) is not { } preview)
            return ImportOutcome.Gone;
        var rows = preview.Comparison.ToWrite.Count;
        if (rows == 0 && preview.Import.AppliedAt is not null)
            return ImportOutcome.Ordered;
        if (preview.Comparison.Fingerprint() != fingerprint)
            return ImportOutcome.Overtaken;
        await OrderAsync(
            id, ownerId, preview.Import.State, string.Create(CultureInfo.InvariantCulture, $"rows={rows}"),
            set => set.SetProperty(i => i.Confirmed, fingerprint).SetProperty(i => i.PreviewedAt, previewedAt)
                .SetProperty(i => i.WrittenLine, 0).SetProperty(i => i.Written, 0).SetProperty(i => i.Total, rows),
            ct);
        return ImportOutcome.Ordered;
    }

    /// <summary>Removes it, unless it is being written.</summary>
    /// <returns>False when it is being written.</returns>
    public async Task<bool> DiscardAsync(Guid id, int ownerId, CancellationToken ct)
    {
        await database.WriteAsync(
            (write, token) => write.Db.Set<CatalogueImport>()
                .Where(i => i.Id == id && i.OwnerId == ownerId && i.State != WorkState.Waiting && i.State != WorkState.Running).ExecuteDeleteAsync(token), ct);
        return !await Of(ownerId).AnyAsync(i => i.Id == id, ct);
    }

    /// <param name="seen">Its state; of two orders on it, one counts.</param>
    private Task OrderAsync(Guid id, int ownerId, WorkState seen, string detail, Action<UpdateSettersBuilder<CatalogueImport>> more, CancellationToken ct) =>
        database.WriteAsync(async (write, token) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            var ordered = await write.Db.Set<CatalogueImport>().Where(i => i.Id == id && i.OwnerId == ownerId && i.State == seen).ExecuteUpdateAsync(
                set =>
                {
                    more(set);
                    set.SetProperty(i => i.State, WorkState.Waiting).SetProperty(i => i.OrderedAt, now).SetProperty(i => i.Attempts, 0).SetProperty(i => i.FinishedAt, (DateTime?)null);
                }, token);
            if (ordered == 0)
                return;
            write.Db.Record(now, ownerId, "catalogue-import.ordered", nameof(CatalogueImport), id, detail);
            write.AfterCommit(signal.Wake);
        }, ct);

    private async Task<List<ProductModel>> NamedAsync(CatalogueFile file, CancellationToken ct)
    {
        var named = file.Rows.Select(row => ModelCode.TryParse(row.Code, out var code) ? code.Key : "").Where(key => key.Length > 0).Distinct();
        var models = new List<ProductModel>();
        foreach (var keys in named.Chunk(KeysPerQuery))
            models.AddRange(await db.Models.AsNoTracking().Where(m => keys.Contains(m.Key)).ToListAsync(ct));
        return models;
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(content);
        return packed.ToArray();
    }

    private static byte[] Decompress(byte[] packed)
    {
        using var content = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
            brotli.CopyTo(content);
        return content.ToArray();
    }
}
