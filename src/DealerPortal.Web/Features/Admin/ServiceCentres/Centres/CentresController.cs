using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Centres;

/// <summary>The service centres: support looks, portal administrators add, rename and deactivate.</summary>
public sealed class CentresController(
    PortalDbContext db, CentrePages pages, CentreAdministration centres, CurrentUser user, IValidator<CentreForm> validator, IStringLocalizer<CentreTexts> texts) : Controller
{
    private const string Form = nameof(CentrePage.Form);
    private const string NameField = $"{Form}.{nameof(CentreForm.Name)}";
    private const string StampField = $"{Form}.{nameof(CentreForm.Stamp)}";

    [HttpGet("/admin/service-centres")]
    [Access(Audience.Staff)]
    [RestoresCarriedForm]
    public async Task<IActionResult> List(CancellationToken ct) => View("Centres", await ListAsync(new CentreForm(), ct));

    [HttpPost("/admin/service-centres")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> AddAsync([Bind(Prefix = Form)] CentreForm form, CancellationToken ct)
    {
        if (await IsValidAsync(form, ct))
        {
            if (await centres.AddAsync(form.Line, user.Required.UserId, ct) is { } id)
                return Done(id, "Centre.Added");
            Refuse(NameField, texts["Name.Taken"]);
        }

        return View("Centres", await ListAsync(form, ct));
    }

    [HttpGet("/admin/service-centres/{id:int}")]
    [Access(Audience.Staff)]
    [RestoresCarriedForm]
    public async Task<IActionResult> Show([FromRoute] int id, CancellationToken ct) => await pages.ReadAsync(id, ct) is { } page ? View("Centre", page) : NotFound();

    [HttpPost("/admin/service-centres/{id:int}")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> RenameAsync([FromRoute] int id, [Bind(Prefix = Form)] CentreForm form, CancellationToken ct)
    {
        var outcome = await IsValidAsync(form, ct) ? await centres.RenameAsync(id, form.Stamp, form.Line, user.Required.UserId, ct) : (CentreOutcome?)null;
        if (outcome == CentreOutcome.Done)
            return Done(id, "Centre.Renamed");
        if (outcome == CentreOutcome.NotFound || await pages.ReadAsync(id, ct) is not { } page)
            return NotFound();
        if (outcome == CentreOutcome.Taken)
            Refuse(NameField, texts["Name.Taken"]);
        if (outcome == CentreOutcome.Stale)
        {
            Refuse(NameField, texts["Name.Stale", page.Centre.Name], StatusCodes.Status409Conflict);
            ModelState.SetModelValue(StampField, page.Centre.Stamp.ToString(), page.Centre.Stamp.ToString());
        }

        return View("Centre", page with { Form = form });
    }

    [HttpPost("/admin/service-centres/{id:int}/deactivate")]
    [Access(Audience.PortalAdministrator)]
    public Task<IActionResult> DeactivateAsync([FromRoute] int id, CancellationToken ct) => SetActiveAsync(id, isActive: false, ct);

    [HttpPost("/admin/service-centres/{id:int}/activate")]
    [Access(Audience.PortalAdministrator)]
    public Task<IActionResult> ActivateAsync([FromRoute] int id, CancellationToken ct) => SetActiveAsync(id, isActive: true, ct);

    private async Task<IActionResult> SetActiveAsync(int id, bool isActive, CancellationToken ct) =>
        await centres.SetActiveAsync(id, isActive, user.Required.UserId, ct) switch
        {
            CentreOutcome.Done => Done(id, isActive ? "Centre.Activated" : "Centre.Deactivated"),
            CentreOutcome.NotFound => NotFound(),
            _ => Conflict(),
        };

    private async Task<CentresPage> ListAsync(CentreForm form, CancellationToken ct) => new(
        await (
            from centre in db.ServiceCentres.AsNoTracking()
            orderby centre.DeactivatedAt != null, centre.Name
            select new CentreRow(
                centre.Id,
                centre.Name,
                centre.DeactivatedAt,
                db.CentreKeys.Count(key => key.CentreId == centre.Id && key.RevokedAt == null),
                db.CentreEvents.Where(e => e.CentreId == centre.Id).Max(e => (DateTime?)e.ReceivedAt))).Take(CentrePages.CentresShown).ToListAsync(ct),
        form);

    private async Task<bool> IsValidAsync(CentreForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, Form);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return ModelState.IsValid;
    }

    private void Refuse(string field, string error, int status = StatusCodes.Status400BadRequest)
    {
        ModelState.AddModelError(field, error);
        Response.StatusCode = status;
    }

    private RedirectResult Done(int id, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect($"/admin/service-centres/{id}");
    }
}
