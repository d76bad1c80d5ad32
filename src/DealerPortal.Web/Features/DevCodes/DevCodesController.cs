using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Development;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.DevCodes;

/// <summary>The codes that the staff's authenticator apps would show now, on a developer's machine, where nobody has such an app.</summary>
[AllowAnonymous]
[AllowedDuringSetUp]
[DevelopmentOnly]
public sealed class DevCodesController(PortalDbContext db, AuthenticatorKeys keys, TimeProvider time) : Controller
{
    private const int Shown = 50;

    [HttpGet("/dev/codes")]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var step = Totp.StepAt(time.GetUtcNow().UtcDateTime);
        var staff = await db.Users.AsNoTracking().Where(u => u.StaffRole != StaffRole.None && u.AuthenticatorKey != null && u.DeactivatedAt == null)
            .OrderBy(u => u.Email).Take(Shown).ToListAsync(ct);
        return View("Codes", staff.Select(user => RowOf(user, step)).ToList());
    }

    /// <summary>A code that was used is not good again, but the next one is already.</summary>
    private CodeRow RowOf(User user, long step)
    {
        var key = keys.Unprotect(user.AuthenticatorKey!);
        var next = Math.Max(step, (user.LastTimeStep ?? 0) + 1);
        return new CodeRow(user.FullName, user.Email!, next <= step + 1 ? Totp.CodeOf(key, next) : null);
    }
}

/// <param name="Code">The next one that will be taken; null when all of this half minute's are used.</param>
public sealed record CodeRow(string Name, string Email, string? Code);
