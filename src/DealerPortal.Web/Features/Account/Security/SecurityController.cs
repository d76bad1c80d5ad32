using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Security;

/// <summary>What a person signs in with beside the password; the one place that is open to staff who have nothing yet.</summary>
[Access(Audience.MemberOrStaff)]
[AllowedDuringSetUp]
public sealed class SecurityController(
    CurrentUser user, PortalDbContext db, SecondFactors factors, SessionCookie cookie, ShownCodes shown, IStringLocalizer<SecurityTexts> texts, TimeProvider time) : Controller
{
    [HttpGet("/account/security")]
    public async Task<IActionResult> Show(CancellationToken ct)
    {
        var person = user.Required;
        var hasApp = await db.Users.AnyAsync(u => u.Id == person.UserId && u.AuthenticatorKey != null, ct);
        var passkeys = await db.Set<IdentityUserPasskey<int>>().AsNoTracking().Where(p => p.UserId == person.UserId).ToListAsync(ct);
        var codes = await db.Set<RecoveryCode>().CountAsync(c => c.UserId == person.UserId && c.UsedAt == null, ct);
        return View("Security", new SecurityPage(
            person.IsStaff,
            person.MustSetUpSecondFactor,
            hasApp,
            [.. passkeys.OrderBy(p => p.Data.CreatedAt).Select(p => new PasskeyRow(
                WebEncoders.Base64UrlEncode(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt.UtcDateTime, p.Data.IsBackedUp))],
            codes,
            await db.OpenSessions(person.UserId, time.GetUtcNow().UtcDateTime).CountAsync(ct)));
    }

    [HttpPost("/account/security/app/remove")]
    [NeedsRecentProof]
    public async Task<IActionResult> RemoveAppAsync(CancellationToken ct) =>
        await FinishAsync(await factors.SwitchAppOffAsync(user.Required.UserId, ct), "App.Removed", ct);

    [HttpPost("/account/security/passkeys/remove")]
    [NeedsRecentProof]
    public async Task<IActionResult> RemovePasskeyAsync(PasskeyMove move, CancellationToken ct) => IdOf(move) is { } id
        ? await FinishAsync(await factors.RemovePasskeyAsync(user.Required.UserId, id, ct), "Passkey.Removed", ct)
        : RedirectToAction(nameof(Show));

    [HttpPost("/account/security/passkeys/rename")]
    public async Task<IActionResult> RenamePasskeyAsync(PasskeyMove move, CancellationToken ct)
    {
        var name = PasskeyNames.Of(move.Name);
        if (name.Length == 0)
            TempData["Notice"] = texts["Passkey.NameKept"].Value;
        else if (IdOf(move) is { } id && await factors.RenamePasskeyAsync(user.Required.UserId, id, name, ct))
            TempData["Notice"] = texts["Passkey.Renamed"].Value;
        return RedirectToAction(nameof(Show));
    }

    /// <summary>The set just made, once.</summary>
    [HttpGet("/account/security/codes")]
    public IActionResult Codes() => shown.Take(this) is { } codes ? View("Codes", codes) : RedirectToAction(nameof(Show));

    [HttpPost("/account/security/codes")]
    [NeedsRecentProof]
    public async Task<IActionResult> RenewCodesAsync(CancellationToken ct)
    {
        if (await factors.RenewCodesAsync(user.Required.UserId, ct) is not { Count: > 0 } codes)
            return RedirectToAction(nameof(Show));
        shown.Keep(this, codes);
        return RedirectToAction(nameof(Codes));
    }

    private async Task<IActionResult> FinishAsync(FactorChange change, string done, CancellationToken ct)
    {
        switch (change.Outcome)
        {
            case FactorOutcome.Refused:
                // Gone already, in another tab: the page shows how it is.
                return RedirectToAction(nameof(Show));
            case FactorOutcome.LastOfStaff:
                ModelState.AddModelError("", texts["LastOfStaff"]);
                Response.StatusCode = StatusCodes.Status409Conflict;
                return await Show(ct);
            default:
                await cookie.RenewAsync(HttpContext, ct);
                TempData["Notice"] = texts[done].Value;
                return RedirectToAction(nameof(Show));
        }
    }

    private static byte[]? IdOf(PasskeyMove move)
    {
        try
        {
            return move.Passkey is { Length: > 0 and < 2 * SecondFactors.CredentialIdMaxLength } id ? WebEncoders.Base64UrlDecode(id) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
