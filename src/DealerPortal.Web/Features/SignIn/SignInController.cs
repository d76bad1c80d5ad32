using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.SignIn;

[AllowAnonymous]
public sealed class SignInController(
    SignInService signIn,
    SecondStep secondStep,
    SignInTicketCookie ticket,
    SessionCookie cookie,
    CurrentUser user,
    IValidator<SignInForm> validator,
    IStringLocalizer<SignInTexts> texts) : Controller
{
    [HttpGet("/sign-in")]
    [RestoresCarriedForm]
    public IActionResult Show(string? returnUrl) =>
        user.Snapshot is { } person ? Redirect(Landing.For(person, Url, returnUrl)) : View("SignIn", new SignInForm { ReturnUrl = returnUrl });

    [HttpPost("/sign-in")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> SignInAsync(SignInForm form, CancellationToken ct)
    {
        var result = await validator.ValidateAsync(form, ct);
        result.AddToModelState(ModelState);
        if (!ModelState.IsValid)
            return Refused(form, StatusCodes.Status400BadRequest);

        var check = await signIn.CheckAsync(form.Email!, form.Password!, RateLimits.NetworkOf(HttpContext), ct);
        if (check.WaitFor is { } wait)
        {
            ModelState.AddModelError("", texts["Blocked", Response.RetryAfter(wait)]);
            return Refused(form, StatusCodes.Status429TooManyRequests);
        }

        if (check.UserId is not { } userId)
        {
            ModelState.AddModelError(nameof(form.Password), texts["Wrong"]);
            return Refused(form, StatusCodes.Status400BadRequest);
        }

        var keep = form.Keep == "true";
        if (check.NeedsSecondStep)
        {
            ticket.Set(await secondStep.BeginAsync(userId, keep, ct));
            return RedirectToAction(nameof(SecondStepController.Code), "SecondStep", new { returnUrl = Landing.Carried(Url, form.ReturnUrl) });
        }

        await cookie.SignInAsync(HttpContext, userId, keep, ct);
        return Redirect(Landing.For(user.Required, Url, form.ReturnUrl));
    }

    [HttpPost("/sign-out")]
    [AllowedDuringSetUp]
    public async Task<IActionResult> SignOutAsync(CancellationToken ct)
    {
        await cookie.SignOutAsync(HttpContext, ct);
        TempData["Notice"] = texts["SignedOut"].Value;
        return RedirectToAction(nameof(Show));
    }

    private ViewResult Refused(SignInForm form, int status)
    {
        Response.StatusCode = status;
        return View("SignIn", form);
    }
}
