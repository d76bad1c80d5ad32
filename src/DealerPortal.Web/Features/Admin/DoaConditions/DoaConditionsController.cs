using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.DoaConditions;

/// <summary>The DOA conditions of each category in their versions; decision 0009.</summary>
[Access(Audience.PortalAdministrator)]
[Route("/admin/doa-conditions")]
public sealed class DoaConditionsController(
    PortalDbContext db, DoaVersions versions, CurrentUser user, TimeProvider time, IStringLocalizer<DoaConditionsTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var names = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var sets = (await Sets().ToListAsync(ct)).ToLookup(s => s.CategoryId);
        var categories = sets.Where(group => group.Key is not null)
            .Select(group => CategoryOf(group.Key, names[group.Key!.Value], group)).OrderBy(c => c.Name!.In(Languages.Current), StringComparer.CurrentCulture);
        return View("Conditions", new DoaListPage(
            [CategoryOf(null, null, sets[null]), .. categories],
            [.. names.Where(name => !sets.Contains(name.Key)).Select(name => (name.Key, name.Value.In(Languages.Current))).OrderBy(name => name.Item2, StringComparer.CurrentCulture)]));
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Version([FromRoute] int id, int? with, CancellationToken ct)
    {
        if (await Sets().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } set || await CategoryAsync(set.CategoryId, ct) is not { } category)
            return NotFound();
        var other = category.Versions.FirstOrDefault(v => v.Id == with && v.Id != id) ?? category.Versions.FirstOrDefault(v => v.Version < set.Version && category.States[v.Id] != DoaVersionState.Withdrawn);
        return View("Version", new DoaVersionPage(category, set, other, other is null ? [] : set.Conditions.DifferencesFrom(other.Conditions)));
    }

    [HttpGet("new")]
    [RestoresCarriedForm]
    public async Task<IActionResult> New(int? category, int? from, CancellationToken ct)
    {
        if (await CategoryAsync(category, ct) is not { } chosen)
            return NotFound();
        var source = await Sets().FirstOrDefaultAsync(s => s.Id == from, ct) ?? chosen.InForce ?? await db.DoaConditionsAsync(category, Formats.Today(time), ct);
        return View("New", PageOf(chosen, DoaVersionForm.Of(source.Conditions, category, chosen.Latest)));
    }

    [HttpPost("new")]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(DoaFormPage.Form))] DoaVersionForm form, [FromServices] IValidator<DoaVersionForm> validator, CancellationToken ct)
    {
        var isCategory = !string.IsNullOrEmpty(form.Category);
        int? id = int.TryParse(form.Category, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if ((isCategory && id is null) || await CategoryAsync(id, ct) is not { } category)
            return NotFound();
        form.WithEveryKind();
        var page = PageOf(category, form);
        if (form.Then == DoaVersionForm.Edit)
            return Again("New", page, StatusCodes.Status200OK);
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(DoaFormPage.Form));
        if (category.Versions.FirstOrDefault(v => category.States[v.Id] == DoaVersionState.Coming && v.EffectiveFrom == form.EffectiveFrom) is { } taken)
            ModelState.AddModelError("Form.From", texts["From.Taken", taken.Version]);
        if (!ModelState.IsValid)
            return Again("New", page, StatusCodes.Status400BadRequest);
        if (page.Newer.Count > 0)
            return Overtaken(page);
        if (form.Then != DoaVersionForm.Save)
            return View("Preview", page);
        if (await versions.AddAsync(form.ToVersion(id, user.Required.UserId), ct) is not { } added)
            return Overtaken(PageOf((await CategoryAsync(id, ct))!, form));
        TempData["Notice"] = texts["Added", category.Latest + 1, Formats.Date(form.EffectiveFrom!.Value)].Value;
        return RedirectToAction(nameof(Version), new { id = added });
    }

    [HttpPost("{id:int}/withdraw")]
    public async Task<IActionResult> Withdraw([FromRoute] int id, CancellationToken ct)
    {
        if (!await db.DoaConditionSets.AnyAsync(s => s.Id == id, ct))
            return NotFound();
        TempData["Notice"] = texts[await versions.WithdrawAsync(id, user.Required.UserId, ct) ? "Withdrawn" : "Withdrawn.Not"].Value;
        return RedirectToAction(nameof(Version), new { id });
    }

    private IQueryable<DoaConditionSet> Sets() => db.DoaConditionSets.AsNoTracking().Include(s => s.Conditions.OrderBy(c => c.Position)).OrderBy(s => s.Id);

    /// <summary>Null for a category that does not exist.</summary>
    private async Task<DoaCategory?> CategoryAsync(int? id, CancellationToken ct)
    {
        var name = id is null ? null : await db.Categories.AsNoTracking().Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(ct);
        return id is not null && name is null ? null : CategoryOf(id, name, await Sets().Where(s => s.CategoryId == id).ToListAsync(ct));
    }

    private DoaCategory CategoryOf(int? id, LocalizedText? name, IEnumerable<DoaConditionSet> sets)
    {
        var newestFirst = sets.OrderByDescending(s => s.Version).ToList();
        return new DoaCategory(id, name, newestFirst, newestFirst.StatesOn(Formats.Today(time)));
    }

    private static DoaFormPage PageOf(DoaCategory category, DoaVersionForm form)
    {
        var seen = int.TryParse(form.Latest, NumberStyles.None, CultureInfo.InvariantCulture, out var latest) ? latest : 0;
        var applies = category.Versions.Where(v => category.States[v.Id] is DoaVersionState.InForce or DoaVersionState.Coming).OrderBy(v => v.EffectiveFrom).ThenBy(v => v.Version).ToList();
        var before = applies.LastOrDefault(v => form.EffectiveFrom is null || v.EffectiveFrom <= form.EffectiveFrom);
        var typed = form.Asked.Select((row, place) => row.ToCondition().At(place + 1));
        return new DoaFormPage(
            category, form, [.. category.Versions.Where(v => v.Version > seen)], before, before is null ? [] : typed.DifferencesFrom(before.Conditions),
            applies.FirstOrDefault(v => v.EffectiveFrom > form.EffectiveFrom));
    }

    /// <summary>The page with what was typed, and with what others have added meanwhile.</summary>
    private ViewResult Overtaken(DoaFormPage page)
    {
        page.Form.Latest = page.Category.Latest.ToString(CultureInfo.InvariantCulture);
        return Again("New", page, StatusCodes.Status409Conflict);
    }

    private ViewResult Again(string view, DoaFormPage page, int status)
    {
        Response.StatusCode = status;
        return View(view, page);
    }
}
