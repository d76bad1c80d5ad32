using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>Puts on record that staff looked at end-user data: once per person and dossier in ten minutes. Source: design.md «Privacy».</summary>
public sealed class DossierViewing(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    private const string Action = "dossier.viewed";
    private static readonly TimeSpan Once = TimeSpan.FromMinutes(10);

    public async Task RecordAsync(int staffId, long dossierId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now - Once;
        var subject = dossierId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (await db.Audit.AnyAsync(a => a.SubjectType == nameof(Dossier) && a.SubjectId == subject && a.ActorId == staffId && a.Action == Action && a.At > since, ct))
            return;
        await database.WriteAsync((write, _) =>
        {
            write.Db.Record(now, staffId, Action, nameof(Dossier), dossierId);
            return Task.CompletedTask;
        }, ct);
    }
}
