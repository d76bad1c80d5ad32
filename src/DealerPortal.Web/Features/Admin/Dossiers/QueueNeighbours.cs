using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>Where a dossier stands in the list it was opened from, and what stands beside it.</summary>
/// <param name="Position">From 1; null once it has left the list, as a dossier does that was dealt with.</param>
/// <param name="Count">Up to <see cref="DossierLists.CountLimit"/>; one more means «more than that».</param>
/// <param name="Previous">Its address; null for the first.</param>
/// <param name="Next">Of one that has left the list: what has taken its place. Null for the last.</param>
public sealed record QueuePlace(int? Position, int Count, string? Previous, string? Next);

/// <summary>Finds a dossier's place in the list it was opened from.</summary>
public sealed class QueueNeighbours(PortalDbContext db, DossierLists lists, OrganisationLookUp organisations, DossierPromises promises, CurrentUser user, TimeProvider time)
{
    /// <summary>Null where there is nothing to leaf through.</summary>
    public async Task<QueuePlace?> FindAsync(QueueTrail? trail, long dossierId, CancellationToken ct)
    {
        if (trail is null)
            return null;
        var person = user.Required;
        var organisation = await organisations.FindAsync(trail.List.Org, ct);
        var filter = trail.List.ToFilter(person.UserId, organisation.Chosen?.Id, await promises.ClockAsync(time, ct));
        var ids = (await lists.IdsAsync(person.Reader, filter, DossierLists.CountLimit + 1, ct)).ToList();
        var index = ids.IndexOf(dossierId);
        var (before, after) = index < 0 ? (trail.At - 2, trail.At - 1) : (index - 1, index + 1);
        var beside = new[] { before, after }.Where(i => i >= 0 && i < ids.Count).Select(i => ids[i]).ToList();
        if (beside.Count == 0 && index < 0)
            return null;
        var numbers = await db.Dossiers.AsNoTracking().VisibleTo(person.Reader).Where(d => beside.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Number, ct);
        string? AddressOf(int at) => at >= 0 && at < ids.Count && numbers.TryGetValue(ids[at], out var number) ? QueueTrail.Address(trail with { At = at + 1 }, number) : null;
        return new QueuePlace(index < 0 ? null : index + 1, ids.Count, AddressOf(before), AddressOf(after));
    }
}
