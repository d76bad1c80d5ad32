using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Files;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace DealerPortal.Web.Features.Dealercards;

/// <summary>The dealercards for dealers. Staff have their own list and fetch every version from it.</summary>
[Access(Audience.MemberOrStaff)]
[Route(Path)]
public sealed class DealercardsController(DealercardReading reading, DealercardKeeping keeping, IFileStore store, CurrentUser user) : Controller
{
    public const string Path = "/dealercards";

    [HttpGet("")]
    public async Task<IActionResult> List([FromQuery] DealercardQuery query, CancellationToken ct) =>
        user.Required.IsStaff ? Redirect("/admin/dealercards") : View("Dealercards", await reading.ListAsync(query, ct));

    [HttpGet("{versionId:guid}")]
    public async Task<IActionResult> Download(Guid versionId, CancellationToken ct)
    {
        if (await reading.FindAsync(versionId, ct) is not { } version || await store.OpenAsync(version.StorageKey, ct) is not { } content)
            return NotFound();
        if (user.Required is { IsStaff: false, Seat: null } && IsBeginning())
            await keeping.CountDownloadAsync(version.Id, ct);
        Response.SealAsStoredFile();
        return File(content, FileKind.Pdf.ContentType(), version.FileName, lastModified: null, new EntityTagHeaderValue($"\"{version.Sha256}\""), enableRangeProcessing: true);
    }

    /// <summary>The first page, small, as the portal drew it anew.</summary>
    [HttpGet("{versionId:guid}/thumbnail")]
    public async Task<IActionResult> Thumbnail(Guid versionId, CancellationToken ct)
    {
        if (await reading.FindAsync(versionId, ct) is not { ThumbnailKey: { } key } || await store.OpenAsync(key, ct) is not { } content)
            return NotFound();
        Response.SealAsStoredFile();
        return File(content, FileKind.Jpeg.ContentType());
    }

    /// <summary>A reader fetches a long file in pieces, and asks again for one it has: both are no further download.</summary>
    private bool IsBeginning() => Request.Headers.IfNoneMatch.Count == 0
        && (Request.GetTypedHeaders().Range is not { } range || range.Ranges.Any(piece => piece.From == 0));
}
