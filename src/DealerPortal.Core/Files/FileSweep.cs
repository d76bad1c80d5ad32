using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Exports;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Files;

/// <summary>Removes what nobody needs any more: drafts nobody touched for a month with their files, catalogue files after a day, and stored objects that no row names.</summary>
public sealed class FileSweep(PortalDatabase database, PortalDbContext db, IFileStore store, FileKeeping files, TimeProvider time)
{
    /// <summary>Younger objects may belong to an upload whose row is about to be written.</summary>
    public static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        await RemoveDraftsAsync(ct);
        await RemoveImportsAsync(ct);
        await RemoveOrphansAsync(ct);
    }

    private Task RemoveImportsAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return database.WriteAsync((write, token) => write.Db.Set<CatalogueImport>().Where(CatalogueImport.IsOver(now)).ExecuteDeleteAsync(token), ct);
    }

    private async Task RemoveDraftsAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow().UtcDateTime - Draft.Lifetime;
        while (await db.Drafts.AllOrganisations().Where(d => d.SavedAt < before).OrderBy(d => d.SavedAt).Select(d => d.Id).Take(BatchSize).ToListAsync(ct)
            is { Count: > 0 } old)
        {
            foreach (var id in old)
                await files.RemoveAsync(await RemoveDraftAsync(id, before, ct));
        }
    }

    private Task<List<string?>> RemoveDraftAsync(Guid id, DateTime before, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var draft = write.Db.Drafts.AllOrganisations().Where(d => d.Id == id && d.SavedAt < before);
        // Holds the row; a person who came back to it meanwhile keeps it.
        if (await draft.ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, d => d.Revision + 1), token) == 0)
            return [];
        var staged = write.Db.Attachments.AllOrganisations().Where(a => a.DraftId == id);
        var keys = await staged.Select(a => new { a.StorageKey, a.ThumbnailKey }).ToListAsync(token);
        await staged.ExecuteDeleteAsync(token);
        await draft.ExecuteDeleteAsync(token);
        return keys.SelectMany(k => new[] { k.StorageKey, k.ThumbnailKey }).ToList();
    }, ct);

    private async Task RemoveOrphansAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow().UtcDateTime - OrphanAge;
        var batch = new List<string>(BatchSize);
        await foreach (var stored in store.ListAsync(ct))
        {
            if (stored.LastWriteUtc < before)
                batch.Add(stored.Key);
            if (batch.Count == BatchSize)
                await RemoveUnnamedAsync(batch, ct);
        }

        await RemoveUnnamedAsync(batch, ct);
    }

    private async Task RemoveUnnamedAsync(List<string> keys, CancellationToken ct)
    {
        var named = await db.Attachments.AllOrganisations()
            .Where(a => keys.Contains(a.StorageKey) || keys.Contains(a.ThumbnailKey!))
            .Select(a => new { a.StorageKey, a.ThumbnailKey }).ToListAsync(ct);
        var exported = await db.Set<Export>().Where(e => keys.Contains(e.StorageKey!)).Select(e => e.StorageKey!).ToListAsync(ct);
        var imported = await db.Set<CreditImport>().Where(i => keys.Contains(i.StorageKey!)).Select(i => i.StorageKey!).ToListAsync(ct);
        var takenOver = await db.Set<PortalImport>().Where(i => keys.Contains(i.StorageKey!)).Select(i => i.StorageKey!).ToListAsync(ct);
        var cards = await db.Set<DealercardVersion>().Where(v => keys.Contains(v.StorageKey) || keys.Contains(v.ThumbnailKey!))
            .Select(v => new { v.StorageKey, v.ThumbnailKey }).ToListAsync(ct);
        var sheets = await db.Set<AnnouncementText>().Where(t => keys.Contains(t.SheetKey!)).Select(t => t.SheetKey!).ToListAsync(ct);
        await files.RemoveAsync(keys.Except(named.Concat(cards).SelectMany(a => new[] { a.StorageKey, a.ThumbnailKey }).OfType<string>()).Except(exported).Except(imported).Except(takenOver).Except(sheets));
        keys.Clear();
    }
}

/// <summary>Runs the sweep every hour, on one instance at a time.</summary>
public sealed class FileSweepJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<FileSweepJob> log)
    : Housekeeping("file-sweep", scopes, time, log, TimeSpan.FromHours(1))
{
    protected override Task DoAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<FileSweep>().RunAsync(ct);
}
