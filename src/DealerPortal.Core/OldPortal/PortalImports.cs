using System.Linq.Expressions;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.OldPortal;

/// <summary>What became of a file that somebody wants to import.</summary>
/// <param name="Id">Null for a file that is not taken.</param>
/// <param name="Missing">Columns without which it cannot be read.</param>
public sealed record KeptImport(Guid? Id, TableFault Fault, IReadOnlyList<PortalField> Missing);

/// <summary>The first rows of a file as they will be.</summary>
/// <param name="Fields">What the file says.</param>
/// <param name="Unknown">Names of columns that are left alone.</param>
public sealed record ImportPreview(IReadOnlyList<PortalField> Fields, IReadOnlyList<string> Unknown, IReadOnlyList<PortalRow> Rows);

/// <summary>Files of the old portal: kept, checked, written and undone by order of the staff; the work itself is <see cref="PortalImporting"/>.</summary>
public sealed class PortalImports(
    PortalDatabase database, PortalDbContext db, ImportedKinds kinds, TableIntake tables, FileKeeping files, WorkSignal<PortalImporting> signal, TimeProvider time)
{
    private const int PreviewedRows = 5;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>All, the newest first.</summary>
    public IQueryable<PortalImport> All => db.Set<PortalImport>().AsNoTracking().OrderByDescending(i => i.CreatedAt);

    public Task<PortalImport?> FindAsync(Guid id, CancellationToken ct) => db.Set<PortalImport>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);

    /// <summary>Keeps a file that has the columns of its kind, and orders that all rows be checked.</summary>
    /// <param name="content">Seekable.</param>
    public async Task<KeptImport> KeepAsync(int ownerId, PortalImportKind kind, string fileName, Stream content, CancellationToken ct)
    {
        var (table, fault) = TableIntake.Look(content, PortalImport.MaxBytes);
        if (table is null)
            return new KeptImport(null, fault, []);
        if (new PortalColumns(kinds[kind].Columns, table.Start.Headers).Missing is { Count: > 0 } missing)
            return new KeptImport(null, TableFault.None, missing);
        var now = Now;
        var import = new PortalImport
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            OwnerId = ownerId,
            FileName = TableIntake.NameOf(fileName, PortalImport.FileNameMaxLength),
            Format = table.Format,
            CreatedAt = now,
            StorageKey = await tables.StoreAsync(content, ct),
            State = WorkState.Waiting,
            OrderedAt = now,
        };
        await database.WriteAsync((write, _) =>
        {
            write.Db.Add(import);
            write.Db.Record(now, ownerId, "portal-import.uploaded", nameof(PortalImport), import.Id, kind.ToString());
            write.AfterCommit(signal.Wake);
            return Task.CompletedTask;
        }, ct);
        return new KeptImport(import.Id, TableFault.None, []);
    }

    /// <summary>The first rows as they would go in now; null once the file had its time.</summary>
    public async Task<ImportPreview?> PreviewAsync(PortalImport import, CancellationToken ct)
    {
        if (await tables.StartAsync(import.StorageKey, import.Format, ct, PreviewedRows) is not { } start)
            return null;
        var columns = new PortalColumns(kinds[import.Kind].Columns, start.Headers);
        return new ImportPreview(columns.Fields, columns.Unknown, await kinds[import.Kind].Begin(columns).JudgeAsync(db, start.Rows, ct));
    }

    /// <summary>Orders that the good rows go in, or that what failed goes on.</summary>
    /// <returns>False when there is nothing of it to write, or it is under way.</returns>
    public Task<bool> ConfirmAsync(Guid id, int actorId, CancellationToken ct) => OrderAsync(
        id, actorId, PortalImportPhase.Write, "portal-import.confirmed",
        i => i.StorageKey != null && ((i.Phase == PortalImportPhase.Check && i.State == WorkState.Done && i.NewRows + i.ChangedRows > 0) || (i.Phase == PortalImportPhase.Write && i.State == WorkState.Failed)),
        ct);

    /// <summary>What keeps it from being undone, as it stands now.</summary>
    public Task<IReadOnlyList<UndoBlocker>> BlockersAsync(PortalImport import, CancellationToken ct) => kinds[import.Kind].BlockersAsync(db, import.Id, ct);

    /// <summary>Orders that everything it wrote be taken back.</summary>
    /// <returns>False when something depends on it, or there is nothing to undo.</returns>
    public async Task<bool> UndoAsync(Guid id, int actorId, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } import || (await BlockersAsync(import, ct)).Any(blocker => blocker.Stops))
            return false;
        // Whatever comes to depend on it from here on, the work itself sees before each step.
        return await OrderAsync(
            id, actorId, PortalImportPhase.Undo, "portal-import.undone",
            i => i.Added + i.Changed > 0 && ((i.Phase == PortalImportPhase.Write && (i.State == WorkState.Done || i.State == WorkState.Failed)) || (i.Phase == PortalImportPhase.Undo && i.State == WorkState.Failed)),
            ct);
    }

    /// <summary>Removes a file that wrote nothing.</summary>
    /// <returns>False when it wrote something, or is under way.</returns>
    public async Task<bool> DiscardAsync(Guid id, int actorId, CancellationToken ct)
    {
        var (gone, key) = await database.WriteAsync(async (write, token) =>
        {
            var idle = write.Db.Set<PortalImport>().Where(i => i.Id == id && i.Phase == PortalImportPhase.Check && i.State != WorkState.Waiting && i.State != WorkState.Running);
            var kept = await idle.Select(i => i.StorageKey).ToListAsync(token);
            if (kept.Count == 0)
                return (false, null);
            await write.Db.Set<PortalImportFault>().Where(f => f.ImportId == id).ExecuteDeleteAsync(token);
            await idle.ExecuteDeleteAsync(token);
            write.Db.Record(Now, actorId, "portal-import.discarded", nameof(PortalImport), id);
            return (true, kept[0]);
        }, ct);
        await files.RemoveAsync([key]);
        return gone;
    }

    public IQueryable<PortalImportFault> FaultsOf(Guid id) => db.Set<PortalImportFault>().AsNoTracking().Where(f => f.ImportId == id).OrderBy(f => f.Id);

    private Task<bool> OrderAsync(Guid id, int actorId, PortalImportPhase phase, string action, Expression<Func<PortalImport, bool>> allowed, CancellationToken ct) =>
        database.WriteAsync(async (write, token) =>
        {
            var now = Now;
            var ordered = await write.Db.Set<PortalImport>().Where(i => i.Id == id && i.State != WorkState.Waiting && i.State != WorkState.Running).Where(allowed).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Phase, phase).SetProperty(i => i.State, WorkState.Waiting).SetProperty(i => i.OrderedAt, now)
                    .SetProperty(i => i.Attempts, 0).SetProperty(i => i.FinishedAt, (DateTime?)null).SetProperty(i => i.Written, 0).SetProperty(i => i.Total, (int?)null), token) == 1;
            if (!ordered)
                return false;
            write.Db.Record(now, actorId, action, nameof(PortalImport), id);
            write.AfterCommit(signal.Wake);
            return true;
        }, ct);
}
