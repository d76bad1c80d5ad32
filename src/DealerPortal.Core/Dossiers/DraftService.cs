using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <summary>Which draft, and whose: nobody else's is ever touched.</summary>
/// <param name="ForUserId">The dealer for whom it is filled in, where that is not the owner.</param>
public readonly record struct DraftKey(Guid Id, int OwnerId, int OrganisationId, int? ForUserId = null);

/// <summary>What became of a change to a draft.</summary>
public abstract record DraftResult
{
    private DraftResult()
    {
    }

    public sealed record Saved(int Revision, DateTime SavedAt) : DraftResult;

    /// <summary>Another device saved something else since; nothing was written.</summary>
    public sealed record Changed(int Revision, DateTime SavedAt) : DraftResult;

    /// <summary>It was sent before and is this dossier now; nothing was written.</summary>
    public sealed record Sent(string Number) : DraftResult;

    /// <summary>The id belongs to somebody else, or to another form.</summary>
    public sealed record Foreign : DraftResult;

    /// <summary>More than <see cref="Draft.PairsMaxLength"/> or <see cref="DraftService.MaxPairs"/> allow.</summary>
    public sealed record TooLarge : DraftResult;
}

/// <summary>Saves what is typed. Every change is conditional on owner, revision and «not consumed», in one statement.</summary>
public sealed class DraftService(PortalDatabase database, PortalDbContext db, FileKeeping files, TimeProvider time)
{
    public const int MaxPairs = 500;

    private const int Tries = 5;

    /// <summary>The person's own draft, sent or not; null when there is none (yet).</summary>
    public Task<Draft?> FindAsync(DraftKey key, DossierType type, CancellationToken ct) =>
        Own(db, key, type).AsNoTracking().SingleOrDefaultAsync(ct);

    /// <summary>Whether the id is taken by somebody else or by another form.</summary>
    public Task<bool> IsForeignAsync(DraftKey key, DossierType type, CancellationToken ct) =>
        db.Drafts.AllOrganisations().AnyAsync(
            d => d.Id == key.Id && (d.OwnerId != key.OwnerId || d.OrganisationId != key.OrganisationId || d.Type != type), ct);

    /// <summary>The number of the dossier that a draft became.</summary>
    public async Task<string?> NumberOfAsync(Draft draft, CancellationToken ct) =>
        draft.DossierId is { } id ? await db.Dossiers.Where(d => d.Id == id).Select(d => d.Number).SingleOrDefaultAsync(ct) : null;

    /// <summary>Saves the pairs over <paramref name="revision"/>, 0 for a form that was never saved. Saving what is there already is no conflict.</summary>
    public async Task<DraftResult> SaveAsync(
        DraftKey key, DossierType type, int revision, IReadOnlyCollection<KeyValuePair<string, string>> pairs, CancellationToken ct)
    {
        var json = Draft.WritePairs(pairs);
        if (pairs.Count > MaxPairs || json.Length > Draft.PairsMaxLength)
            return new DraftResult.TooLarge();
        return await OnceMoreIfTakenAsync(() => database.WriteAsync<DraftResult>(async (write, token) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (await ReplaceAsync(write, key, type, revision, json, now, token))
                return new DraftResult.Saved(revision + 1, now);
            if (await Own(write.Db, key, type).AsNoTracking().SingleOrDefaultAsync(token) is not { } current)
            {
                write.Db.Add(New(key, type, revision + 1, json, now));
                return new DraftResult.Saved(revision + 1, now);
            }

            if (await SentAsync(write, current, token) is { } sent)
                return sent;
            return current.Pairs == json ? new DraftResult.Saved(current.Revision, current.SavedAt) : new DraftResult.Changed(current.Revision, current.SavedAt);
        }, ct));
    }

    /// <summary>Sets some fields, whatever the revision, as a person does who chose from a list.</summary>
    public Task<DraftResult> SetAsync(DraftKey key, DossierType type, IReadOnlyDictionary<string, string> fields, CancellationToken ct) =>
        OnceMoreIfTakenAsync(() => database.WriteAsync<DraftResult>(async (write, token) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            for (var tries = 0; tries < Tries; tries++)
            {
                var current = await Own(write.Db, key, type).AsNoTracking().SingleOrDefaultAsync(token);
                if (current is null)
                {
                    write.Db.Add(New(key, type, 1, Draft.WritePairs(fields), now));
                    return new DraftResult.Saved(1, now);
                }

                if (await SentAsync(write, current, token) is { } sent)
                    return sent;
                var json = Draft.WritePairs(current.ReadPairs().Where(p => !fields.ContainsKey(p.Key)).Concat(fields));
                if (json.Length > Draft.PairsMaxLength)
                    return new DraftResult.TooLarge();
                if (await ReplaceAsync(write, key, type, current.Revision, json, now, token))
                    return new DraftResult.Saved(current.Revision + 1, now);
            }

            throw new DbUpdateConcurrencyException($"A draft changed {Tries} times in a row.");
        }, ct));

    /// <summary>Starts a draft with the data of a dossier; the dossier it becomes links to its source.</summary>
    public Task StartCopyAsync(
        DraftKey key, DossierType type, IReadOnlyCollection<KeyValuePair<string, string>> pairs, long? copiedFromId, CancellationToken ct) =>
        database.WriteAsync((write, _) =>
        {
            write.Db.Add(New(key, type, 1, Draft.WritePairs(pairs), time.GetUtcNow().UtcDateTime, copiedFromId));
            return Task.CompletedTask;
        }, ct);

    /// <summary>
    /// Goes on with the same answers and files as a draft of another type, which takes the place of this one. A file in a slot
    /// that the other type does not have becomes one of no slot. False when the draft was sent or saved again meanwhile.
    /// </summary>
    /// <param name="revision">The revision that the person had before them.</param>
    public Task<bool> TurnAsync(
        DraftKey key, DossierType type, int revision, DraftKey next, DossierType nextType, IReadOnlyCollection<string> nextSlots, CancellationToken ct) =>
        database.WriteAsync(async (write, token) =>
        {
            var own = Own(write.Db, key, type);
            // Holds the row, so that a send at the same moment comes first or not at all.
            if (await own.Where(d => d.Revision == revision && d.ConsumedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, d => d.Revision + 1), token) == 0)
                return false;
            var draft = await own.AsNoTracking().SingleAsync(token);
            write.Db.Add(New(next, nextType, 1, draft.Pairs, time.GetUtcNow().UtcDateTime, draft.CopiedFromId));
            await write.Db.SaveChangesAsync(token);
            var staged = write.Db.Attachments.Where(a => a.DraftId == key.Id);
            await staged.Where(a => a.Slot != null && !nextSlots.Contains(a.Slot)).ExecuteUpdateAsync(set => set.SetProperty(a => a.Slot, (string?)null), token);
            await staged.ExecuteUpdateAsync(set => set.SetProperty(a => a.DraftId, next.Id), token);
            await own.ExecuteDeleteAsync(token);
            return true;
        }, ct);

    /// <summary>Removes a draft and its files; one that was sent stays.</summary>
    public async Task DiscardAsync(DraftKey key, DossierType type, CancellationToken ct)
    {
        var keys = await database.WriteAsync(async (write, token) =>
        {
            var own = Own(write.Db, key, type).Where(d => d.ConsumedAt == null);
            // Holds the row, so that a send at the same moment finds either everything or nothing.
            if (await own.ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, d => d.Revision + 1), token) == 0)
                return [];
            var staged = write.Db.Attachments.Where(a => a.DraftId == key.Id);
            var stored = await staged.Select(a => new { a.StorageKey, a.ThumbnailKey }).ToListAsync(token);
            await staged.ExecuteDeleteAsync(token);
            await own.ExecuteDeleteAsync(token);
            return stored.SelectMany(a => new[] { a.StorageKey, a.ThumbnailKey }).ToList();
        }, ct);
        await files.RemoveAsync(keys);
    }

    internal static IQueryable<Draft> Own(PortalDbContext context, DraftKey key, DossierType type) =>
        context.Drafts.Where(d => d.Id == key.Id && d.OwnerId == key.OwnerId && d.OrganisationId == key.OrganisationId && d.Type == type);

    internal static Draft New(DraftKey key, DossierType type, int revision, string pairs, DateTime now, long? copiedFromId = null) => new()
    {
        Id = key.Id,
        OwnerId = key.OwnerId,
        OrganisationId = key.OrganisationId,
        ForUserId = key.ForUserId,
        Type = type,
        CreatedAt = now,
        SavedAt = now,
        Revision = revision,
        Pairs = pairs,
        CopiedFromId = copiedFromId,
    };

    internal static async Task<DraftResult.Sent?> SentAsync(WriteScope write, Draft draft, CancellationToken ct) => draft.ConsumedAt is null
        ? null
        : new DraftResult.Sent(await write.Db.Dossiers.Where(d => d.Id == draft.DossierId).Select(d => d.Number).SingleAsync(ct));

    /// <summary>Two first saves at once: the second finds the row of the first. A row it still does not find is not this person's.</summary>
    internal static async Task<DraftResult> OnceMoreIfTakenAsync(Func<Task<DraftResult>> save)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            try
            {
                return await save();
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // Decided by the next try, or foreign.
            }
        }

        return new DraftResult.Foreign();
    }

    private static async Task<bool> ReplaceAsync(
        WriteScope write, DraftKey key, DossierType type, int revision, string json, DateTime now, CancellationToken ct) =>
        await Own(write.Db, key, type).Where(d => d.Revision == revision && d.ConsumedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Pairs, json).SetProperty(d => d.Revision, revision + 1).SetProperty(d => d.SavedAt, now), ct) == 1;
}
