using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Files;
using DealerPortal.Web.Features.Files;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dealercards;

/// <summary>Takes in the PDF of a version and the picture of its first page. What is good stays, whatever else of the send is refused.</summary>
public sealed class CardUpload(DealercardFiles files, FileTickets tickets, IStringLocalizer<AdminDealercardsTexts> texts, IStringLocalizer<FilesTexts> fileTexts)
{
    /// <summary>Two files of the largest size, and what is larger still, so that it is told so at its field.</summary>
    public const long MaxRequestBytes = 3L * FileLimits.MaxBytes;

    private const string Purpose = "dealercard";

    /// <summary>Fills <see cref="CardVersionForm.TakenIn"/>; whatever is wrong is an error at its field under <paramref name="prefix"/>.</summary>
    public async Task TakeInAsync(CardVersionForm form, ModelStateDictionary state, string prefix, CancellationToken ct)
    {
        form.TakenIn = string.IsNullOrEmpty(form.Kept) ? null : tickets.Open<CardFile>(form.Kept, Purpose);
        if (form.File is { } upload)
            form.TakenIn = await PdfAsync(upload, form.PageCount, state, $"{prefix}.{nameof(form.File)}", ct);
        else if (form.TakenIn is null)
            state.AddModelError($"{prefix}.{nameof(form.File)}", texts[string.IsNullOrEmpty(form.Kept) ? "File.Missing" : "File.Gone"]);
        if (form.TakenIn is { } file && await PictureAsync(form, state, prefix, ct) is { } thumbnail)
            form.TakenIn = file with { ThumbnailKey = thumbnail };
        form.Kept = form.TakenIn is null ? null : tickets.Seal(form.TakenIn, Purpose);
    }

    /// <summary>The key of the picture's thumbnail; null where none came or it was refused, which is an error at its field.</summary>
    public async Task<string?> PictureAsync(CardVersionForm form, ModelStateDictionary state, string prefix, CancellationToken ct)
    {
        if (form.Picture is not { } picture)
            return null;
        await using var content = picture.OpenReadStream();
        var kept = await files.KeepPictureAsync(content, picture.FileName, ct);
        if (kept.Refusal is { } reason)
            state.AddModelError($"{prefix}.{nameof(form.Picture)}", reason == FileRefusal.UnknownType ? texts["Picture.Wrong", Path.GetFileName(picture.FileName)] : fileTexts.Refusal(reason, picture.FileName));
        return kept.Key;
    }

    private async Task<CardFile?> PdfAsync(IFormFile upload, int? pages, ModelStateDictionary state, string field, CancellationToken ct)
    {
        await using var content = upload.OpenReadStream();
        switch (await files.KeepPdfAsync(content, upload.FileName, ct))
        {
            case KeepResult.Kept kept:
                return new CardFile(kept.File, null, pages);
            case KeepResult.Refused { Reason: var reason }:
                state.AddModelError(field, reason == FileRefusal.UnknownType ? texts["File.Wrong", Path.GetFileName(upload.FileName)] : fileTexts.Refusal(reason, upload.FileName));
                return null;
            default:
                throw new InvalidOperationException("Unknown result of the intake.");
        }
    }
}
