using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Views;

/// <summary>A person's own views of a list: keep one, rename, order and remove them. One controller for each list.</summary>
public abstract class SavedViewsController(
    ListOfViews list, SavedViews views, IValidator<ViewForm> validator, CurrentUser user, IStringLocalizer<ViewsTexts> texts) : Controller
{
    private const string Folder = "/Features/Dossiers/Views/";

    private int Me => user.Required.UserId;

    /// <param name="save">The list's query that is to be kept, where one is.</param>
    [HttpGet("")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Views(string? save, CancellationToken ct) =>
        View(Folder + "Views.cshtml", await PageAsync(save is null ? null : new ViewForm { Query = save }, ct));

    [HttpPost("")]
    public async Task<IActionResult> Save(ViewForm form, CancellationToken ct)
    {
        form.Query = list.Canonical(form.Query);
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, null);
        if (!ModelState.IsValid || !IsDone(await views.SaveAsync(Me, list.Kind, form.Name!, form.Query, ct)))
            return Refused("Views.cshtml", await PageAsync(form, ct));
        TempData["Notice"] = texts["Saved", form.Name!].Value;
        return Redirect(list.UrlOf(form.Query));
    }

    [HttpGet("{id:int}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Rename(int id, CancellationToken ct) =>
        (await OwnAsync(ct)).FirstOrDefault(view => view.Id == id) is { } view
            ? View(Folder + "Rename.cshtml", new RenamePage(list, new ViewForm { Name = view.Name }))
            : NotFound();

    [HttpPost("{id:int}")]
    public async Task<IActionResult> Rename(int id, ViewForm form, CancellationToken ct)
    {
        if ((await OwnAsync(ct)).All(view => view.Id != id))
            return NotFound();
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, null);
        return ModelState.IsValid && IsDone(await views.RenameAsync(Me, list.Kind, id, form.Name!, ct))
            ? Back("Renamed")
            : Refused("Rename.cshtml", new RenamePage(list, form));
    }

    [HttpPost("{id:int}/remove")]
    public async Task<IActionResult> Remove(int id, CancellationToken ct) =>
        await views.RemoveAsync(Me, list.Kind, id, ct) == SavedViewOutcome.Done ? Back("Removed") : NotFound();

    /// <param name="up">Otherwise down.</param>
    [HttpPost("{id:int}/move")]
    public async Task<IActionResult> Move(int id, bool up, CancellationToken ct) =>
        await views.MoveAsync(Me, list.Kind, id, up, ct) == SavedViewOutcome.Done ? Back("Moved") : NotFound();

    private Task<IReadOnlyList<SavedView>> OwnAsync(CancellationToken ct) => views.OfAsync(Me, list.Kind, ct);

    private async Task<ViewsPage> PageAsync(ViewForm? saving, CancellationToken ct) => new(list, await OwnAsync(ct), saving);

    private bool IsDone(SavedViewOutcome outcome)
    {
        if (outcome == SavedViewOutcome.NameTaken)
            ModelState.AddModelError(nameof(ViewForm.Name), texts["Name.Taken"]);
        if (outcome == SavedViewOutcome.TooMany)
            ModelState.AddModelError(nameof(ViewForm.Name), texts["TooMany", SavedView.MaxPerPerson]);
        return outcome == SavedViewOutcome.Done;
    }

    private ViewResult Refused(string view, object page)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(Folder + view, page);
    }

    private RedirectResult Back(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect(list.ViewsPath);
    }
}
