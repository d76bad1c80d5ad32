using DealerPortal.Core;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Announcements;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Announcements;

/// <summary>What dealers are told: written, looked at, planned and taken back. Decision 0020.</summary>
[Access(Audience.Staff)]
[Route(Path)]
public sealed class AdminAnnouncementsController(
    PortalDbContext db,
    AnnouncementEditing editing,
    AnnouncementSheetIntake sheets,
    IValidator<AnnouncementForm> validator,
    TimeProvider time,
    CurrentUser user,
    IStringLocalizer<AdminAnnouncementsTexts> texts) : Controller
{
    public const string Path = "/admin/announcements";
    private const string Prefix = nameof(AdminAnnouncementPage.Form);
    private const int PageSize = 25;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [HttpGet]
    public async Task<IActionResult> List(AnnouncementState? state, int? page, CancellationToken ct)
    {
        var (number, now) = (PageLinks.Of(page), Now);
        var rows = await InState(state, now).Include(a => a.Texts)
            .OrderByDescending(a => a.ShownFrom == null).ThenByDescending(a => a.ShownFrom).ThenByDescending(a => a.Id)
            .Skip((number - 1) * PageSize).Take(PageSize + 1).ToListAsync(ct);
        return View("Announcements", new AdminAnnouncementsPage(
            [.. rows.Take(PageSize).Select(a => new AdminAnnouncementRow(a, a.In(Languages.Current)!.Title, a.StateAt(now)))], state, number, rows.Count > PageSize));
    }

    [HttpGet("new")]
    [RestoresCarriedForm]
    public IActionResult New() => Form(null, AnnouncementForm.Of(null));

    [HttpPost("new")]
    [RequestSizeLimit(AnnouncementSheetIntake.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = AnnouncementSheetIntake.MaxRequestBytes)]
    public async Task<IActionResult> Add([Bind(Prefix = Prefix)] AnnouncementForm form, CancellationToken ct)
    {
        if (!await IsToBeSavedAsync(form, null, ct))
            return Form(null, form);
        return Answer(await editing.AddAsync(form.ToContent(null), form.Publishes, user.Required.UserId, ct), null, form);
    }

    [HttpGet("{announcementId:int}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Edit([FromRoute] int announcementId, CancellationToken ct) =>
        await StoredAsync(announcementId, ct) is { } stored ? Form(stored, AnnouncementForm.Of(stored.Announcement)) : NotFound();

    [HttpPost("{announcementId:int}")]
    [RequestSizeLimit(AnnouncementSheetIntake.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = AnnouncementSheetIntake.MaxRequestBytes)]
    public async Task<IActionResult> Save([FromRoute] int announcementId, [Bind(Prefix = Prefix)] AnnouncementForm form, CancellationToken ct)
    {
        if (await StoredAsync(announcementId, ct) is not { } stored)
            return NotFound();
        if (!await IsToBeSavedAsync(form, stored.Announcement, ct))
            return Form(stored, form);
        var result = await editing.ChangeAsync(announcementId, form.Stamp, form.ToContent(stored.Announcement), form.Publishes, user.Required.UserId, ct);
        // What somebody else has saved meanwhile is shown beside what was typed.
        return Answer(result, result.Outcome == AnnouncementOutcome.Changed ? await StoredAsync(announcementId, ct) : stored, form);
    }

    [HttpPost("{announcementId:int}/withdraw")]
    public async Task<IActionResult> Withdraw([FromRoute] int announcementId, CancellationToken ct) =>
        Done(await editing.WithdrawAsync(announcementId, user.Required.UserId, ct), "Withdrawn", announcementId);

    [HttpPost("{announcementId:int}/remove")]
    public async Task<IActionResult> Remove([FromRoute] int announcementId, CancellationToken ct) =>
        Done(await editing.RemoveAsync(announcementId, user.Required.UserId, ct), "Removed", announcementId);

    [HttpGet("{announcementId:int}/sheets/{language}")]
    public async Task<IActionResult> Sheet(int announcementId, string language, [FromServices] IFileStore store, CancellationToken ct) =>
        await this.SheetAsync((await StoredAsync(announcementId, ct))?.Announcement, language, store, ct);

    private IQueryable<Announcement> InState(AnnouncementState? state, DateTime now)
    {
        var all = db.Announcements.AsNoTracking();
        var published = all.Where(a => a.PublishedAt != null && a.WithdrawnAt == null);
        return state switch
        {
            AnnouncementState.Draft => all.Where(a => a.PublishedAt == null),
            AnnouncementState.Planned => published.Where(a => a.ShownFrom > now),
            AnnouncementState.Current => published.Where(a => a.ShownFrom <= now && (a.ShownUntil == null || a.ShownUntil > now)),
            AnnouncementState.Past => published.Where(a => a.ShownFrom <= now && a.ShownUntil <= now),
            AnnouncementState.Withdrawn => all.Where(a => a.WithdrawnAt != null),
            _ => all,
        };
    }

    private async Task<StoredAnnouncement?> StoredAsync(int id, CancellationToken ct)
    {
        if (await db.Announcements.AsNoTracking().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Id == id, ct) is not { } found)
            return null;
        return new StoredAnnouncement(found, await db.Users.Where(u => u.Id == found.UpdatedById).Select(u => u.FirstName + " " + u.LastName).SingleAsync(ct));
    }

    /// <summary>False for a form that is refused, and for one of which only a preview is wanted.</summary>
    private async Task<bool> IsToBeSavedAsync(AnnouncementForm form, Announcement? stored, CancellationToken ct)
    {
        form.ForLanguages(stored);
        await sheets.TakeInAsync(form, stored, ModelState, Prefix, ct);
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, Prefix);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return ModelState.IsValid && !form.IsPreview;
    }

    private IActionResult Answer(AnnouncementResult result, StoredAnnouncement? stored, AnnouncementForm form)
    {
        switch (result.Outcome)
        {
            case AnnouncementOutcome.Saved when form.Publishes:
                return Done(result, form.WasPublished ? "Saved" : "Published");
            case AnnouncementOutcome.Saved:
                TempData["Notice"] = texts["Saved.Draft"].Value;
                return RedirectToAction(nameof(Edit), new { announcementId = result.Id });
            case AnnouncementOutcome.Changed when stored is not null:
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Form(stored, form, isChanged: true);
            case AnnouncementOutcome.SheetGone:
                ModelState.AddModelError($"{Prefix}.Texts[0].Sheet", texts["Sheet.Gone"]);
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return Form(stored, form);
            default:
                return NotFound();
        }
    }

    private ViewResult Form(StoredAnnouncement? stored, AnnouncementForm form, bool isChanged = false) => View(
        "Announcement", new AdminAnnouncementPage(stored, form, Now) { IsChanged = isChanged, IsPreview = HttpMethods.IsPost(Request.Method) && form.IsPreview && ModelState.IsValid });

    /// <param name="id">Where it is shown that the announcement is no longer what the step is for; without it that cannot be.</param>
    private IActionResult Done(AnnouncementResult result, string notice, int? id = null)
    {
        if (result.Outcome == AnnouncementOutcome.NotFound)
            return NotFound();
        var isDone = result.Outcome == AnnouncementOutcome.Saved;
        TempData["Notice"] = texts[isDone ? notice : "NotDone"].Value;
        return isDone ? RedirectToAction(nameof(List)) : RedirectToAction(nameof(Edit), new { announcementId = id });
    }
}
