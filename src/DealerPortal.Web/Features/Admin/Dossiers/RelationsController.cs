using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>A dossier beside others: its duplicate, and those that belong to it.</summary>
[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}")]
public sealed class RelationsController(AdminDossierReading screens, DuplicateMerging merging, DossierLinking linking, CurrentUser user, IStringLocalizer<AdminTexts> texts)
    : DossierDeskController(screens, user, texts)
{
    [HttpPost("merge")]
    public async Task<IActionResult> Merge(
        string number, [Bind(Prefix = nameof(AdminDossierPage.Merge))] MergeForm merge, [FromServices] IValidator<MergeForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Merge = merge };
        (await validator.ValidateAsync(merge, ct)).AddToModelState(ModelState, nameof(page.Merge));
        if (!ModelState.IsValid)
            return Refused(page);

        _ = DossierNumber.TryParse(merge.Survivor, out var survivor);
        var outcome = await merging.MergeAsync(new Merge(Reader, number, merge.Stamp, survivor, merge.Text!), ct);
        if (outcome == MergeOutcome.Done)
            return Back(survivor, "Merge.Done");
        if (outcome is MergeOutcome.NotFound or MergeOutcome.Stale)
            return await RefusedAsync(page, outcome == MergeOutcome.Stale ? HandlingOutcome.Stale : HandlingOutcome.NotFound, merge, ct);
        ModelState.AddModelError("Merge.Survivor", Texts[$"Merge.{outcome}", FileLimits.MaxFilesPerDossier]);
        return Refused(page);
    }

    [HttpPost("link")]
    public async Task<IActionResult> Link(
        string number, [Bind(Prefix = nameof(AdminDossierPage.Link))] LinkForm link, [FromServices] IValidator<LinkForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(link, ct)).AddToModelState(ModelState, nameof(page.Link));
        _ = DossierNumber.TryParse(link.Other, out var other);
        if (ModelState.IsValid && await linking.LinkAsync(Reader, number, other, ct) != HandlingOutcome.Done)
            ModelState.AddModelError("Link.Other", Texts["Link.Unknown"]);
        return ModelState.IsValid ? Back(number, "Link.Done") : Refused(page with { Link = link });
    }

    [HttpPost("unlink")]
    public async Task<IActionResult> Unlink(string number, string? other, CancellationToken ct) => await linking.UnlinkAsync(Reader, number, other ?? "", ct) switch
    {
        HandlingOutcome.Done => Back(number, "Link.Removed"),
        // Nothing is linked to a dossier that does not exist.
        HandlingOutcome.NotAllowed => Back(number, "Link.Unknown"),
        _ => NotFound(),
    };
}
