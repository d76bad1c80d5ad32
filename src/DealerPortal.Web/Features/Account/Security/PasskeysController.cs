using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.SignIn;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Security;

/// <summary>Adds a passkey.</summary>
[Access(Audience.MemberOrStaff)]
[AllowedDuringSetUp]
public sealed class PasskeysController(
    CurrentUser user, Passkeys passkeys, SecondFactors factors, SessionCookie cookie, ShownCodes shown, IStringLocalizer<SecurityTexts> texts) : Controller
{
    [HttpGet("/account/security/passkeys/new")]
    [NeedsRecentProof]
    public ViewResult New() => View("NewPasskey", new NewPasskeyForm());

    [HttpPost("/account/security/passkeys/options")]
    [NeedsRecentProof]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> OptionsAsync(CancellationToken ct) => Content(await passkeys.AskForNewAsync(user.Required, ct), "application/json");

    [HttpPost("/account/security/passkeys/new")]
    [NeedsRecentProof]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> AddAsync(NewPasskeyForm form, CancellationToken ct)
    {
        var name = PasskeyNames.Of(form.Name);
        if (name.Length == 0)
            ModelState.AddModelError(nameof(form.Name), texts["Passkey.NameRequired"]);
        var made = ModelState.IsValid ? await passkeys.ReadNewAsync(user.Required, form.Credential, ct) : null;
        if (ModelState.IsValid && made is null)
            ModelState.AddModelError("", texts["Passkey.Refused"]);
        if (made is null)
            return Refused(form);

        var change = await factors.AddPasskeyAsync(user.Required.UserId, made, name, ct);
        if (change.Outcome != FactorOutcome.Done)
        {
            ModelState.AddModelError("", texts[change.Outcome == FactorOutcome.TooMany ? "Passkey.TooMany" : "Passkey.Refused", SecondFactors.MaxPasskeys]);
            return Refused(form);
        }

        await cookie.RenewAsync(HttpContext, ct);
        TempData["Notice"] = texts["Passkey.Added"].Value;
        return shown.LeadOn(this, change);
    }

    private ViewResult Refused(NewPasskeyForm form)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("NewPasskey", form);
    }
}
