using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Catalogue;

/// <summary>The catalogue for type-ahead fields; combo.js holds the contract.</summary>
[Access(Audience.MemberOrStaff)]
public sealed class CatalogueController(PortalDbContext db, IStringLocalizer<SharedTexts> shared) : Controller
{
    private const int MinLength = 2;
    private const int MaxHits = 10;

    [HttpGet("/catalogue/models")]
    [EnableRateLimiting(RateLimits.LookUp)]
    public async Task<IActionResult> Models(string? q, CancellationToken ct)
    {
        if (ModelCode.KeyOf(q).Length < MinLength)
            return Json(Array.Empty<object>());
        var models = await db.Models.WithPrefix(q).Take(MaxHits).ToListAsync(ct);
        return Json(models.Select(m => new { value = m.Code, label = m.Code, detail = $"{m.Name.In(Languages.Current)} · {shared[$"Offer.{m.ServiceOffer}"]}" }));
    }
}
