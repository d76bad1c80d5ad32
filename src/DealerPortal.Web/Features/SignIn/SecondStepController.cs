using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.SignIn;

/// <summary>After the password of whoever has a second factor. Until the step is taken there is no session.</summary>
[AllowAnonymous]
public sealed class SecondStepController(
    SecondStep secondStep, SignInTicketCookie cookie, SessionCookie session, CurrentUser user, IStringLocalizer<SignInTexts> texts) : Controller
{
    /// <param name="by">«recovery» for the page that asks for a recovery code.</param>
    [HttpGet("/sign-in/code")]
    public async Task<IActionResult> Code(string? returnUrl, string? by, CancellationToken ct) => await OpenAsync(ct) is { } open
        ? Page(open, new CodeForm { ReturnUrl = returnUrl, By = by })
        : RedirectToAction(nameof(SignInController.Show), "SignIn", new { returnUrl = Landing.Carried(Url, returnUrl) });

    [HttpPost("/sign-in/code")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> TakeAsync(CodeForm form, CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } open)
            return Over(form.ReturnUrl);
        if (string.IsNullOrWhiteSpace(form.Code))
        {
            ModelState.AddModelError(nameof(form.Code), texts["Code.Required"]);
            return Refused(open, form, StatusCodes.Status400BadRequest);
        }

        var result = await secondStep.TakeAsync(cookie.Ticket!, open, form.Code, RateLimits.NetworkOf(HttpContext), SessionCookie.DeviceOf(HttpContext), ct);
        if (result.WaitFor is { } wait)
        {
            ModelState.AddModelError(nameof(form.Code), texts["Code.Blocked", Response.RetryAfter(wait)]);
            return Refused(open, form, StatusCodes.Status429TooManyRequests);
        }

        if (result.Session is not { } begun)
        {
            ModelState.AddModelError(nameof(form.Code), texts["Code.Wrong"]);
            return Refused(open, form, StatusCodes.Status400BadRequest);
        }

        cookie.Clear();
        await session.SignInAsync(HttpContext, begun, open.Keep, ct);
        return Redirect(Landing.For(user.Required, Url, form.ReturnUrl));
    }

    private async Task<OpenSignIn?> OpenAsync(CancellationToken ct) => cookie.Ticket is { } ticket ? await secondStep.FindAsync(ticket, ct) : null;

    private RedirectToActionResult Over(string? returnUrl)
    {
        cookie.Clear();
        TempData["Notice"] = texts["Code.Over"].Value;
        return RedirectToAction(nameof(SignInController.Show), "SignIn", new { returnUrl = Landing.Carried(Url, returnUrl) });
    }

    private ViewResult Refused(OpenSignIn open, CodeForm form, int status)
    {
        Response.StatusCode = status;
        // A code is good for one try: what was typed is typed anew.
        ModelState.SetModelValue(nameof(form.Code), "", "");
        return Page(open, form);
    }

    private ViewResult Page(OpenSignIn open, CodeForm form)
    {
        ViewData[nameof(OpenSignIn)] = open;
        return View("Code", form);
    }
}

public sealed class CodeForm
{
    public string? Code { get; init; }
    public string? By { get; init; }
    public string? ReturnUrl { get; init; }
}
