using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.Details;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>What the controllers of a dossier's page share: the page, the page again with what was refused, and the way back to it.</summary>
public abstract class DossierDeskController(AdminDossierReading screens, CurrentUser user, IStringLocalizer<AdminTexts> texts) : Controller
{
    protected Reader Reader => user.Required.Reader;

    protected IStringLocalizer<AdminTexts> Texts => texts;

    /// <summary>Null when there is no such dossier.</summary>
    protected Task<AdminDossierPage?> PageAsync(string number, CancellationToken ct) => screens.ReadAsync(number, QueueTrail.Of(Request), ct);

    protected ViewResult Refused(AdminDossierPage page, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return View("Dossier", page);
    }

    /// <summary>The page again with what was typed; as it stands now and with what changed, when it was not what the person had before them.</summary>
    protected async Task<IActionResult> RefusedAsync(AdminDossierPage page, HandlingOutcome outcome, StampedForm form, CancellationToken ct)
    {
        if (outcome is HandlingOutcome.NotAllowed or HandlingOutcome.TooManyFiles or HandlingOutcome.FilesUsed)
            return Refused(page);
        if (await screens.DetailsAsync(page.Details.Dossier.Number, ct) is not { } now)
            return NotFound();
        return Refused(page with { Details = now, ChangedSince = [.. now.Timeline.Where(item => item.Entry.Id > form.Seen)] }, StatusCodes.Status409Conflict);
    }

    protected RedirectResult Back(string number, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect(Request.DossierAddress(number));
    }
}
