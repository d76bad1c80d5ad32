using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>A dossier that support linked.</summary>
public sealed record LinkedDossier(string Number, DossierType Type, DateTime CreatedAt, string OrganisationName, bool IsOtherOrganisation);

/// <summary>Links between dossiers that support wants to see together, told in both timelines and shown to staff only.</summary>
public sealed class DossierLinking(DossierHandling handling, PortalDbContext db)
{
    /// <summary>Linking what is linked changes nothing. <see cref="HandlingOutcome.NotAllowed"/> where there is no such other dossier.</summary>
    public Task<HandlingOutcome> LinkAsync(Reader by, string number, string other, CancellationToken ct) =>
        ChangeAsync(by, number, other, async (change, second, pair, token) =>
        {
            if (await change.Write.Db.Set<DossierLink>().AnyAsync(l => l.FirstId == pair.First && l.SecondId == pair.Second, token))
                return;
            change.Write.Db.Add(new DossierLink { FirstId = pair.First, SecondId = pair.Second, ById = by.UserId, At = change.Now });
            Tell(change, second, TimelineKind.Linked, "dossier.linked");
        }, ct);

    public Task<HandlingOutcome> UnlinkAsync(Reader by, string number, string other, CancellationToken ct) =>
        ChangeAsync(by, number, other, async (change, second, pair, token) =>
        {
            if (await change.Write.Db.Set<DossierLink>().Where(l => l.FirstId == pair.First && l.SecondId == pair.Second).ExecuteDeleteAsync(token) > 0)
                Tell(change, second, TimelineKind.Unlinked, "dossier.unlinked");
        }, ct);

    public async Task<IReadOnlyList<LinkedDossier>> LinkedToAsync(Reader reader, Dossier dossier, CancellationToken ct) => await (
        from link in db.Set<DossierLink>().AsNoTracking()
        from other in db.Dossiers.AsNoTracking().VisibleTo(reader)
        join organisation in db.Organisations.AsNoTracking() on other.OrganisationId equals organisation.Id
        where (link.FirstId == dossier.Id && other.Id == link.SecondId) || (link.SecondId == dossier.Id && other.Id == link.FirstId)
        orderby other.CreatedAt descending
        select new LinkedDossier(other.Number, other.Type, other.CreatedAt, organisation.Name, other.OrganisationId != dossier.OrganisationId)).ToListAsync(ct);

    private Task<HandlingOutcome> ChangeAsync(
        Reader by, string number, string other, Func<DossierChange, DossierChange, (long First, long Second), CancellationToken, Task> change, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number, EvenIfMerged: true), async (first, token) =>
        {
            var found = await first.Write.Db.Dossiers.VisibleTo(by).SingleOrDefaultAsync(d => d.Number == other && d.Id != first.Dossier.Id, token);
            if (found is null)
                return HandlingOutcome.NotAllowed;
            var (one, two) = (first.Dossier.Id, found.Id);
            await change(first, first.To(found), one < two ? (one, two) : (two, one), token);
            return HandlingOutcome.Done;
        }, mail: null, ct);

    /// <summary>As a note, it does not move «updated»: the dealer sees nothing of it.</summary>
    private static void Tell(DossierChange first, DossierChange second, TimelineKind kind, string action)
    {
        first.Entry(kind, second.Dossier.Number, isInternal: true);
        second.Entry(kind, first.Dossier.Number, isInternal: true);
        first.Record(action, second.Dossier.Number);
        second.Record(action, first.Dossier.Number);
    }
}
