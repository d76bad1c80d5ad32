using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;

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
    : TableImports<CreditImport, CreditImporting>("credit-import", database, db, files, signal, time)
{
    /// <summary>Keeps a file; where its columns are known already it is checked at once.</summary>
    /// <param name="content">Seekable.</param>
    public async Task<(Guid? Id, TableFault Fault)> KeepAsync(int ownerId, string fileName, Stream content, CancellationToken ct)
    {
        var (table, fault) = TableIntake.Look(content, CreditImport.MaxBytes);
        if (table is null)
            return (null, fault);
        var key = await tables.StoreAsync(content, ct);
        var (mapping, isKnown) = await CreditColumnNames.GuessAsync(Db, table.Start.Headers, ct);
        var import = new CreditImport
        {
            Id = Guid.CreateVersion7(),
            OwnerId = ownerId,
            FileName = TableIntake.NameOf(fileName, CreditImport.FileNameMaxLength),
            Format = table.Format,
            CreatedAt = Now,
            StorageKey = key,
            Phase = ImportPhase.Columns,
            Mapping = mapping.ToJson(),
        };
        if (isKnown)
            (import.Phase, import.State, import.OrderedAt) = (ImportPhase.Check, WorkState.Waiting, import.CreatedAt);
        await AddAsync(import, null, ct);
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
        return await Database.WriteAsync(async (write, token) =>
        {
            var json = mapping.ToJson();
            var ordered = await OrderAsync(
                write, import.Id, i => i.Phase <= ImportPhase.Check, ImportPhase.Check,
                set => set.SetProperty(i => i.Mapping, json).SetProperty(i => i.CheckedAt, (DateTime?)null), token);
            if (!ordered)
                return false;
            await CreditColumnNames.RememberAsync(write, start.Headers, mapping, token);
            write.Db.Record(Now, actorId, "credit-import.mapped", nameof(CreditImport), import.Id);
            return true;
        }, ct);
    }

    /// <summary>What keeps it from being undone, as it stands now.</summary>
    public async Task<UndoBlockers> BlockersAsync(Guid id, CancellationToken ct) => await BlockersAsync(Db, id, ct);

    public IQueryable<CreditImportFault> FaultsOf(Guid id) => Db.Set<CreditImportFault>().AsNoTracking().Where(f => f.ImportId == id).OrderBy(f => f.Id);

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

    protected override async Task<bool> IsBlockedAsync(PortalDbContext context, Guid id, CancellationToken ct) => (await BlockersAsync(context, id, ct)).Any;

    protected override Task RemoveFaultsAsync(WriteScope write, Guid id, CancellationToken ct) => write.Db.Set<CreditImportFault>().Where(f => f.ImportId == id).ExecuteDeleteAsync(ct);
}
