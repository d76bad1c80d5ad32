using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Content;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Assistance;

/// <summary>What dealers read about consumers' questions, in its versions.</summary>
[Access(Audience.Staff)]
[Route(Path)]
public sealed class AssistanceController(
    PortalDbContext db, AssistanceEditing editing, InitialAssistance initial, IValidator<AssistanceForm> validator, CurrentUser user, TimeProvider time, IStringLocalizer<AssistanceTexts> texts) : Controller
{
    public const string Path = "/admin/consumer-assistance";
    private const string Prefix = nameof(AssistanceFormPage.Form);

    [HttpGet]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var versions = await NewestFirst().ToListAsync(ct);
        return View("Versions", new AssistanceListPage(versions, versions.StatesOn(Formats.Today(time))));
    }

    [HttpGet("{assistanceId:int}")]
    public async Task<IActionResult> Version([FromRoute] int assistanceId, CancellationToken ct)
    {
        var versions = await NewestFirst().ToListAsync(ct);
        if (versions.Find(t => t.Id == assistanceId) is not { } version)
            return NotFound();
        var author = await db.Users.Where(u => u.Id == version.CreatedById).Select(u => u.FirstName + " " + u.LastName).SingleAsync(ct);
        return View("Version", new AssistanceVersionPage(version, versions.StatesOn(Formats.Today(time))[assistanceId], author));
    }

    /// <param name="from">The version to begin with; the one that is read today if not said.</param>
    [HttpGet("new")]
    [RestoresCarriedForm]
    public async Task<IActionResult> New(int? from, CancellationToken ct)
    {
        var source = from is { } id ? NewestFirst().Where(t => t.Id == id) : db.AssistanceTexts.AsNoTracking().InForceOn(Formats.Today(time));
        var text = await source.Select(t => t.Text).FirstOrDefaultAsync(ct) ?? initial.Text;
        return View("New", new AssistanceFormPage(AssistanceForm.Of(text, await NewestFirst().Select(t => t.Version).FirstOrDefaultAsync(ct)), [], IsPreview: false));
    }

    [HttpPost("new")]
    public async Task<IActionResult> Add([Bind(Prefix = Prefix)] AssistanceForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, Prefix);
        if (!ModelState.IsValid)
            return Again(form, [], StatusCodes.Status400BadRequest);
        if (form.Then != AssistanceForm.Publish)
            return View("New", new AssistanceFormPage(form, [], IsPreview: true));
        var version = form.ToVersion(user.Required.UserId);
        if (await editing.AddAsync(version, ct) is { } added)
        {
            TempData["Notice"] = texts["Added", Formats.Date(version.EffectiveFrom)].Value;
            return RedirectToAction(nameof(Version), new { assistanceId = added });
        }

        var newer = await NewestFirst().Where(t => t.Version > version.LatestSeen).ToListAsync(ct);
        form.Latest = newer.Select(t => t.Version).FirstOrDefault().ToString(CultureInfo.InvariantCulture);
        ModelState.Clear();
        return Again(form, newer, StatusCodes.Status409Conflict);
    }

    [HttpPost("{assistanceId:int}/withdraw")]
    public async Task<IActionResult> Withdraw([FromRoute] int assistanceId, CancellationToken ct)
    {
        if (!await db.AssistanceTexts.AnyAsync(t => t.Id == assistanceId, ct))
            return NotFound();
        TempData["Notice"] = texts[await editing.WithdrawAsync(assistanceId, user.Required.UserId, ct) ? "Withdrawn" : "Withdrawn.Not"].Value;
        return RedirectToAction(nameof(Version), new { assistanceId });
    }

    private IQueryable<AssistanceText> NewestFirst() => db.AssistanceTexts.AsNoTracking().OrderByDescending(t => t.Version);

    private ViewResult Again(AssistanceForm form, IReadOnlyList<AssistanceText> newer, int status)
    {
        Response.StatusCode = status;
        return View("New", new AssistanceFormPage(form, newer, IsPreview: false));
    }
}
