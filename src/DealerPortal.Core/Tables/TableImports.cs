using System.Linq.Expressions;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace DealerPortal.Core.Tables;

/// <summary>Uploaded tables of one kind: found, and written, undone or discarded by order of the staff.</summary>
/// <param name="action">Under which name the audit knows what becomes of an import.</param>
public abstract class TableImports<T, TWorker>(string action, PortalDatabase database, PortalDbContext db, FileKeeping files, WorkSignal<TWorker> signal, TimeProvider time)
    where T : TableImport
    where TWorker : Worker
{
    /// <summary>All, the newest first.</summary>
    public IQueryable<T> All => Db.Set<T>().AsNoTracking().OrderByDescending(i => i.CreatedAt);

    protected PortalDatabase Database { get; } = database;

    protected PortalDbContext Db { get; } = db;

    protected DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<T?> FindAsync(Guid id, CancellationToken ct) => Db.Set<T>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);

    /// <summary>Orders that the good rows go in, or that what failed goes on.</summary>
    /// <returns>False when there is nothing of it to write, or it is under way.</returns>
    public Task<bool> ConfirmAsync(Guid id, int actorId, CancellationToken ct) => Database.WriteAsync(async (write, token) =>
    {
        var isAgain = await write.Db.Set<T>().AnyAsync(i => i.Id == id && i.Phase == ImportPhase.Write && i.State == WorkState.Failed, token);
        var ordered = await OrderAsync(
            write, id,
            i => i.StorageKey != null && ((i.Phase == ImportPhase.Check && i.State == WorkState.Done && i.NewRows + i.ChangedRows > 0) || (i.Phase == ImportPhase.Write && i.State == WorkState.Failed)),
            ImportPhase.Write, _ => { }, token);
        if (ordered)
            write.Db.Record(Now, actorId, $"{action}.confirmed", typeof(T).Name, id, isAgain ? "again" : null);
        return ordered;
    }, ct);

    /// <summary>Orders that everything it wrote be taken back.</summary>
    /// <returns>False when something depends on it, or there is nothing to undo.</returns>
    public Task<bool> UndoAsync(Guid id, int actorId, CancellationToken ct) => Database.WriteAsync(async (write, token) =>
    {
        if (await IsBlockedAsync(write.Db, id, token))
            return false;
        var ordered = await OrderAsync(
            write, id,
            i => i.Added + i.Changed > 0 && ((i.Phase == ImportPhase.Write && (i.State == WorkState.Done || i.State == WorkState.Failed)) || (i.Phase == ImportPhase.Undo && i.State == WorkState.Failed)),
            ImportPhase.Undo, _ => { }, token);
        if (ordered)
            write.Db.Record(Now, actorId, $"{action}.undone", typeof(T).Name, id);
        return ordered;
    }, ct);

    /// <summary>Removes a file that wrote nothing.</summary>
    /// <returns>False when it wrote something, or is under way.</returns>
    public async Task<bool> DiscardAsync(Guid id, int actorId, CancellationToken ct)
    {
        var (gone, key) = await Database.WriteAsync(async (write, token) =>
        {
            var idle = write.Db.Set<T>().Where(i => i.Id == id && i.Phase <= ImportPhase.Check && i.State != WorkState.Waiting && i.State != WorkState.Running);
            var kept = await idle.Select(i => i.StorageKey).ToListAsync(token);
            if (kept.Count == 0)
                return (false, null);
            await RemoveFaultsAsync(write, id, token);
            await idle.ExecuteDeleteAsync(token);
            write.Db.Record(Now, actorId, $"{action}.discarded", typeof(T).Name, id);
            return (true, kept[0]);
        }, ct);
        await files.RemoveAsync([key]);
        return gone;
    }

    /// <summary>Whether something depends on what it wrote.</summary>
    protected abstract Task<bool> IsBlockedAsync(PortalDbContext context, Guid id, CancellationToken ct);

    protected abstract Task RemoveFaultsAsync(WriteScope write, Guid id, CancellationToken ct);

    /// <summary>Takes an import down, and what is to be done with it first.</summary>
    protected Task AddAsync(T import, string? detail, CancellationToken ct) => Database.WriteAsync((write, _) =>
    {
        write.Db.Add(import);
        write.Db.Record(import.CreatedAt, import.OwnerId, $"{action}.uploaded", typeof(T).Name, import.Id, detail);
        write.AfterCommit(signal.Wake);
        return Task.CompletedTask;
    }, ct);

    protected async Task<bool> OrderAsync(
        WriteScope write, Guid id, Expression<Func<T, bool>> allowed, ImportPhase phase, Action<UpdateSettersBuilder<T>> more, CancellationToken ct)
    {
        var now = Now;
        var ordered = await write.Db.Set<T>().Where(i => i.Id == id && i.State != WorkState.Waiting && i.State != WorkState.Running).Where(allowed).ExecuteUpdateAsync(
            set =>
            {
                more(set);
                set.SetProperty(i => i.Phase, phase).SetProperty(i => i.State, WorkState.Waiting).SetProperty(i => i.OrderedAt, now)
                    .SetProperty(i => i.Attempts, 0).SetProperty(i => i.FinishedAt, (DateTime?)null).SetProperty(i => i.Written, 0).SetProperty(i => i.Total, (int?)null);
            }, ct) == 1;
        if (ordered)
            write.AfterCommit(signal.Wake);
        return ordered;
    }
}
