using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Organisations;

/// <summary>Organisations as support looks after them; those that wait to be confirmed come first.</summary>
[Access(Audience.Staff)]
[Route("/admin/organisations")]
public sealed class OrganisationsController(
    PortalDbContext db, OrganisationDirectory directory, OrganisationCare care, CurrentUser user, IStringLocalizer<OrganisationsTexts> texts) : Controller
{
    private const int MembersShown = 200;

    [HttpGet]
    public async Task<IActionResult> List(string? q, string? view, int? page, CancellationToken ct)
    {
        var waiting = await directory.CountAsync(DirectoryView.Unconfirmed, ct);
        var chosen = Enum.TryParse<DirectoryView>(view, out var named) && Enum.IsDefined(named) ? named : waiting > 0 ? DirectoryView.Unconfirmed : DirectoryView.Active;
        var number = Math.Clamp(page ?? 1, 1, OrganisationDirectory.LastPage);
        return View("Organisations", new OrganisationsPage(q, chosen, number, await directory.ReadAsync(q, chosen, number, ct), waiting));
    }

    [HttpGet("{organisationId:int}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Show([FromRoute] int organisationId, CancellationToken ct) =>
        await PageAsync(organisationId, null, ct) is { } page ? View("Organisation", page) : NotFound();

    [HttpPost("{organisationId:int}")]
    public async Task<IActionResult> Save([FromRoute] int organisationId, OrganisationForm form, [FromServices] IValidator<OrganisationForm> validator, CancellationToken ct)
    {
        if (await PageAsync(organisationId, form, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid)
            return Refused(page);
        var outcome = await care.SaveAsync(
            new OrganisationChange(organisationId, form.Stamp, TypedText.SingleLine(form.Name), form.Number, form.Confirm == "true", user.Required.UserId), ct);
        if (outcome == CareOutcome.CustomerNumberTaken)
            ModelState.AddModelError(nameof(form.CustomerNumber), texts["CustomerNumber.Taken"]);
        return await AnswerAsync(outcome, page, form.Confirm == "true" ? "Confirmed" : "Saved", ct);
    }

    [HttpPost("{organisationId:int}/deactivate")]
    public Task<IActionResult> Deactivate([FromRoute] int organisationId, CancellationToken ct) => SetActiveAsync(organisationId, active: false, ct);

    [HttpPost("{organisationId:int}/reactivate")]
    public Task<IActionResult> Reactivate([FromRoute] int organisationId, CancellationToken ct) => SetActiveAsync(organisationId, active: true, ct);

    [HttpPost("{organisationId:int}/members/{membershipId:int}/administrator")]
    public async Task<IActionResult> Appoint([FromRoute] int organisationId, [FromRoute] int membershipId, CancellationToken ct)
    {
        if (await PageAsync(organisationId, null, ct) is not { } page)
            return NotFound();
        var outcome = await care.AppointAsync(organisationId, membershipId, user.Required.UserId, ct);
        if (outcome == CareOutcome.NotAllowed)
            ModelState.AddModelError("", texts["Appoint.NotAllowed"]);
        return await AnswerAsync(outcome, page, "Appointed", ct);
    }

    private async Task<IActionResult> SetActiveAsync(int id, bool active, CancellationToken ct)
    {
        if (await PageAsync(id, null, ct) is not { } page)
            return NotFound();
        var outcome = await care.SetActiveAsync(id, active, user.Required.UserId, ct);
        if (outcome == CareOutcome.NotAllowed)
            ModelState.AddModelError("", texts["Reactivate.Merged"]);
        else if (outcome == CareOutcome.CustomerNumberTaken)
            ModelState.AddModelError("", texts["Reactivate.NumberTaken"]);
        return await AnswerAsync(outcome, page, active ? "Reactivated" : "Deactivated", ct);
    }

    private async Task<IActionResult> AnswerAsync(CareOutcome outcome, OrganisationPage page, string notice, CancellationToken ct)
    {
        switch (outcome)
        {
            case CareOutcome.Done:
                TempData["Notice"] = texts[notice].Value;
                return RedirectToAction(nameof(Show), new { organisationId = page.Organisation.Id });
            case CareOutcome.NotFound:
                return NotFound();
            case CareOutcome.Changed when await PageAsync(page.Organisation.Id, page.Form, ct) is { } now:
                return Refused(now with { IsChanged = true }, StatusCodes.Status409Conflict);
            default:
                return Refused(page);
        }
    }

    private ViewResult Refused(OrganisationPage page, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return View("Organisation", page);
    }

    private async Task<OrganisationPage?> PageAsync(int id, OrganisationForm? form, CancellationToken ct)
    {
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organisation)
            return null;
        var members = await (
            from membership in db.Memberships.AsNoTracking()
            join person in db.Users.AsNoTracking() on membership.UserId equals person.Id
            where membership.OrganisationId == id
            orderby membership.Status != MembershipStatus.Approved, membership.Status, membership.Role descending, person.LastName, person.FirstName
            select new MemberLine(
                membership.Id, person.FirstName + " " + person.LastName, person.Email!, person.PhoneNumber, membership.Role, membership.Status,
                person.DeactivatedAt != null, person.LastSignInAt)).Take(MembersShown).ToListAsync(ct);
        return new OrganisationPage(
            organisation,
            form ?? new OrganisationForm { Name = organisation.Name, CustomerNumber = organisation.CustomerNumber, Stamp = organisation.Stamp },
            await directory.FiguresAsync(id, ct),
            await directory.BranchesAsync(id, ct),
            members,
            members.Count < MembersShown ? members.Count : await db.Memberships.CountAsync(m => m.OrganisationId == id, ct))
        {
            MergedIntoName = organisation.MergedIntoId is { } into ? await db.Organisations.Where(o => o.Id == into).Select(o => o.Name).SingleAsync(ct) : null,
        };
    }
}
