using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>Who has a dossier open, as its page asks every few seconds.</summary>
[Access(Audience.Staff)]
[AskedByThePage]
[Route("/admin/dossiers/{number}/presence")]
public sealed class PresenceController(PortalDbContext db, DossierPresences presences, CurrentUser user) : Controller
{
    /// <summary>Says that the page is open, and answers who else has it.</summary>
    [HttpPost]
    public async Task<IActionResult> Beat(string number, bool writing, CancellationToken ct) => await IdAsync(number, ct) is { } id
        ? PartialView("_Presence", await presences.BeatAsync(id, user.Required.UserId, writing, ct))
        : NotFound();

    [HttpPost("leave")]
    public async Task<IActionResult> Leave(string number, CancellationToken ct)
    {
        if (await IdAsync(number, ct) is not { } id)
            return NotFound();
        await presences.LeaveAsync(id, user.Required.UserId, ct);
        return NoContent();
    }

    private Task<long?> IdAsync(string number, CancellationToken ct) =>
        db.Dossiers.AsNoTracking().VisibleTo(user.Required.Reader).Where(d => d.Number == number).Select(d => (long?)d.Id).SingleOrDefaultAsync(ct);
}
