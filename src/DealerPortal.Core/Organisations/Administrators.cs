using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

internal static class Administrators
{
    /// <summary>Those who can decide for an organisation.</summary>
    public static Task<List<User>> AdministratorsAsync(this PortalDbContext db, int organisationId, CancellationToken ct) => (
        from membership in db.Memberships.AsNoTracking()
        join user in db.Users.AsNoTracking() on membership.UserId equals user.Id
        where membership.OrganisationId == organisationId && membership.Status == MembershipStatus.Approved
            && membership.Role == MembershipRole.Administrator && user.DeactivatedAt == null
        orderby user.Id
        select user).ToListAsync(ct);
}
