using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Files;
using DealerPortal.Web.Features.Files;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Announcements;

/// <summary>Takes in the information sheets of an announcement. What is good stays, whatever else of the send is refused.</summary>
public sealed class AnnouncementSheetIntake(FileKeeping keeping, FileTickets tickets, IStringLocalizer<AdminAnnouncementsTexts> texts, IStringLocalizer<FilesTexts> fileTexts)
{
    /// <summary>Four files of the largest size.</summary>
    public const long MaxRequestBytes = 64L * 1024 * 1024;

    private const string Place = "announcement";

    public async Task TakeInAsync(AnnouncementForm form, Announcement? stored, ModelStateDictionary state, string prefix, CancellationToken ct)
    {
        foreach (var (i, text) in form.Texts!.Index())
        {
            var field = $"{prefix}.Texts[{i}].{nameof(text.Sheet)}";
            if (text.Kept == AnnouncementTextForm.StoredSheet)
                text.TakeIn(StoredOf(stored, text.Language));
            else if (!string.IsNullOrEmpty(text.Kept) && tickets.Open<KeptFile>(text.Kept, Place) is { } file)
                text.TakeIn(new FormSheet(text.Kept, file.Name, file.Length, file));
            else if (!string.IsNullOrEmpty(text.Kept))
                state.AddModelError(field, texts["Sheet.Gone"]);
            if (text.Sheet is { } upload && await KeepAsync(upload, state, field, ct) is { } sheet)
                text.TakeIn(new FormSheet(tickets.Seal(sheet, Place), sheet.Name, sheet.Length, sheet));
        }
    }

    private static FormSheet? StoredOf(Announcement? stored, string language) =>
        stored?.Texts.Find(t => t.Language == language) is { SheetKey: not null } text ? AnnouncementTextForm.Of(text).TakenIn : null;

    private async Task<KeptFile?> KeepAsync(IFormFile upload, ModelStateDictionary state, string field, CancellationToken ct)
    {
        await using var content = upload.OpenReadStream();
        switch (await keeping.KeepAsync(content, upload.FileName, ct))
        {
            case KeepResult.Kept { File: { } file } when file.ContentType == FileKind.Pdf.ContentType():
                return file;
            case KeepResult.Kept { File: { } picture }:
                await keeping.RemoveAsync(picture.Keys);
                state.AddModelError(field, texts["Sheet.NotPdf", Path.GetFileName(upload.FileName)]);
                return null;
            case KeepResult.Refused { Reason: FileRefusal.UnknownType }:
                state.AddModelError(field, texts["Sheet.NotPdf", Path.GetFileName(upload.FileName)]);
                return null;
            case KeepResult.Refused refused:
                state.AddModelError(field, fileTexts.Refusal(refused.Reason, upload.FileName));
                return null;
            default:
                return null;
        }
    }
}
