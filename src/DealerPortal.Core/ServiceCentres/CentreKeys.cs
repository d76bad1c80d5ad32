using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>The machine behind a key.</summary>
public sealed record CentreCaller(int CentreId, int KeyId, CentreScopes Scopes);

/// <summary>Knows machines by their keys.</summary>
public sealed class CentreKeys(PortalDbContext db)
{
    /// <returns>Null for a key that is not known, was revoked, or is of a centre that was deactivated.</returns>
    public async Task<CentreCaller?> FindAsync(string secret, CancellationToken ct)
    {
        if (ServiceCentreKey.HashOf(secret) is not { } hash)
            return null;
        return await (
            from key in db.CentreKeys.AsNoTracking()
            join centre in db.ServiceCentres.AsNoTracking() on key.CentreId equals centre.Id
            where key.Hash == hash && key.RevokedAt == null && centre.DeactivatedAt == null
            select new CentreCaller(centre.Id, key.Id, key.Scopes)).SingleOrDefaultAsync(ct);
    }
}
