using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.OldPortal;

/// <summary>
/// Checks, writes and undoes files of the old portal. Each batch moves the import's own row on in the same transaction, and
/// rows are compared with what is there before they are written: whoever goes on after a stop writes no row twice.
/// </summary>
public sealed class PortalImporting(
    PortalDatabase database, PortalDbContext db, ImportedKinds kinds, IFileStore store, FileKeeping files, TimeProvider time, ILogger<PortalImporting> log)
    : Worker<PortalImport>(database, db, time, log)
{
    /// <summary>One transaction keeps other writers waiting for a moment only.</summary>
    private const int RowsPerBatch = 100;

    protected override Expression<Func<PortalImport, DateTime?>> OrderedAt => import => import.OrderedAt;

    /// <summary>Removes files that had their time. What was written stays on record.</summary>
    public override async Task TidyAsync(CancellationToken ct)
    {
        var before = Now - PortalImport.FileLifetime;
        if (!await Old(Db, before).AnyAsync(ct))
            return;
        var keys = await Database.WriteAsync(async (write, token) =>
        {
            var old = Old(write.Db, before);
            var stored = await old.Select(i => i.StorageKey).ToListAsync(token);
            await write.Db.Set<PortalImportFault>().Where(f => old.Any(i => i.Id == f.ImportId)).ExecuteDeleteAsync(token);
            await old.Where(i => i.Phase == PortalImportPhase.Check).ExecuteDeleteAsync(token);
            await old.ExecuteUpdateAsync(set => set.SetProperty(i => i.StorageKey, (string?)null), token);
            return stored;
        }, ct);
        await files.RemoveAsync(keys);
    }

    protected override async Task DoAsync(PortalImport import, CancellationToken ct)
    {
        // Whoever ordered it may have left since.
        if (!await Db.Users.AsNoTracking().ActiveStaff().AnyAsync(u => u.Id == import.OwnerId, ct))
        {
            await EndAsync(import.Id, WorkState.Failed, ct);
            return;
        }

        if (import.Phase == PortalImportPhase.Undo)
        {
            await UndoAsync(import, ct);
            return;
        }

        await using var content = import.StorageKey is { } key ? await store.OpenAsync(key, ct) : null;
        try
        {
            var total = content is null ? 0 : Count(content, import.Format);
            if (content is null || total > PortalImport.MaxRows)
                await EndAsync(import.Id, WorkState.Failed, ct);
            else if (import.Phase == PortalImportPhase.Check)
                await CheckAsync(import, content, total, ct);
            else
                await WriteAsync(import, content, total, ct);
        }
        catch (TableUnreadableException)
        {
            await EndAsync(import.Id, WorkState.Failed, ct);
        }
    }

    private static IQueryable<PortalImport> Old(PortalDbContext db, DateTime before) =>
        db.Set<PortalImport>().Where(i => i.CreatedAt < before && i.StorageKey != null && i.State != WorkState.Waiting && i.State != WorkState.Running);

    private static int Count(Stream content, TableFormat format) => TableFile.Read(content, format).Take(PortalImport.MaxRows + 2).Count() - 1;

    private RowReading Begin(PortalImport import, Stream content)
    {
        var headers = TableFile.Read(content, import.Format).First().Cells.Select(TableCell.Shown).ToList();
        return kinds[import.Kind].Begin(new PortalColumns(kinds[import.Kind].Columns, headers));
    }

    private async Task CheckAsync(PortalImport import, Stream content, int total, CancellationToken ct)
    {
        await BeginAsync(import.Id, 0, total, ct);
        await Database.WriteAsync((write, token) => write.Db.Set<PortalImportFault>().Where(f => f.ImportId == import.Id).ExecuteDeleteAsync(token), ct);
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

    private async Task WriteAsync(PortalImport import, Stream content, int total, CancellationToken ct)
    {
        await BeginAsync(import.Id, 0, total, ct);
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
                var (added, changed, last) = (rows.Count(row => row.Effect == RowEffect.New), rows.Count(row => row.Effect == RowEffect.Changed), batch[^1].Line);
                await ChangeHeldAsync(
                    write, import.Id,
                    set => set.SetProperty(i => i.WrittenLine, last).SetProperty(i => i.Added, i => i.Added + added).SetProperty(i => i.Changed, i => i.Changed + changed)
                        .SetProperty(i => i.Written, at).SetProperty(i => i.Total, total).SetProperty(i => i.Attempts, 1), token);
            }, ct);
        }

        var now = Now;
        await Database.WriteAsync(async (write, token) =>
        {
            if (await EndAsync(write, import.Id, WorkState.Done, set => set.SetProperty(i => i.WrittenAt, now).SetProperty(i => i.Written, total), token))
            {
                var done = await write.Db.Set<PortalImport>().Where(i => i.Id == import.Id).Select(i => new { i.Added, i.Changed }).SingleAsync(token);
                write.Db.Record(now, import.OwnerId, "portal-import.written", nameof(PortalImport), import.Id, FormattableString.Invariant($"added={done.Added} changed={done.Changed}"));
            }
        }, ct);
    }

    private async Task UndoAsync(PortalImport import, CancellationToken ct)
    {
        var kind = kinds[import.Kind];
        var total = await Db.Set<PortalImportTrace>().CountAsync(t => t.ImportId == import.Id, ct);
        await BeginAsync(import.Id, 0, total, ct);
        var back = 0;
        while (true)
        {
            var done = await Database.WriteAsync(async (write, token) =>
            {
                // Checked in each step: somebody may begin to use it at this moment.
                if ((await kind.BlockersAsync(write.Db, import.Id, token)).Any(blocker => blocker.Stops))
                    return -1;
                var count = await kind.UndoStepAsync(write, import, Now, token);
                var at = back + count;
                await ChangeHeldAsync(write, import.Id, set => set.SetProperty(i => i.Written, at).SetProperty(i => i.Total, total).SetProperty(i => i.Attempts, 1), token);
                return count;
            }, ct);
            if (done < 0)
            {
                await EndAsync(import.Id, WorkState.Failed, ct);
                return;
            }

            if (done == 0)
                break;
            back += done;
        }

        var now = Now;
        await Database.WriteAsync((write, token) => EndAsync(write, import.Id, WorkState.Done, set => set.SetProperty(i => i.UndoneAt, now), token), ct);
    }
}
