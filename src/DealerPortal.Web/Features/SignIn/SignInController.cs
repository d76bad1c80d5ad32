using System.Globalization;
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

namespace DealerPortal.Web.Features.SignIn;

[AllowAnonymous]
public sealed class SignInController(
    SignInService signIn, SessionCookie cookie, CurrentUser user, IValidator<SignInForm> validator, IStringLocalizer<SignInTexts> texts) : Controller
{
    [HttpGet("/sign-in")]
    [RestoresCarriedForm]
    public IActionResult Show(string? returnUrl) =>
        user.IsSignedIn ? Redirect(Destination(returnUrl)) : View("SignIn", new SignInForm { ReturnUrl = returnUrl });

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
            Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            ModelState.AddModelError("", texts["Blocked", (int)Math.Ceiling(wait.TotalMinutes)]);
            return Refused(form, StatusCodes.Status429TooManyRequests);
        }

        if (check.UserId is not { } userId)
        {
            ModelState.AddModelError(nameof(form.Password), texts["Wrong"]);
            return Refused(form, StatusCodes.Status400BadRequest);
        }

        await cookie.SignInAsync(HttpContext, userId, keep: form.Keep == "true", ct);
        return Redirect(Destination(form.ReturnUrl));
    }

    [HttpPost("/sign-out")]
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

    /// <summary>Where a person lands: people who wait have one page; others where they wanted to go, if it is ours.</summary>
    private string Destination(string? returnUrl) => user.Required switch
    {
        { IsMember: false, IsStaff: false } => "/pending",
        _ when Url.IsLocalUrl(returnUrl) => returnUrl!,
        { IsStaff: true } => "/admin",
        _ => "/",
    };
}
