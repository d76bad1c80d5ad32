using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace DealerPortal.Core.Credits;

/// <summary>What stands in the way of undoing an import.</summary>
/// <param name="ChangedSince">Credits of it that a later import or a person changed.</param>
/// <param name="Told">Credits of it whose dealer got the mail.</param>
/// <param name="Asked">Credits of it that a dealer asked a question about since.</param>
public sealed record UndoBlockers(int ChangedSince, int Told, int Asked)
{
    public bool Any => ChangedSince + Told + Asked > 0;
}

/// <summary>Files of credits: kept, checked, written and undone by order of the staff; the work itself is <see cref="CreditImporting"/>.</summary>
public sealed class CreditImports(PortalDatabase database, PortalDbContext db, TableIntake tables, FileKeeping files, WorkSignal<CreditImporting> signal, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>All, the newest first.</summary>
    public IQueryable<CreditImport> All => db.Set<CreditImport>().AsNoTracking().OrderByDescending(i => i.CreatedAt);

    public Task<CreditImport?> FindAsync(Guid id, CancellationToken ct) => db.Set<CreditImport>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);

    /// <summary>Keeps a file; where its columns are known already it is checked at once.</summary>
    /// <param name="content">Seekable.</param>
    public async Task<(Guid? Id, TableFault Fault)> KeepAsync(int ownerId, string fileName, Stream content, CancellationToken ct)
    {
        var (table, fault) = TableIntake.Look(content, CreditImport.MaxBytes);
        if (table is null)
            return (null, fault);
        var key = await tables.StoreAsync(content, ct);
        var (mapping, isKnown) = await CreditColumnNames.GuessAsync(db, table.Start.Headers, ct);
        var import = new CreditImport
        {
            Id = Guid.CreateVersion7(),
            OwnerId = ownerId,
            FileName = TableIntake.NameOf(fileName, CreditImport.FileNameMaxLength),
            Format = table.Format,
            CreatedAt = Now,
            StorageKey = key,
            Mapping = mapping.ToJson(),
        };
        if (isKnown)
            (import.Phase, import.State, import.OrderedAt) = (CreditImportPhase.Check, WorkState.Waiting, import.CreatedAt);
        await database.WriteAsync((write, _) =>
        {
            write.Db.Add(import);
            write.Db.Record(import.CreatedAt, ownerId, "credit-import.uploaded", nameof(CreditImport), import.Id);
            write.AfterCommit(signal.Wake);
            return Task.CompletedTask;
        }, ct);
        return (import.Id, TableFault.None);
    }

    /// <returns>Null once the file had its time.</returns>
    public Task<TableStart?> StartAsync(CreditImport import, CancellationToken ct) => tables.StartAsync(import.StorageKey, import.Format, ct);

    /// <summary>Takes down what the columns mean, remembers it for files to come, and orders that all rows be checked.</summary>
    /// <returns>False when it is under way or in already, or has no file any more.</returns>
    public async Task<bool> MapAsync(CreditImport import, CreditMapping mapping, int actorId, CancellationToken ct)
    {
        if (mapping.Missing.Count > 0)
            throw new ArgumentException("A mapping without what is required.", nameof(mapping));
        if (await StartAsync(import, ct) is not { } start)
            return false;
        return await database.WriteAsync(async (write, token) =>
        {
            var json = mapping.ToJson();
            var ordered = await OrderAsync(
                write, import.Id, i => i.Phase <= CreditImportPhase.Check, CreditImportPhase.Check,
                set => set.SetProperty(i => i.Mapping, json).SetProperty(i => i.CheckedAt, (DateTime?)null), token);
            if (!ordered)
                return false;
            await CreditColumnNames.RememberAsync(write, start.Headers, mapping, token);
            write.Db.Record(Now, actorId, "credit-import.mapped", nameof(CreditImport), import.Id);
            return true;
        }, ct);
    }

    /// <summary>Orders that the good rows go in, or that what failed goes on.</summary>
    /// <returns>False when there is nothing of it to write, or it is under way.</returns>
    public Task<bool> ConfirmAsync(Guid id, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var isAgain = await write.Db.Set<CreditImport>().AnyAsync(i => i.Id == id && i.Phase == CreditImportPhase.Write && i.State == WorkState.Failed, token);
        var ordered = await OrderAsync(
            write, id,
            i => i.StorageKey != null && ((i.Phase == CreditImportPhase.Check && i.State == WorkState.Done && i.NewRows + i.ChangedRows > 0) || (i.Phase == CreditImportPhase.Write && i.State == WorkState.Failed)),
            CreditImportPhase.Write, _ => { }, token);
        if (ordered)
            write.Db.Record(Now, actorId, "credit-import.confirmed", nameof(CreditImport), id, isAgain ? "again" : null);
        return ordered;
    }, ct);

    /// <summary>What keeps it from being undone, as it stands now.</summary>
    public async Task<UndoBlockers> BlockersAsync(Guid id, CancellationToken ct) => await BlockersAsync(db, id, ct);

    /// <summary>Orders that everything it wrote be taken back.</summary>
    /// <returns>False when something depends on it, or there is nothing to undo.</returns>
    public Task<bool> UndoAsync(Guid id, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        if ((await BlockersAsync(write.Db, id, token)).Any)
            return false;
        var ordered = await OrderAsync(
            write, id,
            i => i.Added + i.Changed > 0 && ((i.Phase == CreditImportPhase.Write && (i.State == WorkState.Done || i.State == WorkState.Failed)) || (i.Phase == CreditImportPhase.Undo && i.State == WorkState.Failed)),
            CreditImportPhase.Undo, _ => { }, token);
        if (ordered)
            write.Db.Record(Now, actorId, "credit-import.undone", nameof(CreditImport), id);
        return ordered;
    }, ct);

    /// <summary>Removes a file that wrote nothing.</summary>
    /// <returns>False when it wrote something, or is under way.</returns>
    public async Task<bool> DiscardAsync(Guid id, int actorId, CancellationToken ct)
    {
        var (gone, key) = await database.WriteAsync(async (write, token) =>
        {
            var idle = write.Db.Set<CreditImport>().Where(i => i.Id == id && i.Phase <= CreditImportPhase.Check && i.State != WorkState.Waiting && i.State != WorkState.Running);
            var kept = await idle.Select(i => i.StorageKey).ToListAsync(token);
            if (kept.Count == 0)
                return (false, null);
            await write.Db.Set<CreditImportFault>().Where(f => f.ImportId == id).ExecuteDeleteAsync(token);
            await idle.ExecuteDeleteAsync(token);
            write.Db.Record(Now, actorId, "credit-import.discarded", nameof(CreditImport), id);
            return (true, kept[0]);
        }, ct);
        await files.RemoveAsync([key]);
        return gone;
    }

    public IQueryable<CreditImportFault> FaultsOf(Guid id) => db.Set<CreditImportFault>().AsNoTracking().Where(f => f.ImportId == id).OrderBy(f => f.Id);

    internal static async Task<UndoBlockers> BlockersAsync(PortalDbContext db, Guid id, CancellationToken ct)
    {
        var revised = db.Set<CreditRevision>().Where(r => r.ImportId == id).Select(r => r.CreditId);
        var touched = db.Credits.AllOrganisations().Where(c => c.ImportId == id || revised.Contains(c.Id));
        var written = await db.Set<CreditImport>().Where(i => i.Id == id).Select(i => i.OrderedAt).SingleAsync(ct);
        return new UndoBlockers(
            await touched.CountAsync(c => c.ChangedById == null || c.ChangedById != id, ct),
            await touched.CountAsync(c => c.ToldAt != null && c.ToldAt >= written, ct),
            await touched.CountAsync(
                c => db.Dossiers.AllOrganisations().Any(d => d.Type == DossierType.CreditQuestion && d.OrganisationId == c.OrganisationId && d.GrmsNumber == c.GrmsNumber && d.CreatedAt >= written), ct));
    }

    private async Task<bool> OrderAsync(
        WriteScope write, Guid id, System.Linq.Expressions.Expression<Func<CreditImport, bool>> allowed, CreditImportPhase phase,
        Action<UpdateSettersBuilder<CreditImport>> more, CancellationToken ct)
    {
        var now = Now;
        var ordered = await write.Db.Set<CreditImport>().Where(i => i.Id == id && i.State != WorkState.Waiting && i.State != WorkState.Running).Where(allowed).ExecuteUpdateAsync(
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
