using DealerPortal.Core;
using DealerPortal.Core.Privacy;
using DealerPortal.Web.Access;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>Whether a dossier is anonymised when its time has come.</summary>
[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}")]
public sealed class RetentionController(AdminDossierReading screens, DossierHolds holds, CurrentUser user, IStringLocalizer<AdminTexts> texts)
    : DossierDeskController(screens, user, texts)
{
    [HttpPost("hold")]
    public async Task<IActionResult> Hold(string number, [Bind(Prefix = nameof(AdminDossierPage.Keep))] HoldForm keep, [FromServices] IValidator<HoldForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(keep, ct)).AddToModelState(ModelState, nameof(page.Keep));
        if (!ModelState.IsValid)
            return Refused(page with { Keep = keep });
        return Back(number, await holds.HoldAsync(Reader, number, keep.Reason!, ct) ? "Hold.Done" : "Hold.Unchanged");
    }

    [HttpPost("release")]
    public async Task<IActionResult> Release(string number, CancellationToken ct) =>
        await PageAsync(number, ct) is null ? NotFound() : Back(number, await holds.ReleaseAsync(Reader, number, ct) ? "Release.Done" : "Release.Unchanged");
}

public sealed class HoldForm
{
    public string? Reason { get; set => field = TypedText.SingleLine(value); }
}

public sealed class HoldValidator : AbstractValidator<HoldForm>
{
    public HoldValidator(IStringLocalizer<AdminTexts> t) =>
        RuleFor(h => h.Reason).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => t["Hold.Missing"])
            .MaximumLength(DossierHold.ReasonMaxLength).WithMessage(_ => t["Text.TooLong", DossierHold.ReasonMaxLength]);
}
