using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Account.Invitations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Users;

/// <summary>Requests to join and members, for administrators. Looking decides nothing; every move is a post.</summary>
[Access(Audience.OrganisationAdministrator)]
public sealed class UsersController(
    CurrentUser user, PortalDbContext db, MembershipService memberships, MemberInvitations invitations, IStringLocalizer<AccountTexts> texts, TimeProvider time) : Controller
{
    private const int PageSize = 50;
    private const int ShownInvitations = 500;

    [HttpGet("/account/users")]
    public async Task<IActionResult> List(int p, CancellationToken ct)
    {
        var requests = await Rows(m => m.Status == MembershipStatus.Pending).OrderBy(m => m.RequestedAt).Take(PageSize).ToListAsync(ct);
        var members = Rows(m => m.Status != MembershipStatus.Pending);
        var count = await members.CountAsync(ct);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        var page = Math.Clamp(p, 1, pages);
        var shown = await members.OrderBy(m => m.LastName).ThenBy(m => m.FirstName).ThenBy(m => m.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var waiting = await invitations.WaitingOf(user.Required.Organisation!.Id).Take(ShownInvitations).ToListAsync(ct);
        return View("Users", new UsersPage(requests, waiting.ConvertAll(i => WaitingInvitation.Of(i, now)), shown, count, page, pages, await AdministratorCountAsync(ct), user.Required));
    }

    [HttpGet("/account/users/{id:int}")]
    public async Task<IActionResult> Show([FromRoute] int id, CancellationToken ct)
    {
        if (await Rows(m => m.Id == id).SingleOrDefaultAsync(ct) is not { } member)
            return NotFound();
        return View("Member", new MemberPage(member, member.UserId == user.Required.UserId, IsLastAdministrator(member, await AdministratorCountAsync(ct))));
    }

    [HttpPost("/account/users/{id:int}/approve")]
    public Task<IActionResult> ApproveAsync([FromRoute] int id, CancellationToken ct) => MoveAsync(id, "Approved", move => memberships.DecideAsync(move, approve: true, ct), ct);

    [HttpPost("/account/users/{id:int}/refuse")]
    public Task<IActionResult> RefuseAsync([FromRoute] int id, CancellationToken ct) => MoveAsync(id, "Refused", move => memberships.DecideAsync(move, approve: false, ct), ct);

    /// <param name="role">Employee or Administrator, by name.</param>
    [HttpPost("/account/users/{id:int}/role")]
    public async Task<IActionResult> ChangeRoleAsync([FromRoute] int id, string? role, CancellationToken ct) => role switch
    {
        nameof(MembershipRole.Administrator) => await MoveAsync(id, "Promoted", move => memberships.ChangeRoleAsync(move, MembershipRole.Administrator, ct), ct),
        nameof(MembershipRole.Employee) => await MoveAsync(id, "Demoted", move => memberships.ChangeRoleAsync(move, MembershipRole.Employee, ct), ct),
        _ => BadRequest(),
    };

    [HttpPost("/account/users/{id:int}/deactivate")]
    public Task<IActionResult> DeactivateAsync([FromRoute] int id, CancellationToken ct) => MoveAsync(id, "Deactivated", move => memberships.DeactivateAsync(move, ct), ct);

    [HttpPost("/account/users/{id:int}/reactivate")]
    public Task<IActionResult> ReactivateAsync([FromRoute] int id, CancellationToken ct) => MoveAsync(id, "Reactivated", move => memberships.ReactivateAsync(move, ct), ct);

    /// <param name="seeAll">Whether employees see every dossier of the organisation from now on.</param>
    [HttpPost("/account/users/visibility")]
    public async Task<IActionResult> ShowDossiersAsync(bool seeAll, [FromServices] ColleagueVisibility visibility, CancellationToken ct)
    {
        var person = user.Required;
        if (await visibility.SetAsync(person.Organisation!.Id, seeAll, person.UserId, ct) == MoveOutcome.NotAllowed)
            return Forbid();
        TempData["Notice"] = texts[seeAll ? "Visibility.Opened" : "Visibility.Closed"].Value;
        return RedirectToAction(nameof(List));
    }

    private async Task<IActionResult> MoveAsync(int id, string done, Func<MembershipMove, Task<MoveOutcome>> move, CancellationToken ct)
    {
        var person = user.Required;
        var outcome = await move(new MembershipMove(person.Organisation!.Id, id, person.UserId));
        switch (outcome)
        {
            case MoveOutcome.NotFound:
                return NotFound();
            case MoveOutcome.NotAllowed:
                return Forbid();
            case MoveOutcome.LastAdministrator:
                ModelState.AddModelError("", texts["Move.LastAdministrator"]);
                Response.StatusCode = StatusCodes.Status409Conflict;
                return await Show(id, ct);
            default:
                var member = await Rows(m => m.Id == id).SingleAsync(ct);
                TempData["Notice"] = texts[outcome == MoveOutcome.Done ? $"Move.{done}" : "Move.Unchanged", $"{member.FirstName} {member.LastName}"].Value;
                // Whoever gave up the role has no business on this page any more.
                return member.UserId == person.UserId && member is not { Role: MembershipRole.Administrator, Status: MembershipStatus.Approved }
                    ? Redirect("/account")
                    : RedirectToAction(nameof(List));
        }
    }

    private static bool IsLastAdministrator(MemberRow member, int administrators) =>
        administrators == 1 && member is { Role: MembershipRole.Administrator, Status: MembershipStatus.Approved };

    private Task<int> AdministratorCountAsync(CancellationToken ct)
    {
        var organisationId = user.Required.Organisation!.Id;
        return (
            from membership in db.Memberships
            join person in db.Users on membership.UserId equals person.Id
            where membership.OrganisationId == organisationId && membership.Role == MembershipRole.Administrator
                && membership.Status == MembershipStatus.Approved && person.DeactivatedAt == null
            select membership.Id).CountAsync(ct);
    }

    private IQueryable<MemberRow> Rows(System.Linq.Expressions.Expression<Func<Membership, bool>> which)
    {
        var organisationId = user.Required.Organisation!.Id;
        return from membership in db.Memberships.AsNoTracking().Where(which)
               join person in db.Users.AsNoTracking() on membership.UserId equals person.Id
               where membership.OrganisationId == organisationId
               select new MemberRow
               {
                   Id = membership.Id,
                   UserId = person.Id,
                   FirstName = person.FirstName,
                   LastName = person.LastName,
                   Email = person.Email!,
                   Phone = person.PhoneNumber,
                   Role = membership.Role,
                   Status = membership.Status,
                   RequestedAt = membership.RequestedAt,
                   DecidedAt = membership.DecidedAt,
                   LastSignInAt = person.LastSignInAt,
                   BouncedAt = person.BouncedAddress == person.Email ? person.BouncedAt : null,
               };
    }
}
