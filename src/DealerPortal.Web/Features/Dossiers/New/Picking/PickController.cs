using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New.Picking;

/// <summary>Choosing a model from the catalogue or a device of the organisation for a draft, on a page of its own: no script needed.</summary>
[Access(Audience.Member)]
[Route("/dossiers/new/{slug}/{draftId:guid}")]
public sealed class PickController(DossierForms forms, DraftPages pages, DraftService drafts, OwnDevices devices, PortalDbContext db) : Controller
{
    public const int PageSize = 20;
    private const int LastPage = 500;

    [HttpGet("model")]
    [EnableRateLimiting(RateLimits.LookUp)]
    public async Task<IActionResult> Model(string slug, Guid draftId, string? q, int page = 1, CancellationToken ct = default)
    {
        if (forms.Find(slug) is not { } form || await drafts.IsForeignAsync(pages.KeyOf(draftId), form.Type, ct))
            return NotFound();
        page = Math.Clamp(page, 1, LastPage);
        var models = db.Models.WithPrefix(q);
        var total = await models.CountAsync(ct);
        var shown = await models.Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return View(new PickPage<CatalogueModel>(form, DraftPage.UrlOf(slug, draftId), q, page, total, shown));
    }

    [HttpPost("model")]
    public Task<IActionResult> ChooseModel(string slug, Guid draftId, string? code, CancellationToken ct) =>
        SetAsync(slug, draftId, form => ModelCode.TryParse(code, out var known) ? form.PickModel(known.Value) : null, ct);

    /// <summary>Devices of the whole organisation, from its earlier dossiers; who they belong to is not told.</summary>
    [HttpGet("device")]
    [EnableRateLimiting(RateLimits.LookUp)]
    public async Task<IActionResult> Device(string slug, Guid draftId, string? q, int page = 1, CancellationToken ct = default)
    {
        if (forms.Find(slug) is not { } form || await drafts.IsForeignAsync(pages.KeyOf(draftId), form.Type, ct))
            return NotFound();
        page = Math.Clamp(page, 1, LastPage);
        var found = await devices.FindAsync(q, ct);
        var shown = found.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        return View(new PickPage<OwnDevice>(form, DraftPage.UrlOf(slug, draftId), q, page, found.Count, shown));
    }

    [HttpPost("device")]
    public Task<IActionResult> ChooseDevice(string slug, Guid draftId, string? code, string? serial, CancellationToken ct) =>
        SetAsync(slug, draftId, form => SerialNumber.TryParse(serial, out var known) ? form.PickDevice(ModelCode.TryParse(code, out var model) ? model.Value : null, known.Value) : null, ct);

    private async Task<IActionResult> SetAsync(string slug, Guid draftId, Func<DossierForm, IReadOnlyDictionary<string, string>?> choose, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form || choose(form) is not { } fields)
            return NotFound();
        return await drafts.SetAsync(pages.KeyOf(draftId), form.Type, fields, ct) is DraftResult.Foreign or DraftResult.TooLarge
            ? NotFound()
            : Redirect(DraftPage.UrlOf(slug, draftId));
    }
}

/// <param name="DraftUrl">The form that waits.</param>
/// <param name="Page">From 1.</param>
public sealed record PickPage<T>(DossierForm Form, string DraftUrl, string? Query, int Page, int Total, IReadOnlyList<T> Shown)
{
    public int From => (Page - 1) * PickController.PageSize + 1;
    public int To => From + Shown.Count - 1;
    public bool HasNext => To < Total;
}
