using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Credits;

/// <summary>Files of credits; those that are new, changed or newly owned look for their dossiers once they are in.</summary>
public sealed class CreditImporting(
    PortalDatabase database, PortalDbContext db, IFileStore store, FileKeeping files, CreditLinking linking, TimeProvider time, ILogger<CreditImporting> log)
    : TableImporting<CreditImport>("credit-import", database, db, store, files, time, log)
{
    /// <summary>One transaction keeps other writers waiting for a moment only.</summary>
    private const int RowsPerBatch = 1000;

    protected override TimeSpan FileLifetime => CreditImport.FileLifetime;

    protected override int MaxRows => CreditImport.MaxRows;

    protected override Task RemoveFaultsAsync(WriteScope write, IQueryable<Guid> imports, CancellationToken ct) =>
        write.Db.Set<CreditImportFault>().Where(f => imports.Contains(f.ImportId)).ExecuteDeleteAsync(ct);

    protected override async Task CheckAsync(CreditImport import, Stream content, int total, CancellationToken ct)
    {
        var (added, changed, unchanged, faulty, unowned, kept, read) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var batch in Batches(import, content))
        {
            var compared = await CompareAsync(Db, batch, ct);
            added += compared.Count(row => row is { Fault: null, Existing: null });
            changed += compared.Count(row => row is { Fault: null, Existing: not null, IsChange: true });
            unchanged += compared.Count(row => row is { Fault: null, IsChange: false });
            unowned += compared.Count(row => row is { Fault: null, IsChange: true, OrganisationId: null });
            var faults = batch.SelectMany(row => row.Faults).Concat(compared.Select(row => row.Fault).OfType<CreditRowFault>()).OrderBy(fault => fault.Line).ToList();
            faulty += faults.DistinctBy(fault => fault.Line).Count();
            var room = faults.Take(CreditImport.MaxFaults - kept).ToList();
            kept += room.Count;
            if (room.Count > 0)
                await Database.WriteAsync((write, _) =>
                {
                    write.Db.AddRange(room.Select(fault => new CreditImportFault { ImportId = import.Id, Line = fault.Line, Field = fault.Field, Fault = fault.Fault, Value = fault.Value }));
                    return Task.CompletedTask;
                }, ct);
            await GetOnAsync(import.Id, read += batch.Count, total, ct);
        }

        var now = Now;
        await Database.WriteAsync((write, token) => EndAsync(
            write, import.Id, WorkState.Done,
            set => set.SetProperty(i => i.CheckedAt, now).SetProperty(i => i.NewRows, added).SetProperty(i => i.ChangedRows, changed)
                .SetProperty(i => i.UnchangedRows, unchanged).SetProperty(i => i.FaultyRows, faulty).SetProperty(i => i.UnownedRows, unowned).SetProperty(i => i.Written, total), token), ct);
    }

    protected override async Task WriteAsync(CreditImport import, Stream content, int total, CancellationToken ct)
    {
        var read = 0;
        foreach (var batch in Batches(import, content))
        {
            read += batch.Count;
            if (batch[^1].Line <= import.WrittenLine)
                continue;
            var at = read;
            if (await Database.WriteAsync((write, token) => WriteAsync(write, import, batch, at, total, token), ct))
                await linking.RunAsync(ct);
        }
    }

    /// <returns>Whether dossiers are to be told.</returns>
    private async Task<bool> WriteAsync(WriteScope write, CreditImport import, IReadOnlyList<CreditRow> batch, int read, int total, CancellationToken ct)
    {
        var now = Now;
        var rows = await CompareAsync(write.Db, [.. batch.Where(row => row.Line > import.WrittenLine)], ct);
        var changes = rows.Where(row => row is { Fault: null, IsChange: true, Existing: not null }).ToList();
        var news = rows.Where(row => row is { Fault: null, Existing: null }).Select(row => row.Data.ToCredit(row.OrganisationId, import.Id, now)).ToList();
        // What has no dossier now is looked at once and not a second time as due.
        var found = await CreditLinking.FindAsync(write.Db, news, ct);
        news.ForEach(credit => credit.DueSince = found.ContainsKey(credit.GrmsNumber) ? now : null);
        write.Db.ChangeTracker.AutoDetectChangesEnabled = false;
        write.Insert(news);
        foreach (var row in changes)
        {
            var credit = row.Existing!;
            write.Db.Attach(credit);
            write.Db.Add(new CreditRevision { CreditId = credit.Id, ImportId = import.Id, ChangedById = credit.ChangedById, Before = JsonSerializer.Serialize(CreditData.Of(credit)) });
            row.Data.ApplyTo(credit);
            credit.OrganisationId ??= row.OrganisationId;
            (credit.ChangedById, credit.ChangedAt, credit.DueSince) = (import.Id, now, now);
        }

        write.Db.ChangeTracker.DetectChanges();
        await MoveOnAsync(write, import, batch[^1].Line, news.Count, changes.Count, read, total, ct);
        return found.Count + changes.Count > 0;
    }

    /// <summary>What was changed first goes back to what it was, then what was added goes.</summary>
    protected override async Task<int?> UndoStepAsync(WriteScope write, CreditImport import, CancellationToken ct) =>
        (await CreditImports.BlockersAsync(write.Db, import.Id, ct)).Any ? null : await UndoStepAsync(write, import.Id, ct);

    private static async Task<int> UndoStepAsync(WriteScope write, Guid importId, CancellationToken ct)
    {
        var revisions = await write.Db.Set<CreditRevision>().Where(r => r.ImportId == importId).OrderByDescending(r => r.Id).Take(RowsPerBatch).ToListAsync(ct);
        if (revisions.Count > 0)
        {
            var ids = revisions.ConvertAll(r => r.CreditId);
            var credits = await write.Db.Credits.AllOrganisations().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
            foreach (var revision in revisions)
            {
                var credit = credits[revision.CreditId];
                JsonSerializer.Deserialize<CreditData>(revision.Before)!.ApplyTo(credit);
                credit.ChangedById = revision.ChangedById;
            }

            write.Db.RemoveRange(revisions);
            return revisions.Count;
        }

        var added = await write.Db.Credits.AllOrganisations().Where(c => c.ImportId == importId).Select(c => c.Id).Take(RowsPerBatch).ToListAsync(ct);
        return added.Count == 0 ? 0 : await write.Db.Credits.AllOrganisations().Where(c => EF.Parameter(added).Contains(c.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>The rows, batch by batch, each GRMS number once.</summary>
    private static IEnumerable<List<CreditRow>> Batches(CreditImport import, Stream content)
    {
        var rows = new CreditRows(CreditMapping.FromJson(import.Mapping));
        // By eight bytes of a hash: the one thing that grows with the file, two megabytes for 100,000 rows.
        var lines = new Dictionary<ulong, int>();
        foreach (var chunk in TableFile.Read(content, import.Format).Skip(1).Chunk(RowsPerBatch))
        {
            yield return [.. chunk.Select(rows.Read).Select(row => row.Data is { } data && !lines.TryAdd(KeyOf(data.GrmsNumber), row.Line)
                ? row with { Data = null, Faults = [new(row.Line, CreditField.GrmsNumber, CreditFault.Twice, FormattableString.Invariant($"{lines[KeyOf(data.GrmsNumber)]}"))] }
                : row)];
        }
    }

    private static ulong KeyOf(string number) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(number)));

    private static async Task<List<ComparedRow>> CompareAsync(PortalDbContext db, IReadOnlyList<CreditRow> batch, CancellationToken ct)
    {
        var rows = batch.Where(row => row.Data is not null).ToList();
        var numbers = rows.ConvertAll(row => row.Data!.GrmsNumber);
        var existing = await db.Credits.AllOrganisations().AsNoTracking().Where(c => EF.Parameter(numbers).Contains(c.GrmsNumber)).ToDictionaryAsync(c => c.GrmsNumber, ct);
        var owners = await CreditOwners.OfAsync(db, [.. rows.Select(row => row.Data!.CustomerNumber).Distinct()], ct);
        return rows.ConvertAll(row =>
        {
            var data = row.Data!;
            var credit = existing.GetValueOrDefault(data.GrmsNumber);
            var fault = credit switch
            {
                null => null,
                _ when credit.CustomerNumber != data.CustomerNumber => new CreditRowFault(row.Line, CreditField.CustomerNumber, CreditFault.OtherCustomer, data.CustomerNumber),
                { State: CreditState.Issued } when data.State == CreditState.InProcess => new CreditRowFault(row.Line, CreditField.State, CreditFault.IssuedBefore, null),
                _ => null,
            };
            return new ComparedRow(data, credit, fault, credit is null || CreditData.Of(credit) != data, owners.TryGetValue(data.CustomerNumber, out var owner) ? owner : null);
        });
    }

    private sealed record ComparedRow(CreditData Data, Credit? Existing, CreditRowFault? Fault, bool IsChange, int? OrganisationId);
}
