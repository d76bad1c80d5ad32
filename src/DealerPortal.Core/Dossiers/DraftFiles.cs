using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <summary>What became of a file that was added to a draft.</summary>
public abstract record StageResult
{
    private StageResult()
    {
    }

    public sealed record Staged(Attachment File) : StageResult;

    public sealed record Refused(FileRefusal Reason) : StageResult;

    /// <inheritdoc cref="DraftResult.Sent"/>
    public sealed record Sent(string Number) : StageResult;

    /// <inheritdoc cref="DraftResult.Foreign"/>
    public sealed record Foreign : StageResult;
}

/// <summary>The files of a draft: kept as soon as they arrive, so that no later error loses them.</summary>
public sealed class DraftFiles(PortalDatabase database, PortalDbContext db, FileKeeping files, TimeProvider time)
{
    /// <summary>In the order they came.</summary>
    public async Task<IReadOnlyList<Attachment>> OfAsync(DraftKey key, CancellationToken ct) => await db.Attachments.AsNoTracking()
        .Where(a => a.DraftId == key.Id && a.UploadedById == key.OwnerId)
        .OrderBy(a => a.UploadedAt).ThenBy(a => a.Id).ToListAsync(ct);

    /// <summary>Adds a file to a draft, which begins to exist with it if nothing was saved before.</summary>
    /// <param name="slot">The name of the form's slot; null for a file of no slot.</param>
    public async Task<StageResult> StageAsync(DraftKey key, DossierType type, string? slot, Stream upload, string fileName, CancellationToken ct)
    {
        // Asked before the costly part; decided again with the row.
        if (await db.Attachments.CountAsync(a => a.DraftId == key.Id, ct) >= FileLimits.MaxFilesPerDossier)
            return new StageResult.Refused(FileRefusal.TooMany);
        var result = await files.KeepAsync(upload, fileName, ct);
        return result is KeepResult.Kept { File: var kept }
            ? await AddAsync(key, type, slot, kept, ct)
            : new StageResult.Refused(((KeepResult.Refused)result).Reason);
    }

    /// <summary>Takes a file off a draft that is not sent yet. False when there is no such file there.</summary>
    public async Task<bool> RemoveAsync(DraftKey key, Guid attachmentId, CancellationToken ct)
    {
        var removed = await database.WriteAsync(async (write, token) =>
        {
            var row = await write.Db.Attachments.SingleOrDefaultAsync(
                a => a.Id == attachmentId && a.DraftId == key.Id && a.DossierId == null && a.UploadedById == key.OwnerId, token);
            if (row is not null)
                write.Db.Remove(row);
            return row;
        }, ct);
        await files.RemoveAsync([removed?.StorageKey, removed?.ThumbnailKey]);
        return removed is not null;
    }

    private async Task<StageResult> AddAsync(DraftKey key, DossierType type, string? slot, KeptFile kept, CancellationToken ct)
    {
        StageResult staged = new StageResult.Foreign();
        try
        {
            var draft = await DraftService.OnceMoreIfTakenAsync(() => database.WriteAsync<DraftResult>(async (write, token) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                // Holds the row, so that a send at the same moment takes this file along or comes first.
                var held = await DraftService.Own(write.Db, key, type).Where(d => d.ConsumedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.SavedAt, now), token);
                if (held == 0)
                {
                    var current = await DraftService.Own(write.Db, key, type).AsNoTracking().SingleOrDefaultAsync(token);
                    if (current is not null && await DraftService.SentAsync(write, current, token) is { } sent)
                        return sent;
                    write.Db.Add(DraftService.New(key, type, 0, Draft.WritePairs([]), now));
                }

                if (await write.Db.Attachments.CountAsync(a => a.DraftId == key.Id, token) >= FileLimits.MaxFilesPerDossier)
                    return new DraftResult.TooLarge();
                // A form with files that is sent twice brings them twice.
                if (await write.Db.Attachments.AsNoTracking().FirstOrDefaultAsync(
                    a => a.DraftId == key.Id && a.Slot == slot && a.Sha256 == kept.Sha256 && a.Name == kept.Name, token) is { } same)
                {
                    staged = new StageResult.Staged(same);
                    return new DraftResult.Saved(0, now);
                }

                var row = kept.ToAttachment(key.OrganisationId, key.OwnerId, now, draftId: key.Id, slot: slot);
                write.Db.Add(row);
                staged = new StageResult.Staged(row);
                return new DraftResult.Saved(0, now);
            }, ct));
            staged = draft switch
            {
                DraftResult.Saved => staged,
                DraftResult.Sent sent => new StageResult.Sent(sent.Number),
                DraftResult.TooLarge => new StageResult.Refused(FileRefusal.TooMany),
                _ => new StageResult.Foreign(),
            };
            return staged;
        }
        finally
        {
            if (staged is not StageResult.Staged { File: var file } || file.StorageKey != kept.StorageKey)
                await files.RemoveAsync(kept.Keys);
        }
    }
}
