using DealerPortal.Core;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Content;

/// <summary>What a shop tells a consumer, and where it sends them.</summary>
[Access(Audience.Member)]
public sealed class ConsumerAssistanceController(PortalDbContext db, InitialAssistance initial, TimeProvider time) : Controller
{
    [HttpGet("/consumer-assistance")]
    public async Task<IActionResult> ConsumerAssistance(CancellationToken ct)
    {
        var text = await db.AssistanceTexts.AsNoTracking().InForceOn(Formats.Today(time)).Select(t => t.Text).SingleOrDefaultAsync(ct);
        return View(new AssistancePage((text ?? initial.Text).In(Languages.Current)));
    }
}

/// <param name="Text">Markdown whose places are not filled yet.</param>
public sealed record AssistancePage(string Text);
