using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Seats;

/// <summary>Chooses the dealer in whose place support looks at the portal or files a dossier.</summary>
[Access(Audience.Staff)]
public sealed class SeatsController(PortalDbContext db, OrganisationSearch organisations, SeatService seats, CurrentUser user, IStringLocalizer<SeatTexts> texts) : Controller
{
    private const int MembersShown = 200;

    [HttpGet("/admin/on-behalf")]
    public async Task<IActionResult> OnBehalf(string? q, int? organisation, CancellationToken ct)
    {
        var chosen = organisation is { } id ? await organisations.FindByIdAsync(id, ct) : null;
        var found = chosen is null ? await organisations.FindAsync(q, ct) : [chosen];
        chosen ??= found is [var only] ? only : null;
        return View(new OnBehalfPage(q, OrganisationSearch.IsLongEnough(q), found, chosen is null ? [] : await MembersAsync(chosen.Id, ct)));
    }

    [HttpPost("/admin/seat")]
    public async Task<IActionResult> Take(int membership, SeatMode mode, CancellationToken ct)
    {
        if (!Enum.IsDefined(mode) || !await seats.TakeAsync(user.Required, membership, mode, ct))
        {
            TempData["Notice"] = texts["Unknown"].Value;
            return RedirectToAction(nameof(OnBehalf));
        }

        return Redirect(mode == SeatMode.File ? "/dossiers/new" : "/");
    }

    [HttpPost("/admin/seat/leave")]
    public async Task<IActionResult> Leave(CancellationToken ct)
    {
        await seats.LeaveAsync(user.Required, ct);
        return Redirect("/admin");
    }

    private async Task<IReadOnlyList<MemberChoice>> MembersAsync(int organisationId, CancellationToken ct) => await (
        from membership in db.Memberships.AsNoTracking()
        join person in db.Users.AsNoTracking() on membership.UserId equals person.Id
        where membership.OrganisationId == organisationId && membership.Status == MembershipStatus.Approved && person.DeactivatedAt == null
        orderby person.LastName, person.FirstName
        select new MemberChoice(membership.Id, person.FirstName + " " + person.LastName, person.Email!, membership.Role)).Take(MembersShown).ToListAsync(ct);
}

/// <param name="Members">Of the one organisation that was found or chosen.</param>
public sealed record OnBehalfPage(string? Query, bool Searched, IReadOnlyList<FoundOrganisation> Found, IReadOnlyList<MemberChoice> Members);

public sealed record MemberChoice(int MembershipId, string Name, string Email, MembershipRole Role);
