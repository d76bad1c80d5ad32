using DealerPortal.Core.Dossiers.Queue;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Views;

/// <summary>A person's own views of the queue: keep one, rename, order and remove them.</summary>
[Access(Audience.Staff)]
[Route("/admin/views")]
public sealed class QueueViewsController(QueueViews views, IValidator<ViewForm> validator, CurrentUser user, IStringLocalizer<ViewsTexts> texts) : Controller
{
    private int Me => user.Required.UserId;

    /// <param name="save">The queue's query that is to be kept, where one is.</param>
    [HttpGet("")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Views(string? save, CancellationToken ct) =>
        View(new ViewsPage(await views.OfAsync(Me, ct), save is null ? null : new ViewForm { Query = save }));

    [HttpPost("")]
    public async Task<IActionResult> Save(ViewForm form, CancellationToken ct)
    {
        form.Query = QueueQuery.Parse(form.Query).Canonical;
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, null);
        if (!ModelState.IsValid || !IsDone(await views.SaveAsync(Me, form.Name!, form.Query, ct)))
            return Refused("Views", new ViewsPage(await views.OfAsync(Me, ct), form));
        TempData["Notice"] = texts["Saved", form.Name!].Value;
        return Redirect(QueueQuery.Path + form.Query);
    }

    [HttpGet("{id:int}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Rename(int id, CancellationToken ct) =>
        (await views.OfAsync(Me, ct)).FirstOrDefault(view => view.Id == id) is { } view ? View(new ViewForm { Name = view.Name }) : NotFound();

    [HttpPost("{id:int}")]
    public async Task<IActionResult> Rename(int id, ViewForm form, CancellationToken ct)
    {
        if ((await views.OfAsync(Me, ct)).All(view => view.Id != id))
            return NotFound();
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, null);
        return ModelState.IsValid && IsDone(await views.RenameAsync(Me, id, form.Name!, ct)) ? Back("Renamed") : Refused("Rename", form);
    }

    [HttpPost("{id:int}/remove")]
    public async Task<IActionResult> Remove(int id, CancellationToken ct) =>
        await views.RemoveAsync(Me, id, ct) == QueueViewOutcome.Done ? Back("Removed") : NotFound();

    /// <param name="up">Otherwise down.</param>
    [HttpPost("{id:int}/move")]
    public async Task<IActionResult> Move(int id, bool up, CancellationToken ct) =>
        await views.MoveAsync(Me, id, up, ct) == QueueViewOutcome.Done ? Back("Moved") : NotFound();

    private bool IsDone(QueueViewOutcome outcome)
    {
        if (outcome == QueueViewOutcome.NameTaken)
            ModelState.AddModelError(nameof(ViewForm.Name), texts["Name.Taken"]);
        if (outcome == QueueViewOutcome.TooMany)
            ModelState.AddModelError(nameof(ViewForm.Name), texts["TooMany", QueueView.MaxPerPerson]);
        return outcome == QueueViewOutcome.Done;
    }

    private ViewResult Refused(string view, object page)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(view, page);
    }

    private RedirectResult Back(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect("/admin/views");
    }
}
