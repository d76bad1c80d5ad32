using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Exports;

/// <summary>Writes ordered exports, each from its beginning, and removes what has had its time.</summary>
public sealed class ExportWriting(
    PortalDatabase database, PortalDbContext db, CurrentTenant tenant, DossierExports exports, IFileStore store, FileKeeping files, TimeProvider time, ILogger<ExportWriting> log)
    : Worker<Export>(database, db, time, log)
{
    private static readonly WorkState[] Ended = [WorkState.Done, WorkState.Failed];

    protected override Expression<Func<Export, DateTime?>> OrderedAt => export => export.RequestedAt;

    protected override bool GoesOn => false;

    /// <summary>Removes exports and the results of steps on several dossiers once their time is over.</summary>
    public override async Task TidyAsync(CancellationToken ct)
    {
        var now = Now;
        var (exported, run) = (now - Export.Lifetime, now - BulkRun.Lifetime);
        if (!await Old(Db, exported).AnyAsync(ct) && !await Db.Set<BulkRun>().AnyAsync(r => r.At < run, ct))
            return;
        var keys = await Database.WriteAsync(async (write, token) =>
        {
            var stored = await Old(write.Db, exported).Select(e => e.StorageKey).ToListAsync(token);
            await Old(write.Db, exported).ExecuteDeleteAsync(token);
            await write.Db.Set<BulkRun>().Where(r => r.At < run).ExecuteDeleteAsync(token);
            return stored;
        }, ct);
        await files.RemoveAsync(keys);
    }

    protected override async Task DoAsync(Export export, CancellationToken ct)
    {
        if (await ReaderAsync(export, ct) is not { } reader)
        {
            await EndAsync(export.Id, WorkState.Failed, ct);
            return;
        }

        if (export.OrganisationId is { } organisation)
            tenant.Set(organisation);
        var list = await exports.OpenAsync(reader, ExportOrders.FilterOf(export), ct);
        await BeginAsync(export.Id, 0, list.Ids.Count, ct);
        await using var content = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await exports.WriteAsync(list, export.Format, export.Language, content, written => GetOnAsync(export.Id, written, list.Ids.Count, ct), ct);
        content.Position = 0;
        var key = FileKeys.New();
        await store.WriteAsync(key, content, ct);
        var length = content.Length;
        if (!await Database.WriteAsync(
            (write, token) => EndAsync(
                write, export.Id, WorkState.Done,
                set => set.SetProperty(e => e.StorageKey, key).SetProperty(e => e.Length, length).SetProperty(e => e.Written, list.Ids.Count), token), ct))
            await files.RemoveAsync([key]);
    }

    private static IQueryable<Export> Old(PortalDbContext db, DateTime before) => db.Set<Export>().Where(e => Ended.Contains(e.State) && e.RequestedAt < before);

    /// <summary>With the rights that the person has now; null when they have none any more.</summary>
    private async Task<Reader?> ReaderAsync(Export export, CancellationToken ct)
    {
        if (export.OrganisationId is not { } organisation)
        {
            var role = await Db.Users.AsNoTracking().ActiveStaff().Where(u => u.Id == export.RequestedById).Select(u => (StaffRole?)u.StaffRole).SingleOrDefaultAsync(ct);
            return role is { } staff ? new Reader(export.RequestedById, staff, false) : null;
        }

        var member = await (
            from membership in Db.Memberships.AsNoTracking()
            join person in Db.Users.AsNoTracking() on membership.UserId equals person.Id
            join own in Db.Organisations.AsNoTracking() on membership.OrganisationId equals own.Id
            where membership.UserId == export.RequestedById && membership.OrganisationId == organisation && membership.Status == MembershipStatus.Approved
                && person.DeactivatedAt == null && own.DeactivatedAt == null
            select new { membership.Role, own.ColleaguesSeeAll }).SingleOrDefaultAsync(ct);
        return member is null ? null
            : new Reader(export.RequestedById, StaffRole.None, export.SeesWholeOrganisation && (member.Role == MembershipRole.Administrator || member.ColleaguesSeeAll));
    }
}
