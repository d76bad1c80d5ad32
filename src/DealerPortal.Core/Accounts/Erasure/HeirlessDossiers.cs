using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Erasure;

/// <summary>
/// Gives the dossiers of a person who goes to the administrator who has been there longest, organisation by organisation, so that
/// somebody reads what support asks. Where there is no administrator they keep an owner without a name, and support sees them.
/// </summary>
internal static class HeirlessDossiers
{
    private const int BatchSize = 500;

    public static async Task HandOverAsync(PortalDbContext db, int userId, int? actorId, DateTime now, CancellationToken ct)
    {
        var organisations = await db.Dossiers.AllOrganisations().Where(d => d.OwnerId == userId).Select(d => d.OrganisationId).Distinct().ToListAsync(ct);
        foreach (var organisationId in organisations)
        {
            var heir = (await db.AdministratorsAsync(organisationId, ct)).Find(administrator => administrator.Id != userId);
            if (heir is null)
                continue;
            var own = db.Dossiers.AllOrganisations().Where(d => d.OrganisationId == organisationId && d.OwnerId == userId);
            var ids = await own.OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(ct);
            var stamp = Guid.NewGuid();
            await own.ExecuteUpdateAsync(
                set => set.SetProperty(d => d.OwnerId, heir.Id).SetProperty(d => d.NotifyByMail, heir.NotifyByMail).SetProperty(d => d.Stamp, stamp), ct);
            await db.DossierTokens.AllOrganisations().Where(t => t.OrganisationId == organisationId && t.OwnerId == userId)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.OwnerId, heir.Id), ct);
            foreach (var batch in ids.Chunk(BatchSize))
            {
                db.AddRange(batch.Select(id => new TimelineEntry
                {
                    DossierId = id,
                    OrganisationId = organisationId,
                    At = now,
                    Kind = TimelineKind.HandedOver,
                    Actor = actorId is null ? ActorKind.System : ActorKind.Dealer,
                    ActorId = actorId,
                    AssigneeId = heir.Id,
                }));
                await db.SaveChangesAsync(ct);
            }

            db.Record(now, actorId, "dossiers.handed-over", nameof(User), userId, FormattableString.Invariant($"organisation={organisationId} to={heir.Id} rows={ids.Count}"));
        }
    }
}
