using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.SignIn;

/// <summary>Signing in with a passkey, from the sign-in page or in the place of a code.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Credentials)]
public sealed class PasskeySignInController(
    Passkeys passkeys, SecondStep secondStep, SignInTicketCookie ticket, SessionCookie session, CurrentUser user, IStringLocalizer<SignInTexts> texts) : Controller
{
    [HttpPost("/sign-in/passkey/options")]
    public async Task<IActionResult> OptionsAsync(CancellationToken ct) => Content(await passkeys.AskAsync(ct), "application/json");

    [HttpPost("/sign-in/passkey")]
    public async Task<IActionResult> SignInAsync(PasskeyForm form, CancellationToken ct)
    {
        var begun = await passkeys.ReadAsync(form.Credential, ct) is var (userId, signed)
            ? await secondStep.EnterByPasskeyAsync(userId, signed, RateLimits.NetworkOf(HttpContext), SessionCookie.DeviceOf(HttpContext), ct)
            : null;
        if (begun is null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            ModelState.AddModelError("", texts["Passkey.Refused"]);
            return View("SignIn", new SignInForm { ReturnUrl = form.ReturnUrl });
        }

        ticket.Clear();
        await session.SignInAsync(HttpContext, begun, form.Keep == "true", ct);
        return Redirect(Landing.For(user.Required, Url, form.ReturnUrl));
    }
}

public sealed class PasskeyForm
{
    /// <summary>The browser's answer, as JSON.</summary>
    public string? Credential { get; init; }

    public string? Keep { get; init; }
    public string? ReturnUrl { get; init; }
}

/// <param name="Keep">What was ticked a step before.</param>
/// <param name="IsPrimary">Whether it is the page's first choice.</param>
public sealed record PasskeyButton(string? ReturnUrl, bool Keep = false, bool IsPrimary = false);
