using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Registration;

/// <summary>From an address to a verified one.</summary>
[AllowAnonymous]
public sealed class RegistrationController(
    RegistrationService registrations,
    RegistrationCookie cookie,
    CurrentUser user,
    IValidator<RegisterForm> addresses,
    IValidator<CodeForm> codes,
    IStringLocalizer<RegistrationTexts> texts,
    TimeProvider time) : Controller
{
    [HttpGet("/register")]
    [RestoresCarriedForm]
    public IActionResult Register() => user.IsSignedIn ? Redirect("/") : View(new RegisterForm());

    [HttpPost("/register")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> RegisterAsync(RegisterForm form, CancellationToken ct)
    {
        (await addresses.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid || !EmailAddress.TryParse(form.Email, out var email))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Register", form);
        }

        cookie.Set(await registrations.StartAsync(email, Languages.Current, cookie.Ticket, ct));
        return RedirectToAction(nameof(Code));
    }

    /// <summary>The mail's link fills the code in, and consumes nothing: scanners follow links too.</summary>
    [HttpGet("/register/code")]
    public async Task<IActionResult> Code(string? r, string? code, CancellationToken ct)
    {
        var form = new CodeForm { Code = code };
        var registration = await cookie.FindAsync(ct);
        if (r is not null && (registration is null || !Guid.TryParse(r, out var id) || id != registration.Id))
            return View("CodeElsewhere", form);
        if (registration is null)
            return RedirectToAction(nameof(Register));
        return registration.VerifiedAt is null ? Page(registration, form) : Redirect("/register/organisation");
    }

    [HttpPost("/register/code")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> VerifyAsync(CodeForm form, CancellationToken ct)
    {
        if (cookie.Ticket is not { } ticket || await registrations.FindAsync(ticket, ct) is not { } registration)
            return StartAgain();
        (await codes.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (ModelState.IsValid)
        {
            switch (await registrations.VerifyAsync(ticket, form.Digits, ct))
            {
                case CodeOutcome.Verified:
                    return Redirect("/register/organisation");
                case CodeOutcome.None:
                    return StartAgain();
                case CodeOutcome.Exhausted:
                    ModelState.AddModelError(nameof(form.Code), texts["Code.Exhausted"]);
                    break;
                case CodeOutcome.Expired:
                    ModelState.AddModelError(nameof(form.Code), texts["Code.Expired"]);
                    break;
                default:
                    ModelState.AddModelError(nameof(form.Code), texts["Code.Wrong"]);
                    break;
            }

            registration = await registrations.FindAsync(ticket, ct) ?? registration;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page(registration, form);
    }

    [HttpPost("/register/code/resend")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ResendAsync(CancellationToken ct)
    {
        if (cookie.Ticket is not { } ticket || await registrations.FindAsync(ticket, ct) is null)
            return StartAgain();
        var asked = await registrations.ResendAsync(ticket, ct);
        TempData["Notice"] = texts[asked ? "Code.Resent" : "Code.ResendEarly"].Value;
        return RedirectToAction(nameof(Code));
    }

    private RedirectToActionResult StartAgain()
    {
        cookie.Clear();
        TempData["Notice"] = texts["StartAgain"].Value;
        return RedirectToAction(nameof(Register));
    }

    private ViewResult Page(Core.Accounts.Registration registration, CodeForm form)
    {
        var wait = registration.LastRequestedAt + Core.Accounts.Registration.ResendAfter - time.GetUtcNow().UtcDateTime;
        ViewData[CodePage.Key] = new CodePage(
            registration.Email,
            registration.AttemptsLeft,
            Math.Max(0, (int)Math.Ceiling(wait.TotalSeconds)));
        return View("Code", form);
    }
}

/// <param name="ResendIn">Seconds until another code may be asked for.</param>
public sealed record CodePage(string Email, int AttemptsLeft, int ResendIn)
{
    public const string Key = nameof(CodePage);
}
