using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Tables;

/// <summary>
/// Checks, writes and undoes tables that were uploaded, row by row, so that a long one takes no more memory than a short one. Each
/// batch moves the import's own row on in the same transaction: whoever goes on after a stop writes no row twice.
/// </summary>
/// <param name="action">Under which name the audit knows what becomes of an import.</param>
public abstract class TableImporting<T>(
    string action, PortalDatabase database, PortalDbContext db, IFileStore store, FileKeeping files, TimeProvider time, ILogger log)
    : Worker<T>(database, db, time, log)
    where T : TableImport
{
    protected sealed override Expression<Func<T, DateTime?>> OrderedAt => import => import.OrderedAt;

    /// <summary>How long a file and its faults are kept.</summary>
    protected abstract TimeSpan FileLifetime { get; }

    /// <summary>What a file may hold.</summary>
    protected abstract int MaxRows { get; }

    /// <summary>Removes files that had their time. What was written stays on record.</summary>
    public sealed override async Task TidyAsync(CancellationToken ct)
    {
        var before = Now - FileLifetime;
        if (!await Old(Db, before).AnyAsync(ct))
            return;
        var keys = await Database.WriteAsync(async (write, token) =>
        {
            var old = Old(write.Db, before);
            var stored = await old.Select(i => i.StorageKey).ToListAsync(token);
            await RemoveFaultsAsync(write, old.Select(i => i.Id), token);
            await old.Where(i => i.Phase <= ImportPhase.Check).ExecuteDeleteAsync(token);
            await old.ExecuteUpdateAsync(set => set.SetProperty(i => i.StorageKey, (string?)null), token);
            return stored;
        }, ct);
        await files.RemoveAsync(keys);
    }

    protected sealed override async Task DoAsync(T work, CancellationToken ct)
    {
        // Whoever ordered it may have left since.
        if (!await Db.Users.AsNoTracking().ActiveStaff().AnyAsync(u => u.Id == work.OwnerId, ct))
        {
            await EndAsync(work.Id, WorkState.Failed, ct);
            return;
        }

        if (work.Phase == ImportPhase.Undo)
        {
            await UndoAsync(work, ct);
            return;
        }

        await using var content = work.StorageKey is { } key ? await store.OpenAsync(key, ct) : null;
        if (content is null)
        {
            await EndAsync(work.Id, WorkState.Failed, ct);
            return;
        }

        try
        {
            var total = work.Phase == ImportPhase.Check ? Count(content, work.Format) : work.Rows;
            await BeginAsync(work.Id, 0, total, ct);
            if (work.Phase == ImportPhase.Check)
            {
                await Database.WriteAsync((write, token) => RemoveFaultsAsync(write, write.Db.Set<T>().Where(i => i.Id == work.Id).Select(i => i.Id), token), ct);
                await CheckAsync(work, content, total, ct);
            }
            else
            {
                await WriteAsync(work, content, total, ct);
                await WrittenAsync(work, total, ct);
            }
        }
        catch (TableUnreadableException)
        {
            await EndAsync(work.Id, WorkState.Failed, ct);
        }
    }

    /// <summary>Reads and compares all rows, keeps their faults, and ends.</summary>
    protected abstract Task CheckAsync(T import, Stream content, int total, CancellationToken ct);

    /// <summary>Writes the good rows after <see cref="TableImport.WrittenLine"/>, a batch after the other.</summary>
    protected abstract Task WriteAsync(T import, Stream content, int total, CancellationToken ct);

    /// <summary>Takes back a part of what it wrote; how much, and null where something depends on it, which is asked before each step.</summary>
    protected abstract Task<int?> UndoStepAsync(WriteScope write, T import, CancellationToken ct);

    /// <summary>How much there is to take back.</summary>
    protected virtual Task<int> UndoTotalAsync(T import, CancellationToken ct) => Task.FromResult(import.Added + import.Changed);

    protected abstract Task RemoveFaultsAsync(WriteScope write, IQueryable<Guid> imports, CancellationToken ct);

    /// <summary>Moves the import's row on, as part of the write of a batch.</summary>
    /// <param name="line">The last one of the batch.</param>
    /// <param name="read">Rows up to there.</param>
    protected Task MoveOnAsync(WriteScope write, T import, int line, int added, int changed, int read, int total, CancellationToken ct) => ChangeHeldAsync(
        write, import.Id,
        set => set.SetProperty(i => i.WrittenLine, line).SetProperty(i => i.Added, i => i.Added + added).SetProperty(i => i.Changed, i => i.Changed + changed)
            .SetProperty(i => i.Written, read).SetProperty(i => i.Total, total).SetProperty(i => i.Attempts, 1), ct);

    private static IQueryable<T> Old(PortalDbContext context, DateTime before) =>
        context.Set<T>().Where(i => i.CreatedAt < before && i.StorageKey != null && i.State != WorkState.Waiting && i.State != WorkState.Running);

    private int Count(Stream content, TableFormat format)
    {
        var count = TableFile.Read(content, format).Take(MaxRows + 2).Count() - 1;
        return count <= MaxRows ? count : throw new TableUnreadableException();
    }

    private async Task WrittenAsync(T import, int total, CancellationToken ct)
    {
        var now = Now;
        await Database.WriteAsync(async (write, token) =>
        {
            if (await EndAsync(write, import.Id, WorkState.Done, set => set.SetProperty(i => i.WrittenAt, now).SetProperty(i => i.Written, total), token))
            {
                var done = await write.Db.Set<T>().Where(i => i.Id == import.Id).Select(i => new { i.Added, i.Changed }).SingleAsync(token);
                write.Db.Record(now, import.OwnerId, $"{action}.written", typeof(T).Name, import.Id, FormattableString.Invariant($"added={done.Added} changed={done.Changed}"));
            }
        }, ct);
    }

    private async Task UndoAsync(T import, CancellationToken ct)
    {
        var total = await UndoTotalAsync(import, ct);
        await BeginAsync(import.Id, 0, total, ct);
        var back = 0;
        while (true)
        {
            var done = await Database.WriteAsync(async (write, token) =>
            {
                var count = await UndoStepAsync(write, import, token);
                var at = back + (count ?? 0);
                await ChangeHeldAsync(write, import.Id, set => set.SetProperty(i => i.Written, at).SetProperty(i => i.Total, total).SetProperty(i => i.Attempts, 1), token);
                return count;
            }, ct);
            if (done is null)
            {
                await EndAsync(import.Id, WorkState.Failed, ct);
                return;
            }

            if (done == 0)
                break;
            back += done.Value;
        }

        var now = Now;
        await Database.WriteAsync((write, token) => EndAsync(write, import.Id, WorkState.Done, set => set.SetProperty(i => i.UndoneAt, now), token), ct);
    }
}
