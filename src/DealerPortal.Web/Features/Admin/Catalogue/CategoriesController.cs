using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>The categories of the catalogue: staff read them, portal administrators change them.</summary>
[Route("/admin/catalogue/categories")]
public sealed class CategoriesController(
    PortalDbContext db, CatalogueCare care, CurrentUser user, IValidator<CategoryForm> validator, IStringLocalizer<CatalogueTexts> texts, IStringLocalizer<SharedTexts> shared) : Controller
{
    private bool MayEdit => user.Required.StaffRole == StaffRole.PortalAdministrator;

    [HttpGet]
    [Access(Audience.Staff)]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var counts = await db.Models.Where(m => m.DiscontinuedAt == null).GroupBy(m => m.CategoryId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var rows = (await db.Categories.AsNoTracking().ToListAsync(ct)).Select(c => new CategoryRow(c, counts.GetValueOrDefault(c.Id)))
            .OrderBy(row => row.Category.Name.In(Languages.Current), StringComparer.CurrentCulture).ToList();
        ViewData[nameof(MayEdit)] = MayEdit;
        return View("Categories", rows);
    }

    [HttpGet("{id:int}")]
    [Access(Audience.Staff)]
    [RestoresCarriedForm]
    public async Task<IActionResult> Category([FromRoute] int id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } category ? View("Category", new CategoryPage(category, CategoryForm.Of(category), MayEdit)) : NotFound();

    [HttpGet("new")]
    [Access(Audience.PortalAdministrator)]
    [RestoresCarriedForm]
    public ViewResult New() => View("Category", new CategoryPage(null, new CategoryForm { SerialMayBeOmitted = "true", LeadTime = $"{ProductModel.DefaultLeadTimeDays}" }, MayEdit));

    [HttpPost("new")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(CategoryPage.Form))] CategoryForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(CategoryPage.Form));
        if (!ModelState.IsValid)
            return Again(null, form, StatusCodes.Status400BadRequest);
        var result = await care.AddCategoryAsync(form.Code!, form.ToData(), user.Required.UserId, ct);
        if (result.Outcome == CatalogueOutcome.Done)
            return Done("Category.Added");
        ModelState.AddModelError("Form.Code", texts["CategoryCode.Taken"]);
        return Again(null, form, StatusCodes.Status400BadRequest);
    }

    [HttpPost("{id:int}")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> Save([FromRoute] int id, [Bind(Prefix = nameof(CategoryPage.Form))] CategoryForm form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } category)
            return NotFound();
        form.Code = category.Code;
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(CategoryPage.Form));
        if (!ModelState.IsValid)
            return Again(category, form, StatusCodes.Status400BadRequest);
        var result = await care.ChangeCategoryAsync(id, form.StampOrEmpty, form.ToData(), user.Required.UserId, ct);
        return result.Outcome == CatalogueOutcome.Done ? Done("Category.Saved") : Again(await FindAsync(id, ct), form, StatusCodes.Status409Conflict);
    }

    private Task<ProductCategory?> FindAsync(int id, CancellationToken ct) => db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);

    private ViewResult Again(ProductCategory? category, CategoryForm form, int status)
    {
        Response.StatusCode = status;
        var page = new CategoryPage(category, form, MayEdit);
        if (status != StatusCodes.Status409Conflict || category is null)
            return View("Category", page);
        var now = CategoryForm.Of(category);
        form.Stamp = now.Stamp;
        return View("Category", page with
        {
            Now =
            [
                .. new (string Label, string? Typed, string? Now, string Shown)[]
                {
                    (texts["Group"], form.Group, now.Group, shared[$"Group.{category.Group}"]),
                    (texts["Name.Fr"], form.Fr, now.Fr, category.Name.Fr),
                    (texts["Name.Nl"], form.Nl, now.Nl, category.Name.Nl),
                    (texts["Name.De"], form.De, now.De, category.Name.De),
                    (texts["Name.En"], form.En, now.En, category.Name.En),
                    (texts["SerialMayBeOmitted"], form.SerialMayBeOmitted, now.SerialMayBeOmitted, shared[category.SerialMayBeOmitted ? "Yes" : "No"]),
                    (texts["HasImei"], form.HasImei, now.HasImei, shared[category.HasImei ? "Yes" : "No"]),
                    (texts["DefaultOffer"], form.Offer, now.Offer, shared[$"Offer.{category.DefaultServiceOffer}"]),
                    (texts["DefaultLeadTime"], form.LeadTime, now.LeadTime, now.LeadTime!),
                }.Where(field => field.Typed != field.Now).Select(field => (field.Label, field.Shown)),
            ],
        });
    }

    private RedirectToActionResult Done(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToAction(nameof(List));
    }
}
