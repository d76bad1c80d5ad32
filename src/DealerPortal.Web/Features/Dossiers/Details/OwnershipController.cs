using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>Whose dossier it is within the organisation.</summary>
[Access(Audience.OrganisationAdministrator)]
public sealed class OwnershipController(DetailsScreen screen, DossierHandOver handOver, CurrentUser user, IStringLocalizer<DetailsTexts> texts) : Controller
{
    [HttpPost("/dossiers/{number}/hand-over")]
    public async Task<IActionResult> HandOver(string number, [Bind(Prefix = nameof(DetailsPage.Owner))] OwnerForm owner, CancellationToken ct)
    {
        if (await screen.ReadAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Owner = owner };
        var outcome = owner.Colleague is { } colleague
            ? await handOver.HandOverAsync(new HandOver(user.Required.Reader, user.Required.FullName, number, owner.Stamp, colleague), ct)
            : HandlingOutcome.NotAllowed;
        switch (outcome)
        {
            case HandlingOutcome.Done:
                TempData["Notice"] = texts["HandOver.Done"].Value;
                return Redirect($"/dossiers/{number}");
            case HandlingOutcome.Stale:
                return await screen.ReadAsync(number, ct) is { } now
                    ? this.Refused(now with { Owner = owner, ChangedSince = now.Since(owner.Seen) }, StatusCodes.Status409Conflict)
                    : NotFound();
            case HandlingOutcome.NotFound:
                return NotFound();
            default:
                ModelState.AddModelError("Owner.To", texts["HandOver.Unknown"]);
                return this.Refused(page);
        }
    }
}
