using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.Details;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>The page on which support corrects what a form said.</summary>
/// <param name="ChangedSince">What happened since the page that a refused form was sent from; null when none was.</param>
public sealed record DataPage(DossierDetails Details, DataForm Form, IReadOnlyList<TimelineItem>? ChangedSince = null);

[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}/data")]
public sealed class DataController(
    PortalDbContext db, AdminDossierReading screens, DossierCorrection correction, CurrentUser user, IStringLocalizer<AdminTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Data(string number, CancellationToken ct)
    {
        if (await screens.ReadAsync(number, QueueTrail.Of(Request), ct) is not { Details: var details })
            return NotFound();
        var form = DataForm.Of(details);
        form.Branches = await BranchesAsync(details.Dossier, ct);
        return View(new DataPage(details, form));
    }

    [HttpPost]
    public async Task<IActionResult> Data(string number, [Bind(Prefix = nameof(DataPage.Form))] DataForm form, [FromServices] IValidator<DataForm> validator, CancellationToken ct)
    {
        if (await screens.ReadAsync(number, QueueTrail.Of(Request), ct) is not { Details: var details })
            return NotFound();
        form.Branches = await BranchesAsync(details.Dossier, ct);
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(DataPage.Form));
        if (!ModelState.IsValid)
            return Refused(new DataPage(details, form));

        var model = ModelCode.TryParse(form.ModelCode, out var code) ? await db.FindModelAsync(code, ct) : null;
        switch (await correction.CorrectAsync(user.Required.Reader, number, form.Stamp, form.ToData(details.Dossier, details.Kind.HasDevice, details.Kind.Track != DossierTrack.None, model), ct))
        {
            case HandlingOutcome.Done:
                TempData["Notice"] = texts["Data.Saved"].Value;
                return Redirect(Request.DossierAddress(number));
            case HandlingOutcome.Stale when await screens.DetailsAsync(number, ct) is { } now:
                return Refused(new DataPage(now, form, [.. now.Timeline.Where(item => item.Entry.Id > form.Seen)]), StatusCodes.Status409Conflict);
            case HandlingOutcome.NotAllowed:
                ModelState.AddModelError("", texts["Merged.NotAllowed"]);
                return Refused(new DataPage(details, form));
            default:
                return NotFound();
        }
    }

    private ViewResult Refused(DataPage page, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return View(nameof(Data), page);
    }

    private async Task<IReadOnlyList<Branch>> BranchesAsync(Dossier dossier, CancellationToken ct) =>
        await db.Branches.AsNoTracking().ScopedTo(user.Required.Reader)
            .Where(b => b.OrganisationId == dossier.OrganisationId && (b.DeactivatedAt == null || b.Id == dossier.BranchId))
            .OrderBy(b => b.Town).ThenBy(b => b.Street).ToListAsync(ct);
}
