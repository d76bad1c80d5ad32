using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Organisations;

/// <summary>The organisations that a person works for: which one to go on in, another one to join, one to leave.</summary>
[Access(Audience.Member)]
[Route("/account/organisations")]
public sealed class OrganisationsController(CurrentUser user, PortalDbContext db, IStringLocalizer<OrganisationsTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var person = user.Required;
        var places = await (
            from membership in db.Memberships.AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.UserId == person.UserId
            orderby organisation.Name, organisation.Id
            select new Place(organisation.Id, organisation.Name, organisation.DeactivatedAt == null, membership.Role, membership.Status, membership.RequestedAt, membership.DecidedAt))
            .ToListAsync(ct);
        return View("Organisations", new OrganisationsPage(places, person.Organisation!.Id));
    }

    /// <summary>From now on pages that name no organisation show this one.</summary>
    [HttpPost("choose")]
    public async Task<IActionResult> ChooseAsync(int organisationId, [FromServices] SessionService sessions, CancellationToken ct)
    {
        if (user.Required.In(organisationId) is not { } there)
            return NotFound();
        await sessions.ChooseAsync(there.SessionId, organisationId, ct);
        TempData["Notice"] = texts["Chosen", there.Organisation!.Name].Value;
        return Redirect($"/?{OrganisationGate.Parameter}={organisationId}");
    }

    [HttpGet("{organisationId:int}/leave")]
    public IActionResult Leave(int organisationId) => user.Required.In(organisationId) is { Organisation: { } organisation }
        ? View("Leave", new LeavePage(organisation.Id, organisation.Name, IsLast: user.Required.Organisations.Count == 1))
        : NotFound();

    [HttpPost("{organisationId:int}/leave")]
    public async Task<IActionResult> LeaveAsync(int organisationId, [FromServices] MembershipService memberships, CancellationToken ct)
    {
        if (user.Required.In(organisationId) is not { Organisation: { } organisation } person)
            return NotFound();
        if (await memberships.LeaveAsync(organisationId, person.UserId, ct) == MoveOutcome.LastAdministrator)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View("Leave", new LeavePage(organisationId, organisation.Name, person.Organisations.Count == 1) { IsLastAdministrator = true });
        }

        TempData["Notice"] = texts["Left", organisation.Name].Value;
        return Redirect(person.Organisations.FirstOrDefault(o => o.Id != organisationId) is { } other ? $"/account/organisations?{OrganisationGate.Parameter}={other.Id}" : "/");
    }
}

/// <param name="CurrentId">The one that this page was opened for.</param>
public sealed record OrganisationsPage(IReadOnlyList<Place> Places, int CurrentId);

/// <param name="IsActive">False while support has taken the organisation out of use.</param>
public sealed record Place(int Id, string Name, bool IsActive, MembershipRole Role, MembershipStatus Status, DateTime RequestedAt, DateTime? DecidedAt);

/// <param name="IsLast">Whether the person belongs nowhere else.</param>
public sealed record LeavePage(int Id, string Name, bool IsLast)
{
    /// <summary>Why it was refused: nobody would be left to decide.</summary>
    public bool IsLastAdministrator { get; init; }
}
