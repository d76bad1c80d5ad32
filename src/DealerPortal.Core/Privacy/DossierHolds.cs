using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Privacy;

/// <summary>Keeps a dossier from being anonymised, and lets it go again.</summary>
public sealed class DossierHolds(PortalDatabase database, TimeProvider time)
{
    /// <summary>False when it is held already, is anonymised, or is none that the person may see.</summary>
    public Task<bool> HoldAsync(Reader by, string number, string reason, CancellationToken ct) => ChangeAsync(by, number, "dossier.held", async (write, dossier, now, token) =>
    {
        if (dossier.AnonymisedAt is not null || await write.Db.Set<DossierHold>().AnyAsync(h => h.DossierId == dossier.Id, token))
            return false;
        write.Db.Add(new DossierHold { DossierId = dossier.Id, At = now, ById = by.UserId, Reason = reason });
        return true;
    }, ct);

    /// <summary>False when it is not held.</summary>
    public Task<bool> ReleaseAsync(Reader by, string number, CancellationToken ct) => ChangeAsync(by, number, "dossier.released", async (write, dossier, _, token) =>
        await write.Db.Set<DossierHold>().Where(h => h.DossierId == dossier.Id).ExecuteDeleteAsync(token) == 1, ct);

    private Task<bool> ChangeAsync(
        Reader by, string number, string action, Func<WriteScope, Dossier, DateTime, CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return database.WriteAsync(async (write, token) =>
        {
            var dossier = await write.Db.Dossiers.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(d => d.Number == number, token);
            if (dossier is null || !await change(write, dossier, now, token))
                return false;
            write.Db.Record(now, by.UserId, action, nameof(Dossier), dossier.Id);
            return true;
        }, ct);
    }
}
