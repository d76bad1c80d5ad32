using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Exports;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Exports;

/// <summary>Files of long lists: ordered, watched while they are written, fetched within a week by who ordered them.</summary>
[Access(Audience.MemberOrStaff)]
[Route(Path)]
public sealed class ExportsController(ListExports exports, ExportOrders orders, CurrentUser user) : Controller
{
    public const string Path = "/exports";

    private Reader Reader => user.Required.Reader;
    private int? Organisation => user.Required.Organisation?.Id;

    [HttpGet("")]
    public async Task<IActionResult> Exports(CancellationToken ct) => View(await orders.OfAsync(Reader, Organisation, ct));

    /// <summary>Offers to prepare the file: to look at a page must not begin the work.</summary>
    [HttpGet("new")]
    public IActionResult Offer(string? format, string? query) =>
        ListExports.FormatOf(format) is { } known ? View(new ExportOffer(known, query ?? "")) : Redirect(Path);

    [HttpPost("")]
    public async Task<IActionResult> Order(string? format, string? query, CancellationToken ct)
    {
        if (ListExports.FormatOf(format) is not { } known)
            return BadRequest();
        var id = await orders.OrderAsync(await exports.OrderAsync(query, known, ct), ct);
        return Redirect($"{Path}/{id:D}");
    }

    [HttpGet("{exportId:guid}")]
    public async Task<IActionResult> Progress(Guid exportId, CancellationToken ct)
    {
        if (await orders.FindAsync(Reader, Organisation, exportId, ct) is not { } export)
            return NotFound();
        return Request.Headers.XRequestedWith == "fetch" ? PartialView("_Progress", export) : View(export);
    }

    [HttpGet("{exportId:guid}/file")]
    public async Task<IActionResult> Download(Guid exportId, CancellationToken ct)
    {
        if (await orders.FindAsync(Reader, Organisation, exportId, ct) is not { } export || await orders.OpenAsync(export, ct) is not { } content)
            return NotFound();
        return File(content, ListExports.ContentTypeOf(export.Format), ListExports.FileName(export.Format, export.RequestedAt));
    }
}

/// <summary>A list too long to be written while somebody waits.</summary>
/// <param name="Query">Of the list's address.</param>
public sealed record ExportOffer(ExportFormat Format, string Query);
