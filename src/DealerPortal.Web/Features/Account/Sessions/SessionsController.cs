using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Sessions;

/// <summary>
/// Where a person is signed in, and the way out. No recent proof is asked for: whoever fears a theft must be faster than the
/// thief, and a thief who ends sessions gains nothing by it.
/// </summary>
[Access(Audience.MemberOrStaff)]
[Route("/account/sessions")]
public sealed class SessionsController(
    CurrentUser user, PortalDbContext db, OwnSessions sessions, SessionCookie cookie, IStringLocalizer<SessionsTexts> texts, TimeProvider time) : Controller
{
    private const int Shown = 50;

    [HttpGet]
    public async Task<IActionResult> Show(CancellationToken ct)
    {
        var here = user.Required.SessionId;
        var open = db.OpenSessions(user.Required.UserId, time.GetUtcNow().UtcDateTime).AsNoTracking();
        return View("Sessions", new SessionsPage(
            await open.CountAsync(ct),
            await open.OrderByDescending(s => s.Id == here).ThenByDescending(s => s.CreatedAt).Take(Shown)
                .Select(s => new SessionRow(s.Id, s.CreatedAt, s.LastSeenAt, s.Browser, s.System, s.Id == here)).ToListAsync(ct)));
    }

    [HttpPost("end")]
    public async Task<IActionResult> EndAsync(Guid session, CancellationToken ct)
    {
        if (session == user.Required.SessionId)
            return RedirectToAction(nameof(Show));
        return Done(await sessions.EndAsync(user.Required.UserId, session, ct) ? "Ended" : "Unchanged");
    }

    /// <param name="here">«true» to sign out in this browser too.</param>
    [HttpPost("end-all")]
    public async Task<IActionResult> EndAllAsync(string? here, CancellationToken ct)
    {
        var person = user.Required;
        if (here != "true")
        {
            return Done(await sessions.EndAllAsync(person.UserId, except: person.SessionId, ct) switch
            {
                0 => "Unchanged",
                1 => "Ended",
                _ => "EndedAll",
            });
        }

        await sessions.EndAllAsync(person.UserId, except: null, ct);
        await cookie.SignOutAsync(HttpContext, ct);
        TempData["Notice"] = texts["EndedHereToo"].Value;
        return Redirect("/sign-in");
    }

    private RedirectToActionResult Done(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToAction(nameof(Show));
    }
}

/// <param name="Count">Of all of them; the rows are the newest.</param>
public sealed record SessionsPage(int Count, IReadOnlyList<SessionRow> Rows);

/// <param name="IsThis">The one that asks.</param>
public sealed record SessionRow(Guid Id, DateTime CreatedAt, DateTime LastSeenAt, string? Browser, string? System, bool IsThis)
{
    public string Icon => System is "iPhone" or "iPad" or "Android" ? "device-mobile" : "device-desktop";

    /// <summary>The text that names the device, with <see cref="Browser"/> and <see cref="System"/> for it.</summary>
    public string DeviceKey => (Browser, System) switch
    {
        (not null, not null) => "Device",
        (null, null) => "Device.Unknown",
        (null, _) => "Device.System",
        _ => "Device.Browser",
    };
}
