using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.New;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Promises;

/// <summary>Within how many working hours each step of each type of dossier is to be taken.</summary>
[Access(Audience.PortalAdministrator)]
[Route(Path)]
public sealed class PromisesController(
    PortalDbContext db, DossierPromises promises, PromiseEditing editing, DossierForms forms, DossierKinds kinds, CurrentUser user, IStringLocalizer<PromisesTexts> texts) : Controller
{
    public const string Path = "/admin/promises";

    [HttpGet]
    [RestoresCarriedForm]
    public async Task<IActionResult> Targets(CancellationToken ct) => View("Promises", await PageAsync(ct));

    [HttpPost]
    public async Task<IActionResult> Save([Bind(Prefix = nameof(PromisesPage.Form))] PromisesForm form, [FromServices] IValidator<PromisesForm> validator, CancellationToken ct)
    {
        var known = Cells().ToHashSet();
        form.Cells.RemoveAll(cell => cell.Cell is not { } target || !known.Contains(target));
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(PromisesPage.Form));
        if (!ModelState.IsValid)
            return await AgainAsync(form, StatusCodes.Status400BadRequest, ct);
        var wanted = form.Cells.GroupBy(cell => cell.Cell!.Value).ToDictionary(group => group.Key, group => group.Last().Minutes);
        var result = await editing.SaveAsync(new NewPromiseTargets(Guid.TryParse(form.Stamp, out var stamp) ? stamp : Guid.Empty, wanted, user.Required.UserId), ct);
        if (result.IsStale)
            return await AgainAsync(form, StatusCodes.Status409Conflict, ct);
        TempData["Notice"] = texts[result.Changed switch { 0 => "Saved.Nothing", 1 => "Saved.One", _ => "Saved.Many" }, result.Changed].Value;
        return RedirectToAction(nameof(Targets));
    }

    private async Task<PromisesPage> PageAsync(CancellationToken ct)
    {
        var targets = await promises.TargetsAsync(ct);
        var state = await db.Set<PromiseState>().AsNoTracking().SingleOrDefaultAsync(ct);
        return new PromisesPage
        {
            Targets = targets,
            Groups = [.. Groups()],
            IsFollowing = state is { FollowedTo: not null },
            Form = new PromisesForm
            {
                Stamp = (state?.Stamp ?? Guid.Empty).ToString(),
                Cells =
                [
                    .. Cells().Select(cell => new TargetField
                    {
                        Key = TargetField.KeyOf(cell.Type, cell.Step),
                        Hours = targets[cell.Type, cell.Step] is { } minutes ? PromiseHours.Of(minutes) : "",
                    }),
                ],
            },
        };
    }

    /// <summary>The page with what was typed; where somebody saved others meanwhile, with what they saved.</summary>
    private async Task<ViewResult> AgainAsync(PromisesForm typed, int status, CancellationToken ct)
    {
        var page = await PageAsync(ct);
        var hours = typed.Cells.ToLookup(cell => cell.Key, cell => cell.Hours);
        var differing = new List<PromiseDifference>();
        foreach (var cell in page.Form.Cells.Where(cell => hours.Contains(cell.Key)))
        {
            var (type, step) = cell.Cell!.Value;
            if (status == StatusCodes.Status409Conflict && PromiseHours.TryParse(hours[cell.Key].Last(), out var minutes) && minutes != page.Targets[type, step])
                differing.Add(new PromiseDifference(type, step, page.Targets[type, step]));
            cell.Hours = hours[cell.Key].Last();
        }

        Response.StatusCode = status;
        return View("Promises", page with { Differing = status == StatusCodes.Status409Conflict ? differing : null });
    }

    private IEnumerable<(DossierType Type, PromiseStep Step)> Cells() => Groups().SelectMany(group => group.Types.SelectMany(type => group.Steps.Select(step => (type, step))));

    /// <summary>First what every request has, then what follows some of them.</summary>
    private IEnumerable<PromiseGroup> Groups()
    {
        yield return new PromiseGroup(DossierTrack.None, [.. forms.Types], PromiseSteps.Of(DossierTrack.None));
        foreach (var track in (DossierTrack[])[DossierTrack.Repair, DossierTrack.Return])
            yield return new PromiseGroup(track, [.. forms.Types.Where(type => kinds[type].Track == track)], PromiseSteps.OfTrack(track));
    }
}

/// <summary>The types that have these steps.</summary>
public sealed record PromiseGroup(DossierTrack Track, IReadOnlyList<DossierType> Types, IReadOnlyList<PromiseStep> Steps);

/// <param name="Minutes">As somebody else saved it; null for no target.</param>
public sealed record PromiseDifference(DossierType Type, PromiseStep Step, int? Minutes);

/// <summary>All targets, with what was typed in a form that was refused.</summary>
public sealed record PromisesPage
{
    public required PromiseTargets Targets { get; init; }
    public required IReadOnlyList<PromiseGroup> Groups { get; init; }
    public required PromisesForm Form { get; init; }

    /// <summary>Whether open dossiers are being brought to a change.</summary>
    public required bool IsFollowing { get; init; }

    /// <summary>Where somebody saved others meanwhile: those that are not as typed. Null when nobody did.</summary>
    public IReadOnlyList<PromiseDifference>? Differing { get; init; }

    public int IndexOf(DossierType type, PromiseStep step) => Form.Cells.FindIndex(cell => cell.Key == TargetField.KeyOf(type, step));
}
