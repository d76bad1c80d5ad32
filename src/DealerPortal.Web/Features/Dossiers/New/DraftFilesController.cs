using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Files;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>Files one by one, for upload.js, whose head holds the contract.</summary>
[Access(Audience.Member)]
[Route("/dossiers/new/{slug}/{draftId:guid}/files")]
[EnableRateLimiting(RateLimits.Drafts)]
public sealed class DraftFilesController(DossierForms forms, DraftPages pages, DraftFiles files, IStringLocalizer<FilesTexts> texts) : Controller
{
    // Above what is accepted, so that a file a little too large gets the sentence that says so.
    private const int MaxPosted = 2 * FileLimits.MaxBytes;

    [HttpPost]
    [RequestSizeLimit(MaxPosted)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxPosted)]
    public async Task<IActionResult> Upload(string slug, Guid draftId, [FromQuery] string? field, IFormFile? file, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form)
            return NotFound();
        if (!TrySlot(form, field ?? DraftController.FilesField, out var slot))
            return NotFound();
        if (file is null)
            return Refused(FileRefusal.Empty, "");
        await using var content = file.OpenReadStream();
        return await files.StageAsync(pages.KeyOf(draftId), form.Type, slot, content, file.FileName, ct) switch
        {
            StageResult.Staged staged => Json(new { html = await this.RenderPartialAsync("_Tile", new DraftTile(staged.File, DraftPage.UrlOf(slug, draftId))) }),
            StageResult.Refused refused => Refused(refused.Reason, file.FileName),
            StageResult.Sent sent => new JsonResult(new { error = texts["SentBefore", sent.Number].Value }) { StatusCode = StatusCodes.Status410Gone },
            _ => NotFound(),
        };
    }

    [HttpPost("remove")]
    public async Task<IActionResult> Remove(string slug, Guid draftId, string? remove, CancellationToken ct) =>
        forms.Find(slug) is not null && Guid.TryParse(remove, out var id) && await files.RemoveAsync(pages.KeyOf(draftId), id, ct) ? NoContent() : NotFound();

    /// <summary>The slot that a posted field fills, null for files of no slot. False for a field that the form does not have.</summary>
    public static bool TrySlot(DossierForm form, string field, out string? slot)
    {
        slot = form.Slots.FirstOrDefault(s => s.Name == field)?.Name;
        return slot is not null || field == DraftController.FilesField;
    }

    private JsonResult Refused(FileRefusal reason, string fileName) =>
        new(new { error = texts.Refusal(reason, fileName) }) { StatusCode = StatusCodes.Status400BadRequest };
}

/// <summary>A stored file in the form's list.</summary>
/// <param name="DraftUrl">The page it stands on.</param>
public sealed record DraftTile(Attachment File, string DraftUrl);
