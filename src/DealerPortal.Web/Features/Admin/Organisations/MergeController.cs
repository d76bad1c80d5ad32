using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Organisations;

/// <summary>An organisation that exists twice becomes one: choose the one that stays, see what moves, confirm by typing.</summary>
[Access(Audience.Staff)]
[Route("/admin/organisations/{organisationId:int}/merge")]
public sealed class MergeController(
    PortalDbContext db, OrganisationSearch search, OrganisationMerging merging, CurrentUser user, IStringLocalizer<OrganisationsTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Choose([FromRoute] int organisationId, string? q, int? into, CancellationToken ct)
    {
        if (await FindAsync(organisationId, ct) is not { } from)
            return NotFound();
        return View("Merge", await PageAsync(from, new MergeForm { Into = into?.ToString(CultureInfo.InvariantCulture) }, q, ct));
    }

    [HttpPost]
    public async Task<IActionResult> Merge([FromRoute] int organisationId, MergeForm form, CancellationToken ct)
    {
        if (await FindAsync(organisationId, ct) is not { } from)
            return NotFound();
        var page = await PageAsync(from, form, null, ct);
        if (page.Into is null)
            ModelState.AddModelError("", texts["Merge.NotAllowed"]);
        else if (!IsVatOf(from, form.Vat))
            ModelState.AddModelError(nameof(form.Vat), texts["Merge.Vat.Wrong"]);
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = await merging.MergeAsync(new OrganisationMerge(from.Id, page.Into!.Id, form.KeepAdministrators, user.Required.UserId), ct);
        if (outcome != MergeOutcome.Done)
        {
            ModelState.AddModelError("", texts[$"Merge.{outcome}"]);
            return Refused(page);
        }

        TempData["Notice"] = texts["Merged", from.Name].Value;
        return RedirectToAction(nameof(OrganisationsController.Show), "Organisations", new { organisationId = page.Into.Id });
    }

    private ViewResult Refused(MergePage page)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Merge", page);
    }

    private Task<Organisation?> FindAsync(int id, CancellationToken ct) =>
        db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.MergedIntoId == null, ct);

    private async Task<MergePage> PageAsync(Organisation from, MergeForm form, string? text, CancellationToken ct)
    {
        var into = int.TryParse(form.Into, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != from.Id
            ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.DeactivatedAt == null, ct)
            : null;
        var preview = into is null ? null : await merging.PreviewAsync(from.Id, into.Id, ct);
        // Unasked, what is called alike: a duplicate mostly is.
        var hits = into is not null ? [] : await search.FindWiderAsync(string.IsNullOrWhiteSpace(text) ? from.Name : text, ct);
        return new MergePage(from, into, preview, text, [.. hits.Where(hit => hit.Id != from.Id)], form);
    }

    private static bool IsVatOf(Organisation organisation, string? typed) =>
        VatNumber.TryParse(typed, out var vat) ? vat.Value == organisation.VatNumber : typed?.Trim() == organisation.VatNumber;
}
