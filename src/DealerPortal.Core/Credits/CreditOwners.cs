using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Credits;

/// <summary>Whose credits are whose: a confirmed organisation has those of its customer number, and of the numbers of organisations that went into it.</summary>
public static class CreditOwners
{
    /// <summary>The organisations that have these customer numbers; a number that is missing has nobody.</summary>
    public static async Task<Dictionary<string, int>> OfAsync(PortalDbContext db, IReadOnlyList<string> numbers, CancellationToken ct)
    {
        var rows = await (
            from known in db.Organisations.AsNoTracking()
            where EF.Parameter(numbers).Contains(known.CustomerNumber!) && (known.DeactivatedAt == null || known.MergedIntoId != null)
            join owner in db.Organisations on known.MergedIntoId ?? known.Id equals owner.Id
            where owner.ConfirmedAt != null
            // One that is in use comes before one that went into another.
            orderby known.MergedIntoId != null, known.Id
            select new { Number = known.CustomerNumber!, owner.Id }).ToListAsync(ct);
        return rows.GroupBy(row => row.Number, StringComparer.Ordinal).ToDictionary(row => row.Key, row => row.First().Id);
    }

    /// <summary>Gives an organisation what its numbers bring it now, and takes what they no longer do; as part of the write that changed it.</summary>
    /// <returns>Whether anything has a new owner.</returns>
    public static async Task<bool> SettleAsync(WriteScope write, int organisationId, DateTime now, CancellationToken ct)
    {
        await write.Db.SaveChangesAsync(ct);
        var numbers = await write.Db.Organisations.Where(o => (o.Id == organisationId || o.MergedIntoId == organisationId) && o.CustomerNumber != null)
            .Select(o => o.CustomerNumber!).ToListAsync(ct);
        var owned = await OfAsync(write.Db, numbers, ct);
        List<string> own = [.. numbers.Where(number => owned.GetValueOrDefault(number) == organisationId)];
        var credits = write.Db.Credits.AllOrganisations();
        await credits.Where(c => c.OrganisationId == organisationId && !EF.Parameter(own).Contains(c.CustomerNumber))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, (int?)null).SetProperty(c => c.DossierId, (long?)null), ct);
        return await credits.Where(c => c.OrganisationId == null && EF.Parameter(own).Contains(c.CustomerNumber))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, organisationId).SetProperty(c => c.DueSince, now), ct) > 0;
    }
}
