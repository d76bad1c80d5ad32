using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.OldPortal;

/// <summary>Files of the old portal, whatever their kind. Rows are compared with what is there in the check and once more in the write.</summary>
public sealed class PortalImporting(
    PortalDatabase database, PortalDbContext db, ImportedKinds kinds, IFileStore store, FileKeeping files, TimeProvider time, ILogger<PortalImporting> log)
    : TableImporting<PortalImport>("portal-import", database, db, store, files, time, log)
{
    /// <summary>One transaction keeps other writers waiting for a moment only.</summary>
    private const int RowsPerBatch = 100;

    protected override TimeSpan FileLifetime => PortalImport.FileLifetime;

    protected override int MaxRows => PortalImport.MaxRows;

    protected override Task RemoveFaultsAsync(WriteScope write, IQueryable<Guid> imports, CancellationToken ct) =>
        write.Db.Set<PortalImportFault>().Where(f => imports.Contains(f.ImportId)).ExecuteDeleteAsync(ct);

    protected override async Task CheckAsync(PortalImport import, Stream content, int total, CancellationToken ct)
    {
        var effects = new Dictionary<RowEffect, int>();
        var (warned, begun, kept, read) = (0, 0, 0, 0);
        var reading = Begin(import, content);
        foreach (var batch in TableFile.Read(content, import.Format).Skip(1).Chunk(RowsPerBatch))
        {
            var judged = await reading.JudgeAsync(Db, batch, ct);
            foreach (var row in judged)
                effects[row.Effect] = effects.GetValueOrDefault(row.Effect) + 1;
            warned += judged.Count(row => row.Effect != RowEffect.Faulty && row.Faults.Count > 0);
            begun += judged.Count(row => row.BeginsOrganisation);
            var faults = judged.SelectMany(row => row.Faults).Take(PortalImport.MaxFaults - kept).ToList();
            kept += faults.Count;
            if (faults.Count > 0)
                await Database.WriteAsync((write, _) =>
                {
                    write.Db.AddRange(faults.Select(fault => new PortalImportFault { ImportId = import.Id, Line = fault.Line, Field = fault.Field, Fault = fault.Fault, Value = fault.Value }));
                    return Task.CompletedTask;
                }, ct);
            await GetOnAsync(import.Id, read += batch.Length, total, ct);
        }

        var (now, added, changed, unchanged, faulty) = (
            Now, effects.GetValueOrDefault(RowEffect.New), effects.GetValueOrDefault(RowEffect.Changed), effects.GetValueOrDefault(RowEffect.Unchanged), effects.GetValueOrDefault(RowEffect.Faulty));
        await Database.WriteAsync((write, token) => EndAsync(
            write, import.Id, WorkState.Done,
            set => set.SetProperty(i => i.CheckedAt, now).SetProperty(i => i.NewRows, added).SetProperty(i => i.ChangedRows, changed).SetProperty(i => i.UnchangedRows, unchanged)
                .SetProperty(i => i.FaultyRows, faulty).SetProperty(i => i.WarnedRows, warned).SetProperty(i => i.NewOrganisations, begun).SetProperty(i => i.Written, total), token), ct);
    }

    protected override async Task WriteAsync(PortalImport import, Stream content, int total, CancellationToken ct)
    {
        var read = 0;
        var reading = Begin(import, content);
        foreach (var batch in TableFile.Read(content, import.Format).Skip(1).Chunk(RowsPerBatch))
        {
            read += batch.Length;
            if (batch[^1].Line <= import.WrittenLine)
                continue;
            await reading.PrepareAsync(Db, batch, ct);
            var at = read;
            await Database.WriteAsync(async (write, token) =>
            {
                var rows = await reading.WriteAsync(write, import, batch, Now, token);
                await MoveOnAsync(write, import, batch[^1].Line, rows.Count(row => row.Effect == RowEffect.New), rows.Count(row => row.Effect == RowEffect.Changed), at, total, token);
            }, ct);
        }
    }

    protected override Task<int> UndoTotalAsync(PortalImport import, CancellationToken ct) => Db.Set<PortalImportTrace>().CountAsync(t => t.ImportId == import.Id, ct);

    protected override async Task<int?> UndoStepAsync(WriteScope write, PortalImport import, CancellationToken ct) =>
        (await kinds[import.Kind].BlockersAsync(write.Db, import.Id, ct)).Any(blocker => blocker.Stops) ? null : await kinds[import.Kind].UndoStepAsync(write, import, Now, ct);

    private RowReading Begin(PortalImport import, Stream content)
    {
        var headers = TableFile.Read(content, import.Format).First().Cells.Select(TableCell.Shown).ToList();
        return kinds[import.Kind].Begin(new PortalColumns(kinds[import.Kind].Columns, headers));
    }
}
