using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Privacy;

/// <summary>
/// Takes end users out of dossiers that were closed long enough ago: their data, every free text, files, mails and search words.
/// Type, device, dates, statuses and figures stay. What is due follows from the rows alone, so that a restored backup is
/// brought to the same state by the next round.
/// </summary>
public sealed class DossierAnonymising(PortalDatabase database, PortalDbContext db, FileKeeping files, IOptions<RetentionOptions> options, TimeProvider time)
{
    private const int BatchSize = 50;

    /// <summary>How many were anonymised.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var closedBefore = time.GetUtcNow().UtcDateTime.AddMonths(-options.Value.DossierMonths);
        var done = 0;
        while (await Due(db, closedBefore).OrderBy(d => d.CompletedAt).Select(d => d.Id).Take(BatchSize).ToListAsync(ct) is { Count: > 0 } due)
        {
            var (count, keys) = await AnonymiseAsync(due, closedBefore, ct);
            await files.RemoveAsync(keys);
            done += count;
        }

        return done;
    }

    /// <summary>Closed for so long, not done yet, and held by nobody.</summary>
    private static IQueryable<Dossier> Due(PortalDbContext db, DateTime closedBefore) => db.Dossiers.AsNoTracking().VisibleTo(Reader.Portal).Where(d =>
        d.AnonymisedAt == null && d.CompletedAt <= closedBefore && !d.IsOpen && (d.TrackOccurredAt == null || d.TrackOccurredAt <= closedBefore)
        && !db.Set<DossierHold>().Any(hold => hold.DossierId == d.Id));

    private Task<(int Count, IReadOnlyList<string?> Keys)> AnonymiseAsync(IReadOnlyList<long> due, DateTime closedBefore, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return database.WriteAsync<(int, IReadOnlyList<string?>)>(async (write, token) =>
        {
            // Whoever held or reopened one meanwhile keeps it.
            var stamp = Guid.NewGuid();
            await Due(write.Db, closedBefore).Where(d => EF.Parameter(due).Contains(d.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.AnonymisedAt, now).SetProperty(d => d.Stamp, stamp), token);
            var ids = await write.Db.Dossiers.VisibleTo(Reader.Portal).Where(d => EF.Parameter(due).Contains(d.Id) && d.Stamp == stamp).Select(d => d.Id).ToListAsync(token);

            var attachments = write.Db.Attachments.ScopedTo(Reader.Portal).Where(a => EF.Parameter(ids).Contains(a.DossierId!.Value));
            var keys = await attachments.Select(a => new { a.StorageKey, a.ThumbnailKey }).ToListAsync(token);
            await attachments.ExecuteDeleteAsync(token);
            await write.Db.Set<OutboxMail>().Where(m => EF.Parameter(ids).Contains(m.DossierId!.Value)).ExecuteDeleteAsync(token);
            await EndUserDataRows.EmptyAsync(write.Db, ids, token);

            await write.Db.DossierTokens.ScopedTo(Reader.Portal).Where(t => EF.Parameter(ids).Contains(t.DossierId)).ExecuteDeleteAsync(token);
            foreach (var dossier in await write.Db.Dossiers.AsNoTracking().VisibleTo(Reader.Portal).Where(d => EF.Parameter(ids).Contains(d.Id)).ToListAsync(token))
            {
                write.Db.AddRange(DossierSearchRows.Of(dossier));
                write.Db.Add(new TimelineEntry { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, At = now, Kind = TimelineKind.Anonymised, Actor = ActorKind.System });
                write.Db.Record(now, null, "dossier.anonymised", nameof(Dossier), dossier.Id);
            }

            return (ids.Count, [.. keys.SelectMany(key => new[] { key.StorageKey, key.ThumbnailKey })]);
        }, ct);
    }
}

/// <summary>Looks every hour for what has been kept long enough.</summary>
public sealed class RetentionHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<RetentionHousekeeping> log)
    : Housekeeping("retention", scopes, time, log, TimeSpan.FromHours(1))
{
    protected override Task DoAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<DossierAnonymising>().RunAsync(ct);
}
