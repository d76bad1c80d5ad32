using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Dossiers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Dossiers;

/// <summary>Says which service centre works on a dossier.</summary>
[Access(Audience.Staff)]
public sealed class DossierCentreController(SupportHandling handling, CurrentUser user, IStringLocalizer<CentreTexts> texts) : Controller
{
    [HttpPost("/admin/dossiers/{number}/service-centre")]
    public async Task<IActionResult> ChooseAsync(string number, int? centre, CancellationToken ct)
    {
        if (!ModelState.IsValid || await handling.ChooseCentreAsync(user.Required.Reader, number, centre, ct) != HandlingOutcome.Done)
            return NotFound();
        TempData["Notice"] = texts["Dossier.Chosen"].Value;
        return Redirect(Request.DossierAddress(number));
    }
}
