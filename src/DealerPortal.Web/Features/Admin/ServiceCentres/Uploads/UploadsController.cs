using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Core.Work;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Uploads;

/// <summary>Events from a file, for a centre without machines: first looked at, then taken in.</summary>
[Access(Audience.Staff)]
public sealed class UploadsController(PortalDbContext db, CentreUploads uploads, CurrentUser user, IStringLocalizer<CentreTexts> texts) : Controller
{
    private const int RecentShown = 10;
    private const int PageSize = 100;

    /// <summary>The file, and room for what a form has around it.</summary>
    private const int MaxRequestBytes = CentreUpload.MaxLength + (64 * 1024);

    [HttpGet("/admin/service-centres/{id:int}/upload")]
    public async Task<IActionResult> Upload([FromRoute] int id, CancellationToken ct) => await PageAsync(id, ct) is { } page ? View("Upload", page) : NotFound();

    [HttpPost("/admin/service-centres/{id:int}/upload")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
    public async Task<IActionResult> KeepAsync([FromRoute] int id, IFormFile? file, CancellationToken ct)
    {
        if (await PageAsync(id, ct) is not { } page)
            return NotFound();
        if (file is null || file.Length == 0)
            return Refused(page, texts["File.Missing"]);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        var (kept, reading) = await uploads.KeepAsync(id, file.FileName, content.ToArray(), user.Required.UserId, ct);
        return kept is { } upload ? Redirect(AddressOf(id, upload)) : Refused(page, texts[$"File.{reading.Fault}", reading.Detail ?? ""]);
    }

    [HttpGet("/admin/service-centres/{id:int}/uploads/{uploadId:guid}")]
    public async Task<IActionResult> Preview([FromRoute] int id, [FromRoute] Guid uploadId, int? page, CancellationToken ct)
    {
        if (await NameAsync(id, ct) is not { } name || await Shown(Kept(id).Where(u => u.Id == uploadId)).SingleOrDefaultAsync(ct) is not { } kept)
            return NotFound();
        var run = new UploadRun(AddressOf(id, uploadId), $"/admin/service-centres/{id}/upload", name, kept);
        if (Request.Headers.XRequestedWith == "fetch")
            return PartialView("_Progress", run);
        if (kept.IsUnderWay || kept.State == WorkState.Failed)
            return View("Progress", run);
        if (await uploads.ReadAsync(id, uploadId, ct) is not { } preview)
            return NotFound();
        var number = PageLinks.Of(page);
        return View("Preview", new PreviewPage(
            id, name, kept, preview.Rows,
            [.. preview.Rows.Skip((number - 1) * PageSize).Take(PageSize)],
            new PageLinks(number, preview.Rows.Count > number * PageSize, n => $"{AddressOf(id, uploadId)}?page={n}")));
    }

    [HttpPost("/admin/service-centres/{id:int}/uploads/{uploadId:guid}")]
    public async Task<IActionResult> ConfirmAsync([FromRoute] int id, [FromRoute] Guid uploadId, CancellationToken ct)
    {
        if (await NameAsync(id, ct) is null || !await uploads.OrderAsync(id, uploadId, user.Required.UserId, ct))
            return NotFound();
        return Redirect(AddressOf(id, uploadId));
    }

    private static string AddressOf(int id, Guid upload) => $"/admin/service-centres/{id}/uploads/{upload:D}";

    private ViewResult Refused(UploadPage page, string error)
    {
        ModelState.AddModelError("file", error);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Upload", page);
    }

    /// <summary>Null for a centre that is not there or was deactivated.</summary>
    private Task<string?> NameAsync(int id, CancellationToken ct) =>
        db.ServiceCentres.AsNoTracking().Where(c => c.Id == id && c.DeactivatedAt == null).Select(c => (string?)c.Name).SingleOrDefaultAsync(ct);

    /// <summary>The centre's files whose content is still there.</summary>
    private IQueryable<CentreUpload> Kept(int centreId) => db.CentreUploads.AsNoTracking().Where(u => u.CentreId == centreId && u.Content != "");

    private IQueryable<KeptUpload> Shown(IQueryable<CentreUpload> kept) => kept.Select(u => new KeptUpload(
        u.Id, u.FileName,
        u.UploadedAt, db.Users.Where(p => p.Id == u.UploadedById).Select(p => p.FirstName + " " + p.LastName).Single(),
        u.OrderedAt, db.Users.Where(p => p.Id == u.OrderedById).Select(p => p.FirstName + " " + p.LastName).SingleOrDefault(),
        u.ConfirmedAt, u.State, u.Written, u.Total));

    private async Task<UploadPage?> PageAsync(int id, CancellationToken ct)
    {
        if (await NameAsync(id, ct) is not { } name)
            return null;
        var recent = await Shown(Kept(id).OrderByDescending(u => u.UploadedAt).Take(RecentShown)).ToListAsync(ct);
        return new UploadPage(id, name, recent);
    }
}
