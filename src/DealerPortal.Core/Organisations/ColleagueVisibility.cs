using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>Whether the employees of an organisation see each other's dossiers, as its administrators decide.</summary>
public sealed class ColleagueVisibility(PortalDatabase database, SessionService sessions, TimeProvider time)
{
    /// <returns><see cref="MoveOutcome.NotAllowed"/> when whoever asks is no administrator any more; <see cref="MoveOutcome.Unchanged"/> when it is so already.</returns>
    public async Task<MoveOutcome> SetAsync(int organisationId, bool seeAll, int actorId, CancellationToken ct)
    {
        var outcome = await database.WriteAsync(async (write, token) =>
        {
            if (!(await write.Db.AdministratorsAsync(organisationId, token)).Exists(a => a.Id == actorId))
                return MoveOutcome.NotAllowed;
            var organisation = await write.Db.Organisations.SingleAsync(o => o.Id == organisationId, token);
            if (organisation.ColleaguesSeeAll == seeAll)
                return MoveOutcome.Unchanged;
            organisation.ColleaguesSeeAll = seeAll;
            write.Db.Record(time.GetUtcNow().UtcDateTime, actorId, seeAll ? "organisation.colleagues-see-all" : "organisation.colleagues-see-own", nameof(Organisation), organisationId);
            return MoveOutcome.Done;
        }, ct);
        if (outcome == MoveOutcome.Done)
            await sessions.ForgetMembersAsync(organisationId, ct);
        return outcome;
    }
}
