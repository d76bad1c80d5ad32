using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Files;
using DealerPortal.Web.Features.Language;
using DealerPortal.Web.Features.Shared.TagHelpers;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>The page of a draft: filling in, saving and sending, the same for every form.</summary>
[Access(Audience.Member)]
[Route("/dossiers/new/{slug}/{draftId:guid}")]
public sealed class DraftController(
    DossierForms forms,
    DraftPages pages,
    DraftService drafts,
    DraftFiles files,
    DossierSending sending,
    LanguageChoice languages,
    CurrentUser user,
    IStringLocalizer<NewTexts> texts,
    IStringLocalizer<FilesTexts> fileTexts) : Controller
{
    /// <summary>The field for files of no slot.</summary>
    public const string FilesField = "Files";

    // Without JavaScript the files travel with the form.
    private const long MaxPosted = (long)FileLimits.MaxBytes * FileLimits.MaxFilesPerDossier + 1024 * 1024;

    [HttpGet]
    public async Task<IActionResult> Show(string slug, Guid draftId, string? entry, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form)
            return NotFound();
        var draft = await drafts.FindAsync(pages.KeyOf(draftId), form.Type, ct);
        if (draft is { ConsumedAt: not null } && await drafts.NumberOfAsync(draft, ct) is { } number)
            return AlreadySent(number);
        return await pages.OpenAsync(this, form, new FormStart(entry ?? slug, Given(form)), draftId, draft, ct) is { } page ? View("Draft", page) : NotFound();
    }

    /// <summary>Sends, unless another button was pressed; whatever it was, what is typed is saved first.</summary>
    [HttpPost]
    [RequestSizeLimit(MaxPosted)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxPosted)]
    [EnableRateLimiting(RateLimits.Drafts)]
    public async Task<IActionResult> Post(string slug, Guid draftId, DraftButtons buttons, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form)
            return NotFound();
        if (buttons.Discard is not null)
            return await DiscardAsync(form, draftId, ct);

        var (saved, refusal) = await SaveAsync(form, draftId, buttons, ct);
        if (saved is null)
            return refusal!;
        await StageAsync(form, draftId, ct);
        if (Guid.TryParse(buttons.Remove, out var file))
            await files.RemoveAsync(pages.KeyOf(draftId), file, ct);
        if (!ModelState.IsValid)
            return await RefuseAsync(form, draftId, saved, buttons.IsSend, ct);
        if (buttons.Remove is not null)
            return Redirect($"{DraftPage.UrlOf(slug, draftId)}#{FilesField}");
        if (buttons.Pick is "model" or "device" or "branch")
            return Redirect($"{DraftPage.UrlOf(slug, draftId)}/{buttons.Pick}");
        if (buttons.Edit is not null)
            return await EditAsync(form, draftId, saved, buttons.Edit, ct);
        if (buttons.Check is not null)
            return Redirect($"{DraftPage.UrlOf(slug, draftId)}#conditions");
        if (buttons.Turn is not null && form.Alternative is { } type && forms.Find(type) is { } other)
            return await TurnAsync(form, draftId, saved, other, ct);
        if (buttons.IsSend)
            return await SendAsync(form, draftId, saved, ct);
        TempData["Notice"] = texts["Draft.Saved", DraftPages.Clock(saved.SavedAt)].Value;
        return Redirect(DraftPage.UrlOf(slug, draftId));
    }

    /// <summary>The contract stands at the head of draft.js.</summary>
    [HttpPost("save")]
    [EnableRateLimiting(RateLimits.Drafts)]
    public async Task<IActionResult> Save(string slug, Guid draftId, DraftButtons buttons, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form)
            return NotFound();
        IReadOnlyList<KeyValuePair<string, string>> pairs = PostedPairs.Of(Request.Form);
        var edit = buttons.Edit is null ? null : form.Edit(pairs, buttons.Edit);
        pairs = edit?.Pairs ?? pairs;
        switch (await drafts.SaveAsync(pages.KeyOf(draftId), form.Type, buttons.RevisionNumber, pairs, ct))
        {
            case DraftResult.Saved saved:
                var page = await pages.ShowAsync(this, form, draftId, saved.Revision, saved.SavedAt, pairs, ct);
                page.ApplyTo(ViewData);
                var fragments = new Dictionary<string, string> { ["progress"] = await this.RenderPartialAsync("_Progress", page) };
                foreach (var (id, view) in form.Fragments.Where(fragment => form.HasNews(fragment.Key, page.Input)))
                    fragments[id] = await this.RenderPartialAsync(view, page.Input);
                return Json(new { revision = saved.Revision, savedAt = DraftPages.Clock(saved.SavedAt), fragments, focus = edit is null ? null : FieldIds.Of(edit.Field) });
            case DraftResult.Sent sent:
                return new JsonResult(new { location = UrlOf(sent.Number) }) { StatusCode = StatusCodes.Status410Gone };
            case DraftResult.Changed:
                return new JsonResult(new { }) { StatusCode = StatusCodes.Status409Conflict };
            case DraftResult.TooLarge:
                return new JsonResult(new { }) { StatusCode = StatusCodes.Status413PayloadTooLarge };
            default:
                return NotFound();
        }
    }

    /// <summary>What the language buttons post while a draft is open: saved first, then the same page in the other language.</summary>
    [HttpPost("language")]
    [RequestSizeLimit(MaxPosted)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxPosted)]
    public async Task<IActionResult> Language(string slug, Guid draftId, string language, DraftButtons buttons, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form)
            return NotFound();
        var (saved, refusal) = await SaveAsync(form, draftId, buttons, ct);
        if (saved is null)
            return refusal!;
        await StageAsync(form, draftId, ct);
        if (!ModelState.IsValid)
            return await RefuseAsync(form, draftId, saved, wasSend: false, ct);
        await languages.ApplyAsync(HttpContext, language, ct);
        return Redirect(DraftPage.UrlOf(slug, draftId));
    }

    /// <summary>What was typed is saved already; its new shape is saved over it.</summary>
    private async Task<IActionResult> EditAsync(DossierForm form, Guid draftId, DraftResult.Saved saved, string edit, CancellationToken ct)
    {
        var url = DraftPage.UrlOf(form.Slug, draftId);
        if (form.Edit(PostedPairs.Of(Request.Form), edit) is not { } edited)
            return Redirect(url);
        await drafts.SaveAsync(pages.KeyOf(draftId), form.Type, saved.Revision, edited.Pairs, ct);
        return Redirect($"{url}#{FieldIds.Of(edited.Field)}");
    }

    private async Task<IActionResult> TurnAsync(DossierForm form, Guid draftId, DraftResult.Saved saved, DossierForm other, CancellationToken ct)
    {
        var next = Guid.NewGuid();
        var slots = other.Slots.Select(slot => slot.Name).ToList();
        if (!await drafts.TurnAsync(pages.KeyOf(draftId), form.Type, saved.Revision, pages.KeyOf(next), other.Type, slots, ct))
            return Redirect(DraftPage.UrlOf(form.Slug, draftId));
        TempData["Notice"] = texts["Draft.Turned"].Value;
        return Redirect(DraftPage.UrlOf(other.Slug, next));
    }

    private async Task<IActionResult> DiscardAsync(DossierForm form, Guid draftId, CancellationToken ct)
    {
        if (await drafts.IsForeignAsync(pages.KeyOf(draftId), form.Type, ct))
            return NotFound();
        await drafts.DiscardAsync(pages.KeyOf(draftId), form.Type, ct);
        TempData["Notice"] = texts["Draft.Discarded"].Value;
        return RedirectToAction(nameof(NewDossierController.Overview), "NewDossier");
    }

    /// <summary>Saves what was posted; where that is not possible, the answer that says so.</summary>
    private async Task<(DraftResult.Saved? Saved, IActionResult? Refusal)> SaveAsync(DossierForm form, Guid draftId, DraftButtons buttons, CancellationToken ct)
    {
        var pairs = PostedPairs.Of(Request.Form);
        return await drafts.SaveAsync(pages.KeyOf(draftId), form.Type, buttons.RevisionNumber, pairs, ct) switch
        {
            DraftResult.Saved saved => (saved, null),
            DraftResult.Sent sent => (null, AlreadySent(sent.Number)),
            DraftResult.Changed changed => (null, await ConflictAsync(form, draftId, changed.Revision, changed.SavedAt, pairs, ct)),
            DraftResult.TooLarge => (null, StatusCode(StatusCodes.Status413PayloadTooLarge)),
            _ => (null, NotFound()),
        };
    }

    private Dictionary<string, string> Given(DossierForm form) =>
        form.Prefills.Where(field => Request.Query[field].Count == 1).ToDictionary(field => field, field => Request.Query[field].ToString());

    private async Task StageAsync(DossierForm form, Guid draftId, CancellationToken ct)
    {
        foreach (var posted in Request.Form.Files.Where(f => f.FileName.Length > 0))
        {
            if (!DraftFilesController.TrySlot(form, posted.Name, out var slot))
                continue;
            await using var content = posted.OpenReadStream();
            if (await files.StageAsync(pages.KeyOf(draftId), form.Type, slot, content, posted.FileName, ct) is StageResult.Refused refused)
                ModelState.AddModelError(posted.Name, fileTexts.Refusal(refused.Reason, posted.FileName));
        }
    }

    private async Task<IActionResult> SendAsync(DossierForm form, Guid draftId, DraftResult.Saved saved, CancellationToken ct)
    {
        var pairs = PostedPairs.Of(Request.Form);
        var page = await pages.ShowAsync(this, form, draftId, saved.Revision, saved.SavedAt, pairs, ct);
        if (!page.Judgement.IsValid)
            return await RefuseAsync(form, draftId, saved, wasSend: true, ct);
        if (form.Unread(page.Input) is { } unread)
        {
            ModelState.AddModelError(unread.Field, unread.Message);
            return await RefuseAsync(form, draftId, saved, wasSend: true, ct);
        }

        switch (await sending.SendAsync(pages.KeyOf(draftId), saved.Revision, form.ToDossier(page.Input), ct))
        {
            case SendResult.Sent { IsNew: true } sent:
                TempData["Notice"] = texts["Sent", sent.Number].Value;
                return Redirect(UrlOf(sent.Number));
            case SendResult.Sent sent:
                return AlreadySent(sent.Number);
            default:
                var current = await drafts.FindAsync(pages.KeyOf(draftId), form.Type, ct);
                return await ConflictAsync(form, draftId, current?.Revision ?? 0, current?.SavedAt ?? saved.SavedAt, pairs, ct);
        }
    }

    /// <summary>Everything typed and every file, with what must be corrected.</summary>
    private async Task<IActionResult> RefuseAsync(DossierForm form, Guid draftId, DraftResult.Saved saved, bool wasSend, CancellationToken ct)
    {
        var page = await pages.ShowAsync(this, form, draftId, saved.Revision, saved.SavedAt, PostedPairs.Of(Request.Form), ct);
        if (wasSend)
        {
            foreach (var error in page.Judgement.Errors.DistinctBy(e => e.PropertyName))
                ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Draft", page with { IsRefused = wasSend });
    }

    /// <summary>The newer state is offered; what was typed here stays on the page and replaces it only if the person saves again.</summary>
    private async Task<IActionResult> ConflictAsync(
        DossierForm form, Guid draftId, int revision, DateTime savedAt, IReadOnlyList<KeyValuePair<string, string>> typed, CancellationToken ct)
    {
        var page = await pages.ShowAsync(this, form, draftId, revision, null, typed, ct);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("Draft", page with { ChangedAt = savedAt });
    }

    private RedirectResult AlreadySent(string number)
    {
        TempData["Notice"] = texts["SentBefore", number].Value;
        return Redirect(UrlOf(number));
    }

    /// <summary>Whoever files for a dealer goes on in the admin area.</summary>
    private string UrlOf(string number) => (user.Required.Seat is null ? "" : "/admin") + $"/dossiers/{number}";
}
