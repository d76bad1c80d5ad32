using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Catalogue;

/// <summary>
/// Writes the good rows of confirmed files. Each batch moves the import's own row on in the same transaction, with the
/// fingerprint of what is left: whoever goes on writes no line twice, and none that somebody changed meanwhile.
/// </summary>
public sealed class CatalogueWriting(
    PortalDatabase database, PortalDbContext db, CatalogueImports imports, UnknownModels unknown, TimeProvider time, ILogger<CatalogueWriting> log)
    : Worker<CatalogueImport>(database, db, time, log)
{
    private const int KeysPerQuery = 500;

    /// <summary>One transaction keeps other writers waiting for a moment only.</summary>
    private const int LinesPerWrite = 1000;

    protected override Expression<Func<CatalogueImport, DateTime?>> OrderedAt => import => import.OrderedAt;

    protected override async Task DoAsync(CatalogueImport import, CancellationToken ct)
    {
        if (!await Db.Users.AsNoTracking().ActiveStaff().AnyAsync(u => u.Id == import.OwnerId && u.StaffRole == StaffRole.PortalAdministrator, ct))
        {
            await EndAsync(import.Id, WorkState.Failed, ct);
            return;
        }

        var comparison = (await imports.CompareAsync(import, ct)).Comparison;
        var left = import.WrittenLine == 0 ? comparison.Fingerprint() : comparison.FingerprintAfter(import.WrittenLine);
        var isWritten = left == import.Confirmed && await WriteAsync(import, comparison, ct);
        await EndAsync(import.Id, isWritten ? WorkState.Done : WorkState.Overtaken, ct);
    }

    /// <returns>False when the catalogue is not as it was compared.</returns>
    private async Task<bool> WriteAsync(CatalogueImport import, CatalogueComparison comparison, CancellationToken ct)
    {
        var left = comparison.ToWrite.Where(line => line.Line > import.WrittenLine).ToList();
        if (left.Count > 0 || import.WrittenLine == 0)
        {
            try
            {
                foreach (var lines in left.Chunk(LinesPerWrite).DefaultIfEmpty([]))
                {
                    if (!await Database.WriteAsync((write, token) => WriteAsync(write, import, comparison, lines, token), ct))
                        return false;
                }
            }
            catch (DbUpdateConcurrencyException)
            {
                return false;
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                return false;
            }
        }

        await unknown.LinkAsync(import.OwnerId, ct);
        return true;
    }

    /// <inheritdoc cref="WriteAsync(CatalogueImport, CatalogueComparison, CancellationToken)"/>
    private async Task<bool> WriteAsync(WriteScope write, CatalogueImport import, CatalogueComparison comparison, IReadOnlyCollection<CatalogueLine> lines, CancellationToken ct)
    {
        var now = Now;
        var changed = lines.Where(line => line.Existing is not null).ToList();
        var models = new Dictionary<int, ProductModel>();
        foreach (var ids in changed.Select(line => line.Existing!.Id).Chunk(KeysPerQuery))
        {
            foreach (var model in await write.Db.Models.Where(m => ids.Contains(m.Id)).ToListAsync(ct))
                models.Add(model.Id, model);
        }

        if (changed.Exists(line => models.GetValueOrDefault(line.Existing!.Id)?.Stamp != line.Existing.Stamp))
            return false;
        foreach (var line in changed)
            write.Change(models[line.Existing!.Id], line.Data!, import.OwnerId, now);
        var added = lines.Where(line => line.Existing is null).Select(line => write.Add(line.Data!, now)).ToList();
        await write.Db.SaveChangesAsync(ct);
        foreach (var model in added)
            write.RecordAdded(model, import.OwnerId);
        var last = lines.Select(line => line.Line).DefaultIfEmpty().Max();
        var left = comparison.FingerprintAfter(last);
        await ChangeHeldAsync(
            write, import.Id,
            set => set.SetProperty(i => i.AppliedAt, now).SetProperty(i => i.Added, i => i.Added + added.Count).SetProperty(i => i.Changed, i => i.Changed + changed.Count)
                .SetProperty(i => i.WrittenLine, last).SetProperty(i => i.Confirmed, left).SetProperty(i => i.Written, i => i.Written + lines.Count).SetProperty(i => i.Attempts, 1),
            ct);
        return true;
    }
}
