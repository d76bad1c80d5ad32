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
    : TableImports<PortalImport, PortalImporting>("portal-import", database, db, files, signal, time)
{
    private const int PreviewedRows = 5;

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
            Phase = ImportPhase.Check,
            State = WorkState.Waiting,
            OrderedAt = now,
        };
        await AddAsync(import, kind.ToString(), ct);
        return new KeptImport(import.Id, TableFault.None, []);
    }

    /// <summary>The first rows as they would go in now; null once the file had its time.</summary>
    public async Task<ImportPreview?> PreviewAsync(PortalImport import, CancellationToken ct)
    {
        if (await tables.StartAsync(import.StorageKey, import.Format, ct, PreviewedRows) is not { } start)
            return null;
        var columns = new PortalColumns(kinds[import.Kind].Columns, start.Headers);
        return new ImportPreview(columns.Fields, columns.Unknown, await kinds[import.Kind].Begin(columns).JudgeAsync(Db, start.Rows, ct));
    }

    /// <summary>What keeps it from being undone, as it stands now.</summary>
    public Task<IReadOnlyList<UndoBlocker>> BlockersAsync(PortalImport import, CancellationToken ct) => kinds[import.Kind].BlockersAsync(Db, import.Id, ct);

    public IQueryable<PortalImportFault> FaultsOf(Guid id) => Db.Set<PortalImportFault>().AsNoTracking().Where(f => f.ImportId == id).OrderBy(f => f.Id);

    protected override async Task<bool> IsBlockedAsync(PortalDbContext context, Guid id, CancellationToken ct) =>
        await context.Set<PortalImport>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import || (await kinds[import.Kind].BlockersAsync(context, id, ct)).Any(blocker => blocker.Stops);

    protected override Task RemoveFaultsAsync(WriteScope write, Guid id, CancellationToken ct) => write.Db.Set<PortalImportFault>().Where(f => f.ImportId == id).ExecuteDeleteAsync(ct);
}
