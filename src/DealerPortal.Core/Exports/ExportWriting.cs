using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Exports;

/// <summary>Writes ordered exports, one after the other, and removes what has had its time. Several instances share the work by leases.</summary>
public sealed partial class ExportWriting(
    PortalDatabase database, PortalDbContext db, CurrentTenant tenant, DossierExports exports, IFileStore store, FileKeeping files, TimeProvider time, ILogger<ExportWriting> log)
{
    public const int MaxAttempts = 3;

    /// <summary>How long an instance may be silent before another takes over; it tells its progress far more often.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly ExportState[] Ended = [ExportState.Done, ExportState.Failed];

    private readonly Guid _owner = Guid.NewGuid();

    /// <summary>Writes the export that has waited longest; false when none waits.</summary>
    public async Task<bool> WriteNextAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } export)
            return false;
        try
        {
            await WriteAsync(export, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed(log, exception.GetBaseException().GetType().Name);
            await EndAsync(export.Id, export.Attempts >= MaxAttempts ? ExportState.Failed : ExportState.Waiting, null, null, CancellationToken.None);
        }

        return true;
    }

    /// <summary>Removes exports and the results of steps on several dossiers once their time is over.</summary>
    public async Task RemoveOldAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (exported, run) = (now - Export.Lifetime, now - BulkRun.Lifetime);
        if (!await Old(db, exported).AnyAsync(ct) && !await db.Set<BulkRun>().AnyAsync(r => r.At < run, ct))
            return;
        var keys = await database.WriteAsync(async (write, token) =>
        {
            var stored = await Old(write.Db, exported).Select(e => e.StorageKey).ToListAsync(token);
            await Old(write.Db, exported).ExecuteDeleteAsync(token);
            await write.Db.Set<BulkRun>().Where(r => r.At < run).ExecuteDeleteAsync(token);
            return stored;
        }, ct);
        await files.RemoveAsync(keys);
    }

    private static IQueryable<Export> Old(PortalDbContext db, DateTime before) => db.Set<Export>().Where(e => Ended.Contains(e.State) && e.RequestedAt < before);

    private async Task<Export?> ClaimAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var due = db.Set<Export>().AsNoTracking().Where(e => e.State == ExportState.Waiting || (e.State == ExportState.Running && e.LeaseUntil < now));
        foreach (var id in await due.OrderBy(e => e.RequestedAt).Select(e => e.Id).Take(5).ToListAsync(ct))
        {
            var claimed = await database.WriteAsync((write, token) => write.Db.Set<Export>()
                .Where(e => e.Id == id && (e.State == ExportState.Waiting || (e.State == ExportState.Running && e.LeaseUntil < now)))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(e => e.State, ExportState.Running).SetProperty(e => e.LeaseOwner, _owner).SetProperty(e => e.LeaseUntil, now + Lease)
                        .SetProperty(e => e.Attempts, e => e.Attempts + 1).SetProperty(e => e.Written, 0), token), ct);
            if (claimed == 1)
                return await db.Set<Export>().AsNoTracking().SingleAsync(e => e.Id == id, ct);
        }

        return null;
    }

    private async Task WriteAsync(Export export, CancellationToken ct)
    {
        if (await ReaderAsync(export, ct) is not { } reader)
        {
            await EndAsync(export.Id, ExportState.Failed, null, null, ct);
            return;
        }

        if (export.OrganisationId is { } organisation)
            tenant.Set(organisation);
        var list = await exports.OpenAsync(reader, ExportOrders.FilterOf(export), ct);
        await TellAsync(export.Id, 0, list.Ids.Count, ct);
        await using var content = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        var lastTold = time.GetTimestamp();
        await exports.WriteAsync(list, export.Format, export.Language, content, async written =>
        {
            if (time.GetElapsedTime(lastTold) < TimeSpan.FromSeconds(1))
                return;
            lastTold = time.GetTimestamp();
            await TellAsync(export.Id, written, list.Ids.Count, ct);
        }, ct);
        content.Position = 0;
        var key = FileKeys.New();
        await store.WriteAsync(key, content, ct);
        if (!await EndAsync(export.Id, ExportState.Done, key, content.Length, ct))
            await files.RemoveAsync([key]);
    }

    /// <summary>With the rights that the person has now; null when they have none any more.</summary>
    private async Task<Reader?> ReaderAsync(Export export, CancellationToken ct)
    {
        if (export.OrganisationId is not { } organisation)
        {
            var role = await db.Users.AsNoTracking().ActiveStaff().Where(u => u.Id == export.RequestedById).Select(u => (StaffRole?)u.StaffRole).SingleOrDefaultAsync(ct);
            return role is { } staff ? new Reader(export.RequestedById, staff, false) : null;
        }

        var member = await (
            from membership in db.Memberships.AsNoTracking()
            join person in db.Users.AsNoTracking() on membership.UserId equals person.Id
            join own in db.Organisations.AsNoTracking() on membership.OrganisationId equals own.Id
            where membership.UserId == export.RequestedById && membership.OrganisationId == organisation && membership.Status == MembershipStatus.Approved
                && person.DeactivatedAt == null && own.DeactivatedAt == null
            select new { membership.Role, own.ColleaguesSeeAll }).SingleOrDefaultAsync(ct);
        return member is null ? null
            : new Reader(export.RequestedById, StaffRole.None, export.SeesWholeOrganisation && (member.Role == MembershipRole.Administrator || member.ColleaguesSeeAll));
    }

    /// <exception cref="InvalidOperationException">Another instance has taken over.</exception>
    private async Task TellAsync(Guid id, int written, int total, CancellationToken ct)
    {
        var until = time.GetUtcNow().UtcDateTime + Lease;
        var told = await database.WriteAsync((write, token) => write.Db.Set<Export>().Where(e => e.Id == id && e.LeaseOwner == _owner).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Written, written).SetProperty(e => e.Total, total).SetProperty(e => e.LeaseUntil, until), token), ct);
        if (told == 0)
            throw new InvalidOperationException("The export is no longer this instance's.");
    }

    private async Task<bool> EndAsync(Guid id, ExportState state, string? key, long? length, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        DateTime? finished = state == ExportState.Waiting ? null : now;
        return await database.WriteAsync((write, token) => write.Db.Set<Export>().Where(e => e.Id == id && e.LeaseOwner == _owner).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, state).SetProperty(e => e.StorageKey, key).SetProperty(e => e.Length, length).SetProperty(e => e.FinishedAt, finished)
                .SetProperty(e => e.Written, e => state == ExportState.Done ? e.Total!.Value : e.Written).SetProperty(e => e.LeaseOwner, (Guid?)null), token), ct) == 1;
    }

    [LoggerMessage(LogLevel.Error, "An export failed: {Exception}")]
    private static partial void Failed(ILogger log, string exception);
}
