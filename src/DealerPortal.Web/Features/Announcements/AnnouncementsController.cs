using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Files;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Announcements;

/// <summary>What was announced to dealers, and is.</summary>
[Access(Audience.Member)]
[Route("/announcements")]
public sealed class AnnouncementsController(
    AnnouncementReading reading, AnnouncementDismissing dismissing, CurrentUser user, TimeProvider time, IStringLocalizer<AnnouncementsTexts> texts) : Controller
{
    private SessionSnapshot Reader => user.Required;

    [HttpGet("")]
    public async Task<IActionResult> List(int? page, CancellationToken ct)
    {
        var number = PageLinks.Of(page);
        var (lines, hasNext) = await reading.ListAsync(Reader.Organisation!.Id, Languages.Current, number, ct);
        return View("Announcements", new AnnouncementListPage(lines, number, hasNext));
    }

    [HttpGet("{announcementId:int}")]
    public async Task<IActionResult> Show(int announcementId, CancellationToken ct) =>
        await reading.FindAsync(announcementId, Reader.Organisation!.Id, ct) is { } found
            ? View("Announcement", new AnnouncementPage(found, found.StateAt(time.GetUtcNow().UtcDateTime) == AnnouncementState.Past))
            : NotFound();

    [HttpGet("{announcementId:int}/sheets/{language}")]
    public async Task<IActionResult> Sheet(int announcementId, string language, [FromServices] IFileStore store, CancellationToken ct) =>
        await this.SheetAsync(await reading.FindAsync(announcementId, Reader.Organisation!.Id, ct), language, store, ct);

    [HttpPost("{announcementId:int}/dismiss")]
    public async Task<IActionResult> Dismiss([FromRoute] int announcementId, CancellationToken ct)
    {
        if (!await dismissing.DismissAsync(announcementId, Reader.UserId, Reader.Organisation!.Id, ct))
            return NotFound();
        TempData["Notice"] = texts["Dismissed"].Value;
        return Redirect("/");
    }
}

internal static class AnnouncementSheets
{
    /// <summary>The sheet in a language, as a file to keep; 404 where there is none.</summary>
    public static async Task<IActionResult> SheetAsync(this Controller controller, Announcement? announcement, string language, IFileStore store, CancellationToken ct)
    {
        if (announcement?.Texts.Find(text => text.Language == language) is not { SheetKey: { } key } sheet || await store.OpenAsync(key, ct) is not { } content)
            return controller.NotFound();
        controller.Response.SealAsStoredFile();
        return controller.File(content, FileKind.Pdf.ContentType(), sheet.SheetName);
    }
}
