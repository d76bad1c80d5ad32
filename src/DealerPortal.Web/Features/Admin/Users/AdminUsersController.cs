using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Users;

/// <summary>Finds people and shows how their accounts stand.</summary>
[Access(Audience.Staff)]
public sealed class AdminUsersController(CurrentUser user, PortalDbContext db, UserSearch search, SignInThrottles throttles, TimeProvider time) : Controller
{
    private const int Shown = 50;

    [HttpGet("/admin/users")]
    public async Task<IActionResult> List(string? q, CancellationToken ct)
    {
        var query = TypedText.SingleLine(q) is { Length: > 0 } typed ? typed : null;
        var isTooShort = query is not null && !UserSearch.IsLongEnough(query);
        var people = query is null ? db.Users.AsNoTracking().Where(u => u.ErasedAt == null).OrderByDescending(u => u.Id)
            : search.Find(query).OrderBy(u => u.LastName).ThenBy(u => u.FirstName).ThenBy(u => u.Id);
        var found = isTooShort ? [] : await people.Take(Shown + 1).Select(u => new AdminUserRow(
            u.Id, u.FirstName, u.LastName, u.Email!, u.StaffRole, u.LastSignInAt, u.DeactivatedAt, new List<string>())).ToListAsync(ct);
        var shown = found.Take(Shown).ToList();
        var organisations = await OrganisationsOfAsync([.. shown.Select(person => person.Id)], ct);
        return View("Users", new AdminUsersPage(query, isTooShort, [.. shown.Select(person => person with { Organisations = [.. organisations[person.Id]] })], found.Count > Shown));
    }

    [HttpGet("/admin/users/{userId:int}")]
    public async Task<IActionResult> Show([FromRoute] int userId, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } person)
            return NotFound();
        var now = time.GetUtcNow().UtcDateTime;
        var memberships = await (
            from membership in db.Memberships.AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.UserId == userId
            orderby organisation.Name
            select new AdminMembershipRow(organisation.Id, organisation.Name, membership.Role, membership.Status, membership.RequestedAt)).ToListAsync(ct);
        var sessions = await db.OpenSessions(userId, now).AsNoTracking()
            .OrderByDescending(s => s.CreatedAt).Take(Shown).Select(s => new AdminSessionRow(s.CreatedAt, s.LastSeenAt, s.ExpiresAt)).ToListAsync(ct);
        return View("User", new AdminUserPage
        {
            User = person,
            Memberships = memberships,
            Sessions = sessions,
            BlockedUntil = await throttles.BlockedUntilAsync(person.NormalizedEmail!, ct),
            Passkeys = await db.Set<IdentityUserPasskey<int>>().CountAsync(p => p.UserId == userId, ct),
            CodesLeft = await db.Set<RecoveryCode>().CountAsync(c => c.UserId == userId && c.UsedAt == null, ct),
            MayManage = user.Required.StaffRole == StaffRole.PortalAdministrator,
            IsSelf = userId == user.Required.UserId,
        });
    }

    private async Task<ILookup<int, string>> OrganisationsOfAsync(List<int> people, CancellationToken ct) => (await (
        from membership in db.Memberships.AsNoTracking()
        join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
        where people.Contains(membership.UserId) && membership.Status != MembershipStatus.Refused
        orderby organisation.Name
        select new { membership.UserId, organisation.Name }).ToListAsync(ct)).ToLookup(row => row.UserId, row => row.Name);
}
