using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>The models of the catalogue: staff read them, portal administrators change them.</summary>
[Route("/admin/catalogue")]
public sealed class ModelsController(
    PortalDbContext db, CatalogueCare care, CurrentUser user, IStringLocalizer<CatalogueTexts> texts, IStringLocalizer<SharedTexts> shared) : Controller
{
    private bool MayEdit => user.Required.StaffRole == StaffRole.PortalAdministrator;

    [HttpGet]
    [Access(Audience.Staff)]
    public async Task<IActionResult> List([FromQuery] ModelListQuery query, CancellationToken ct)
    {
        var models = query.In(db.Models.AsNoTracking());
        var rows = await models.OrderBy(m => m.Key).Skip((query.PageNumber - 1) * ModelListQuery.PageSize).Take(ModelListQuery.PageSize + 1)
            .Select(m => new ModelRow(m.Id, m.Code, m.Name, m.Category.Name, m.ServiceOffer, m.LeadTimeDays, m.DiscontinuedAt == null)).ToListAsync(ct);
        var total = await models.Take(ModelListQuery.CountLimit + 1).CountAsync(ct);
        return View("Models", new ModelListPage(
            query, [.. rows.Take(ModelListQuery.PageSize)], total, rows.Count > ModelListQuery.PageSize, await CategoriesAsync(ct), MayEdit));
    }

    [HttpGet("{id:int}")]
    [Access(Audience.Staff)]
    [RestoresCarriedForm]
    public async Task<IActionResult> Model([FromRoute] int id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } model ? View("Model", new ModelPage(model, ModelForm.Of(model), await CategoriesAsync(ct), MayEdit)) : NotFound();

    [HttpGet("new")]
    [Access(Audience.PortalAdministrator)]
    [RestoresCarriedForm]
    public async Task<IActionResult> New(string? code, CancellationToken ct) =>
        View("Model", new ModelPage(null, new ModelForm { Code = code }, await CategoriesAsync(ct), MayEdit));

    [HttpPost("new")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(ModelPage.Form))] ModelForm form, [FromServices] IValidator<ModelForm> validator, CancellationToken ct)
    {
        if (await JudgeAsync(form, validator, ct) is not { } category)
            return await AgainAsync(null, form, StatusCodes.Status400BadRequest, ct);
        var result = await care.AddModelAsync(form.ToData(category, isActive: true), user.Required.UserId, ct);
        return result.Outcome == CatalogueOutcome.Done ? Done(result.Id, "Model.Added") : await TakenAsync(null, form, ct);
    }

    [HttpPost("{id:int}")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> Save(
        [FromRoute] int id, [Bind(Prefix = nameof(ModelPage.Form))] ModelForm form, [FromServices] IValidator<ModelForm> validator, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } model)
            return NotFound();
        if (await JudgeAsync(form, validator, ct) is not { } category)
            return await AgainAsync(model, form, StatusCodes.Status400BadRequest, ct);
        var result = await care.ChangeModelAsync(id, form.StampOrEmpty, form.ToData(category, model.DiscontinuedAt is null), user.Required.UserId, ct);
        return result.Outcome switch
        {
            CatalogueOutcome.Done => Done(id, "Model.Saved"),
            CatalogueOutcome.CodeTaken => await TakenAsync(model, form, ct),
            _ => await AgainAsync(await FindAsync(id, ct), form, StatusCodes.Status409Conflict, ct),
        };
    }

    /// <summary>Takes a model out of the catalogue, or back in.</summary>
    [HttpPost("{id:int}/state")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> SetState([FromRoute] int id, string? stamp, string? active, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } model || !ModelCode.TryParse(model.Code, out var code))
            return NotFound();
        var isActive = active == "true";
        var data = new ModelData(code, model.CategoryId, model.Name, model.ServiceOffer, model.LeadTimeDays, isActive);
        var result = await care.ChangeModelAsync(id, Guid.TryParse(stamp, out var seen) ? seen : Guid.Empty, data, user.Required.UserId, ct);
        return result.Outcome == CatalogueOutcome.Done
            ? Done(id, isActive ? "Model.Reactivated" : "Model.Deactivated")
            : await AgainAsync(await FindAsync(id, ct), ModelForm.Of(model), StatusCodes.Status409Conflict, ct);
    }

    private Task<ProductModel?> FindAsync(int id, CancellationToken ct) => db.Models.AsNoTracking().Include(m => m.Category).SingleOrDefaultAsync(m => m.Id == id, ct);

    /// <summary>The category of a form that is right; otherwise what is wrong is said at the fields.</summary>
    private async Task<ProductCategory?> JudgeAsync(ModelForm form, IValidator<ModelForm> validator, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(ModelPage.Form));
        var category = form.CategoryId is { } id ? await db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) : null;
        if (category is null && form.CategoryId is not null)
            ModelState.AddModelError("Form.Category", texts["Category.Missing"]);
        return ModelState.IsValid ? category : null;
    }

    private async Task<IActionResult> TakenAsync(ProductModel? model, ModelForm form, CancellationToken ct)
    {
        var other = ModelCode.TryParse(form.Code, out var code) ? await db.Models.Where(m => m.Key == code.Key).Select(m => m.Code).SingleOrDefaultAsync(ct) : null;
        ModelState.AddModelError("Form.Code", texts["Code.Taken", other ?? code.Value]);
        return await AgainAsync(model, form, StatusCodes.Status400BadRequest, ct);
    }

    private async Task<IActionResult> AgainAsync(ProductModel? model, ModelForm form, int status, CancellationToken ct)
    {
        Response.StatusCode = status;
        var page = new ModelPage(model, form, await CategoriesAsync(ct), MayEdit);
        if (status != StatusCodes.Status409Conflict || model is null)
            return View("Model", page);
        var now = ModelForm.Of(model);
        form.Stamp = now.Stamp;
        return View("Model", page with
        {
            Now =
            [
                .. new (string Label, string? Typed, string? Now, string Shown)[]
                {
                    (texts["Code"], form.Code, now.Code, model.Code),
                    (texts["Category"], form.Category, now.Category, model.Category.Name.In(Languages.Current)),
                    (texts["Name.Fr"], form.Fr, now.Fr, model.Name.Fr),
                    (texts["Name.Nl"], form.Nl, now.Nl, model.Name.Nl),
                    (texts["Name.De"], form.De, now.De, model.Name.De),
                    (texts["Name.En"], form.En, now.En, model.Name.En),
                    (texts["Offer"], form.Offer, now.Offer, shared[$"Offer.{model.ServiceOffer}"]),
                    (texts["LeadTime"], form.LeadTime, now.LeadTime, now.LeadTime!),
                }.Where(field => field.Typed != field.Now).Select(field => (field.Label, field.Shown)),
            ],
        });
    }

    private async Task<IReadOnlyList<SelectListItem>> CategoriesAsync(CancellationToken ct) =>
    [
        .. (await db.Categories.AsNoTracking().Select(c => new { c.Id, c.Name }).ToListAsync(ct))
            .Select(c => new SelectListItem(c.Name.In(Languages.Current), c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .OrderBy(item => item.Text, StringComparer.CurrentCulture),
    ];

    private RedirectToActionResult Done(int id, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToAction(nameof(Model), new { id });
    }
}
