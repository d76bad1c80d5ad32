using DealerPortal.Core.Accounts;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Security;

/// <summary>Asks for the password again, before something delicate.</summary>
[Access(Audience.SignedIn)]
[AllowedDuringSetUp]
[Route("/account/security/confirm")]
public sealed class ConfirmController(CurrentUser user, SignInService signIn, SessionService sessions, IStringLocalizer<SecurityTexts> texts) : Controller
{
    [HttpGet]
    public ViewResult Show(string? returnUrl) => View("Confirm", new ConfirmForm { ReturnUrl = returnUrl });

    [HttpPost]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ConfirmAsync(ConfirmForm form, CancellationToken ct)
    {
        var person = user.Required;
        if (string.IsNullOrEmpty(form.Password))
            return Refused(form, StatusCodes.Status400BadRequest, texts["Confirm.Required"]);
        var check = await signIn.CheckAsync(person.Email, form.Password, RateLimits.NetworkOf(HttpContext), ct);
        if (check.WaitFor is { } wait)
            return Refused(form, StatusCodes.Status429TooManyRequests, texts["Confirm.Blocked", Response.RetryAfter(wait)]);
        if (check.UserId is null)
            return Refused(form, StatusCodes.Status400BadRequest, texts["Confirm.Wrong"]);

        await sessions.ProveAsync(person.SessionId, ct);
        if (!Url.IsLocalUrl(form.ReturnUrl) || form.ReturnUrl == "/account/security")
        {
            TempData["Notice"] = texts["Confirm.Done"].Value;
            return Redirect("/account/security");
        }

        return Redirect(form.ReturnUrl);
    }

    private ViewResult Refused(ConfirmForm form, int status, string problem)
    {
        ModelState.AddModelError(nameof(form.Password), problem);
        Response.StatusCode = status;
        return View("Confirm", form);
    }
}
