using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>The steps of a dossier's repair or return.</summary>
[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}")]
public sealed class TrackController(AdminDossierReading screens, SupportHandling handling, CurrentUser user, IStringLocalizer<AdminTexts> texts)
    : DossierDeskController(screens, user, texts)
{
    [HttpPost("repair")]
    public async Task<IActionResult> Repair(string number, [Bind(Prefix = nameof(AdminDossierPage.Repair))] RepairStepForm repair, [FromServices] IValidator<RepairStepForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Repair = repair };
        (await validator.ValidateAsync(repair, ct)).AddToModelState(ModelState, nameof(page.Repair));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = page.CanMoveRepair
            ? await handling.ChangeRepairAsync(
                new SupportRepairChange(Reader, number, repair.Stamp, repair.Next!.Value, Typed.OrNull(repair.Text), repair.Appointment), ct)
            : HandlingOutcome.NotAllowed;
        return await MovedAsync(page, outcome, repair, "Repair.Status", ct);
    }

    [HttpPost("return")]
    public async Task<IActionResult> Return(string number, [Bind(Prefix = nameof(AdminDossierPage.Return))] ReturnStepForm step, [FromServices] IValidator<ReturnStepForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Return = step };
        (await validator.ValidateAsync(step, ct)).AddToModelState(ModelState, nameof(page.Return));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = page.CanMoveReturn
            ? await handling.ChangeReturnAsync(
                new SupportReturnChange(Reader, number, step.Stamp, step.Next!.Value, Typed.OrNull(step.Text), step.Appointment, step.GrmsNumber), ct)
            : HandlingOutcome.NotAllowed;
        return await MovedAsync(page, outcome, step, "Return.Status", ct);
    }

    private async Task<IActionResult> MovedAsync(AdminDossierPage page, HandlingOutcome outcome, TrackStepForm step, string field, CancellationToken ct)
    {
        if (outcome == HandlingOutcome.Done)
            return Back(page.Details.Dossier.Number, "Step.Changed");
        if (outcome == HandlingOutcome.NotAllowed)
            ModelState.AddModelError(field, Texts["Step.NotAllowed"]);
        return await RefusedAsync(page, outcome, step, ct);
    }
}
