using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Events;

/// <summary>What a service centre sent, and what became of each event.</summary>
[Access(Audience.Staff)]
public sealed class CentreEventsController(PortalDbContext db) : Controller
{
    private const int PageSize = 50;

    [HttpGet("/admin/service-centres/{id:int}/events")]
    public async Task<IActionResult> List([FromRoute] int id, string? outcome, int? page, CancellationToken ct)
    {
        if (await db.ServiceCentres.AsNoTracking().Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(ct) is not { } name)
            return NotFound();
        var only = Enum.GetValues<CentreEventOutcome>().Where(value => value.ToString() == outcome).Select(value => (CentreEventOutcome?)value).FirstOrDefault();
        var number = PageLinks.Of(page);
        var events = await db.CentreEvents.AsNoTracking().Where(e => e.CentreId == id && (only == null || e.Outcome == only))
            .OrderByDescending(e => e.ReceivedAt).ThenByDescending(e => e.Id).Skip((number - 1) * PageSize).Take(PageSize + 1).ToListAsync(ct);
        var url = $"/admin/service-centres/{id}/events?outcome={only}";
        return View("Events", new CentreEventsPage(id, name, only, [.. events.Take(PageSize)], new PageLinks(number, events.Count > PageSize, n => $"{url}&page={n}")));
    }
}

/// <param name="Only">Null for every outcome.</param>
public sealed record CentreEventsPage(int CentreId, string CentreName, CentreEventOutcome? Only, IReadOnlyList<CentreEvent> Events, PageLinks Links);
