using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Codes;

/// <summary>The mapping table: what service centres' codes mean.</summary>
[Access(Audience.Staff)]
public sealed class CodesController(
    PortalDbContext db, CentreCodes codes, WaitingNotice waiting, CurrentUser user, IValidator<CodeForm> validator, IStringLocalizer<CentreTexts> texts) : Controller
{
    private const int PageSize = 50;

    [HttpGet("/admin/service-centres/codes")]
    public async Task<IActionResult> List(int? page, CancellationToken ct)
    {
        var number = PageLinks.Of(page);
        var rows = await (
            from code in db.CentreCodes.AsNoTracking()
            join centre in db.ServiceCentres.AsNoTracking() on code.CentreId equals centre.Id into centres
            from centre in centres.DefaultIfEmpty()
            orderby code.CentreId != null, centre.Name, code.Code, code.Id
            select new CodeRow(code, centre == null ? null : centre.Name)).Skip((number - 1) * PageSize).Take(PageSize + 1).ToListAsync(ct);
        return View("Codes", new CodesPage([.. rows.Take(PageSize)], new PageLinks(number, rows.Count > PageSize, n => $"/admin/service-centres/codes?page={n}")));
    }

    [HttpGet("/admin/service-centres/codes/new")]
    [RestoresCarriedForm]
    public Task<IActionResult> New(string? code, int? centre, CancellationToken ct) =>
        FormAsync(new CodeForm { Code = code, Centre = centre?.ToString(System.Globalization.CultureInfo.InvariantCulture) }, null, ct);

    [HttpPost("/admin/service-centres/codes/new")]
    public async Task<IActionResult> AddAsync(CodeForm form, CancellationToken ct)
    {
        if (await IsValidAsync(form, isNew: true, ct))
        {
            var mapping = form.ToMapping();
            if (await codes.AddAsync(mapping, user.Required.UserId, ct) is not null)
                return Done("Code.Added", CentreCode.Normalise(mapping.Code), await codes.ApplyWaitingAsync(CentreCode.Normalise(mapping.Code), mapping.CentreId, ct));
            ModelState.AddModelError(nameof(form.Code), texts["Code.Taken"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return await FormAsync(form, null, ct);
    }

    [HttpGet("/admin/service-centres/codes/{id:int}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Edit([FromRoute] int id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } line ? await FormAsync(CodeForm.Of(line), line, ct) : NotFound();

    [HttpPost("/admin/service-centres/codes/{id:int}")]
    public async Task<IActionResult> SaveAsync([FromRoute] int id, CodeForm form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } line)
            return NotFound();
        (form.Code, form.Centre) = (line.Code, line.CentreId?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!await IsValidAsync(form, isNew: false, ct))
            return await FormAsync(form, line, ct);
        var outcome = await codes.ChangeAsync(id, form.Stamp, form.Means!.Value, form.Text, user.Required.UserId, ct);
        return outcome == CentreOutcome.Done
            ? Done("Code.Saved", line.Code, await codes.ApplyWaitingAsync(line.Code, line.CentreId, ct))
            : await ChangedAsync(id, form, ct);
    }

    [HttpPost("/admin/service-centres/codes/{id:int}/remove")]
    public async Task<IActionResult> RemoveAsync([FromRoute] int id, Guid stamp, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } line)
            return NotFound();
        if (await codes.RemoveAsync(id, stamp, user.Required.UserId, ct) != CentreOutcome.Done)
            return await ChangedAsync(id, CodeForm.Of(line), ct);
        return Done("Code.Removed", line.Code, null);
    }

    /// <summary>Somebody was faster: the page with what was typed, and what stands now beside it.</summary>
    private async Task<IActionResult> ChangedAsync(int id, CodeForm form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } now)
            return NotFound();
        Response.StatusCode = StatusCodes.Status409Conflict;
        form.Stamp = now.Stamp;
        ModelState.Remove(nameof(form.Stamp));
        return await FormAsync(form, now, ct, isChanged: true);
    }

    private Task<CentreCode?> FindAsync(int id, CancellationToken ct) => db.CentreCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);

    private async Task<bool> IsValidAsync(CodeForm form, bool isNew, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (isNew && !string.IsNullOrEmpty(form.Centre) && !await db.ServiceCentres.AnyAsync(c => c.Id == form.CentreId, ct))
            ModelState.AddModelError(nameof(form.Centre), texts["Centre.Missing"]);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return ModelState.IsValid;
    }

    private async Task<IActionResult> FormAsync(CodeForm form, CentreCode? line, CancellationToken ct, bool isChanged = false)
    {
        var centres = await db.ServiceCentres.AsNoTracking().OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(ct);
        return View("Code", new CodePage(form, line, isChanged)
        {
            Centres = [new(texts["Centre.All"], ""), .. centres.Select(c => new SelectListItem(c.Name, c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))],
        });
    }

    private RedirectResult Done(string notice, string code, WaitingApplied? applied)
    {
        TempData["Notice"] = waiting.Text(texts[notice, code], applied);
        return Redirect("/admin/service-centres/codes");
    }
}

public sealed record CodesPage(IReadOnlyList<CodeRow> Codes, PageLinks Links);

/// <param name="CentreName">Null: of every centre.</param>
public sealed record CodeRow(CentreCode Code, string? CentreName);

/// <param name="Line">As it stands; null for a new one.</param>
/// <param name="IsChanged">Somebody else changed it since the page was made.</param>
public sealed record CodePage(CodeForm Form, CentreCode? Line, bool IsChanged)
{
    public required IReadOnlyList<SelectListItem> Centres { get; init; }
}
