using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Security;

/// <summary>Links an authenticator app: its key, then a code that proves the app has it.</summary>
[Access(Audience.MemberOrStaff)]
[AllowedDuringSetUp]
[Route("/account/security/app")]
public sealed class AppController(
    CurrentUser user, PortalDbContext db, SecondFactors factors, AuthenticatorKeys keys, SessionCookie cookie, ShownCodes shown, IStringLocalizer<SecurityTexts> texts) : Controller
{
    [HttpGet]
    [NeedsRecentProof]
    public Task<ViewResult> Show(CancellationToken ct) => PageAsync(keys.Offer(user.Required.UserId, user.Required.Email), ct);

    [HttpPost]
    [NeedsRecentProof]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> LinkAsync(AppForm form, CancellationToken ct)
    {
        var person = user.Required;
        if (keys.Read(person.UserId, person.Email, form.Offer) is not { } offer)
        {
            TempData["Notice"] = texts["App.TooOld"].Value;
            return RedirectToAction(nameof(Show));
        }

        var code = string.Concat((form.Code ?? "").Where(c => !char.IsWhiteSpace(c)));
        var change = code.Length == 0 ? FactorChange.Refused : await factors.SwitchAppOnAsync(person.UserId, offer, code, ct);
        if (change.Outcome != FactorOutcome.Done)
        {
            ModelState.SetModelValue(nameof(form.Code), "", "");
            ModelState.AddModelError(nameof(form.Code), texts[code.Length == 0 ? "App.CodeRequired" : "App.CodeWrong"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await PageAsync(offer, ct);
        }

        await cookie.RenewAsync(HttpContext, ct);
        TempData["Notice"] = texts["App.Linked"].Value;
        return shown.LeadOn(this, change);
    }

    private async Task<ViewResult> PageAsync(AuthenticatorOffer offer, CancellationToken ct)
    {
        var userId = user.Required.UserId;
        ViewData[AppPage.Key] = new AppPage(offer, await db.Users.AnyAsync(u => u.Id == userId && u.AuthenticatorKey != null, ct));
        return View("App", new AppForm { Offer = offer.Carried });
    }
}
