using System.IO.Compression;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Catalogue;

/// <summary>A file against the catalogue as it is now.</summary>
public sealed record CataloguePreview(CatalogueImport Import, CatalogueFile File, CatalogueComparison Comparison);

public enum ImportOutcome
{
    Done,

    /// <summary>The catalogue is not as it was when the preview was shown; what is written stays.</summary>
    Overtaken,
    Gone,
}

/// <summary>Keeps a file of models between its preview and its confirmation, for who uploaded it alone, and writes its good rows.</summary>
public sealed class CatalogueImports(PortalDatabase database, PortalDbContext db, UnknownModels unknown, TimeProvider time)
{
    private const int KeysPerQuery = 500;

    /// <summary>One transaction keeps other writers waiting for a moment only.</summary>
    private const int LinesPerWrite = 1000;

    /// <returns>The import's id.</returns>
    public async Task<Guid> KeepAsync(int ownerId, string fileName, byte[] content, CancellationToken ct)
    {
        var name = TypedText.SingleLine(fileName);
        var import = new CatalogueImport
        {
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
        var since = time.GetUtcNow().UtcDateTime - CatalogueImport.Lifetime;
        return db.Set<CatalogueImport>().AsNoTracking().Where(i => i.OwnerId == ownerId && i.CreatedAt > since).OrderByDescending(i => i.CreatedAt);
    }

    /// <returns>Null for one that is no longer kept, or is somebody else's.</returns>
    public async Task<CataloguePreview?> PreviewAsync(Guid id, int ownerId, CancellationToken ct)
    {
        if (await Of(ownerId).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import)
            return null;
        var file = CatalogueFile.Read(Decompress(import.Content));
        var categories = await db.Categories.AsNoTracking().ToListAsync(ct);
        return new CataloguePreview(import, file, new CatalogueComparison(file.Rows, await NamedAsync(file, ct), categories));
    }

    /// <summary>Writes what is new and what is changed. The same again writes nothing.</summary>
    /// <param name="fingerprint">Of the preview that was confirmed.</param>
    public async Task<ImportOutcome> ApplyAsync(Guid id, int ownerId, string? fingerprint, CancellationToken ct)
    {
        if (await PreviewAsync(id, ownerId, ct) is not { } preview)
            return ImportOutcome.Gone;
        var work = preview.Comparison.Lines.Where(line => line.State is CatalogueLineState.New or CatalogueLineState.Changed).ToList();
        if (work.Count == 0 && preview.Import.AppliedAt is not null)
            return ImportOutcome.Done;
        if (preview.Comparison.Fingerprint() != fingerprint)
            return ImportOutcome.Overtaken;
        try
        {
            foreach (var lines in work.Chunk(LinesPerWrite).DefaultIfEmpty([]))
            {
                if (!await database.WriteAsync((write, token) => WriteAsync(write, id, ownerId, lines, token), ct))
                    return ImportOutcome.Overtaken;
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            return ImportOutcome.Overtaken;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return ImportOutcome.Overtaken;
        }

        await unknown.LinkAsync(ownerId, ct);
        return ImportOutcome.Done;
    }

    public Task DiscardAsync(Guid id, int ownerId, CancellationToken ct) => database.WriteAsync(
        (write, token) => write.Db.Set<CatalogueImport>().Where(i => i.Id == id && i.OwnerId == ownerId).ExecuteDeleteAsync(token), ct);

    /// <returns>False when a model is not as it was compared.</returns>
    private async Task<bool> WriteAsync(WriteScope write, Guid id, int ownerId, IReadOnlyCollection<CatalogueLine> lines, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var import = await write.Db.Set<CatalogueImport>().SingleAsync(i => i.Id == id, ct);
        var changed = lines.Where(line => line.Existing is not null).ToList();
        var models = new Dictionary<int, ProductModel>();
        foreach (var ids in changed.Select(line => line.Existing!.Id).Chunk(KeysPerQuery))
        {
            foreach (var model in await write.Db.Models.Where(m => ids.Contains(m.Id)).ToListAsync(ct))
                models.Add(model.Id, model);
        }

        if (changed.Exists(line => models.GetValueOrDefault(line.Existing!.Id)?.Stamp != line.Existing.Stamp))
            return false;
        foreach (var line in changed)
            write.Change(models[line.Existing!.Id], line.Data!, ownerId, now);
        var added = lines.Where(line => line.Existing is null).Select(line => write.Add(line.Data!, now)).ToList();
        import.Count(added.Count, changed.Count, now);
        await write.Db.SaveChangesAsync(ct);
        foreach (var model in added)
            write.RecordAdded(model, ownerId);
        return true;
    }

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
