using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Email;

/// <summary>Where a person says which address the account is to get.</summary>
[Access(Audience.MemberOrStaff)]
[Route("/account/email")]
public sealed class EmailController(
    CurrentUser user, EmailChangeService changes, IValidator<EmailForm> validator, IStringLocalizer<EmailTexts> texts) : Controller
{
    [HttpGet]
    [NeedsRecentProof]
    [RestoresCarriedForm]
    public async Task<IActionResult> Show(CancellationToken ct) =>
        await changes.FindAsync(user.Required, ct) is null ? View("Email", new EmailForm()) : Redirect("/account/email/codes");

    [HttpPost]
    [NeedsRecentProof(Page = "/account/email")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> BeginAsync(EmailForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (ModelState.IsValid && EmailAddress.TryParse(form.NewEmail, out var email))
        {
            if (EmailAddress.Normalise(email) != EmailAddress.Normalise(user.Required.Email))
            {
                await changes.BeginAsync(user.Required, email, ct);
                return Redirect("/account/email/codes");
            }

            ModelState.AddModelError(nameof(form.NewEmail), texts["New.Same"]);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Email", form);
    }
}
