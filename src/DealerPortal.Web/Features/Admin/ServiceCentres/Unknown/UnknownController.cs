using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Unknown;

/// <summary>Codes that no line of the mapping table knows, with the events that wait for one.</summary>
[Access(Audience.Staff)]
public sealed class UnknownController(PortalDbContext db, CentreCodes codes, WaitingNotice waiting, IStringLocalizer<CentreTexts> texts) : Controller
{
    private const int Shown = 200;

    [HttpGet("/admin/service-centres/unknown")]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var found = await db.CentreEvents.AsNoTracking().Where(e => e.Outcome == CentreEventOutcome.UnknownCode)
            .GroupBy(e => new { e.CentreId, e.CodeKey })
            .Select(group => new { group.Key.CentreId, group.Key.CodeKey, Count = group.Count(), Since = group.Min(e => e.ReceivedAt) })
            .OrderBy(group => group.Since).Take(Shown).ToListAsync(ct);
        var names = await db.ServiceCentres.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var keys = found.SelectMany(group => new[] { CentreCode.KeyOf(group.CentreId, group.CodeKey), CentreCode.KeyOf(null, group.CodeKey) }).Distinct().ToList();
        var known = await db.CentreCodes.AsNoTracking().Where(code => keys.Contains(code.Key)).Select(code => code.Key).ToListAsync(ct);
        return View("Unknown", (IReadOnlyList<UnknownCode>)
        [
            .. found.Select(group => new UnknownCode(
                group.CentreId, names[group.CentreId], group.CodeKey, group.Count, group.Since,
                known.Contains(CentreCode.KeyOf(group.CentreId, group.CodeKey)) || known.Contains(CentreCode.KeyOf(null, group.CodeKey)))),
        ]);
    }

    /// <summary>Applies what still waits for a code that has its line by now.</summary>
    [HttpPost("/admin/service-centres/unknown")]
    public async Task<IActionResult> ApplyAsync(string? code, int? centre, CancellationToken ct)
    {
        var applied = await codes.ApplyWaitingAsync(CentreCode.Normalise(code ?? ""), centre, ct);
        TempData["Notice"] = waiting.Text(texts["Waiting.Done"], applied);
        return Redirect("/admin/service-centres/unknown");
    }
}

/// <param name="Since">When the first of the waiting events came.</param>
/// <param name="IsMapped">It has a line by now, but events still wait.</param>
public sealed record UnknownCode(int CentreId, string CentreName, string Code, int Count, DateTime Since, bool IsMapped);
