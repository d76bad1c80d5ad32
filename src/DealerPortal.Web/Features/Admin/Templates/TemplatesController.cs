using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Templates;

/// <summary>The templates of answers, which everyone who answers may keep.</summary>
[Access(Audience.Staff)]
[Route("/admin/templates")]
public sealed class TemplatesController(
    PortalDbContext db,
    AnswerTemplateEditing editing,
    IValidator<TemplateForm> validator,
    TimeProvider time,
    CurrentUser user,
    IStringLocalizer<TemplatesTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List(CancellationToken ct) => View("Templates", await (
        from template in db.AnswerTemplates.AsNoTracking()
        join person in db.Users.AsNoTracking() on template.UpdatedById equals (int?)person.Id into persons
        from saver in persons.DefaultIfEmpty()
        orderby template.DeactivatedAt != null, template.Purpose, template.Name
        select new TemplateRow(
            template.Id, template.Name, template.Purpose, template.Resolution, template.Type, template.UpdatedAt,
            saver == null ? null : saver.FirstName + " " + saver.LastName, template.DeactivatedAt == null)).ToListAsync(ct));

    [HttpGet("new")]
    [RestoresCarriedForm]
    public IActionResult New() => Form(null, new TemplateForm { Purpose = nameof(TemplatePurpose.Answer) });

    [HttpPost("new")]
    public async Task<IActionResult> Add(TemplateForm form, CancellationToken ct)
    {
        if (!await IsToBeSavedAsync(form, ct))
            return Form(null, form);
        return Answer(await editing.AddAsync(form.ToContent(), user.Required.UserId, ct), null, form, "Added");
    }

    [HttpGet("{templateId:int}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Edit([FromRoute] int templateId, CancellationToken ct) =>
        await StoredAsync(templateId, ct) is { } stored ? Form(stored, TemplateForm.Of(stored.Template)) : NotFound();

    [HttpPost("{templateId:int}")]
    public async Task<IActionResult> Save([FromRoute] int templateId, TemplateForm form, CancellationToken ct)
    {
        if (await StoredAsync(templateId, ct) is not { } stored)
            return NotFound();
        if (!await IsToBeSavedAsync(form, ct))
            return Form(stored, form);
        var outcome = await editing.ChangeAsync(templateId, form.Stamp, form.ToContent(), user.Required.UserId, ct);
        // What somebody else has saved meanwhile is shown beside what was typed.
        return Answer(outcome, outcome == TemplateOutcome.Changed ? await StoredAsync(templateId, ct) : stored, form, "Saved");
    }

    [HttpPost("{templateId:int}/deactivate")]
    public Task<IActionResult> Deactivate([FromRoute] int templateId, CancellationToken ct) => SetActiveAsync(templateId, active: false, ct);

    [HttpPost("{templateId:int}/reactivate")]
    public Task<IActionResult> Reactivate([FromRoute] int templateId, CancellationToken ct) => SetActiveAsync(templateId, active: true, ct);

    private async Task<IActionResult> SetActiveAsync(int id, bool active, CancellationToken ct) =>
        await editing.SetActiveAsync(id, active, user.Required.UserId, ct) == TemplateOutcome.NotFound ? NotFound() : Done(active ? "Reactivated" : "Deactivated");

    private async Task<StoredTemplate?> StoredAsync(int id, CancellationToken ct) => await (
        from template in db.AnswerTemplates.AsNoTracking()
        join person in db.Users.AsNoTracking() on template.UpdatedById equals (int?)person.Id into persons
        from saver in persons.DefaultIfEmpty()
        where template.Id == id
        select new StoredTemplate(template, saver == null ? null : saver.FirstName + " " + saver.LastName)).SingleOrDefaultAsync(ct);

    /// <summary>False for a form that is refused, and for one of which only a preview is wanted.</summary>
    private async Task<bool> IsToBeSavedAsync(TemplateForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return ModelState.IsValid && form.Preview != "true";
    }

    private IActionResult Answer(TemplateOutcome outcome, StoredTemplate? stored, TemplateForm form, string notice)
    {
        switch (outcome)
        {
            case TemplateOutcome.Saved:
                return Done(notice);
            case TemplateOutcome.NameTaken:
                ModelState.AddModelError(nameof(form.Name), texts["Name.Taken"]);
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return Form(stored, form);
            case TemplateOutcome.Changed when stored is not null:
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Form(stored, form, isChanged: true);
            default:
                return NotFound();
        }
    }

    private ViewResult Form(StoredTemplate? stored, TemplateForm form, bool isChanged = false) =>
        View("Template", new TemplatePage(stored?.Template.Id, form, stored) { Today = Formats.Today(time), IsChanged = isChanged });

    private RedirectToActionResult Done(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToAction(nameof(List));
    }
}
