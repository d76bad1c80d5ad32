using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Branches;

/// <summary>The branches of the organisation: every member reads them, administrators change them.</summary>
public sealed class BranchesController(
    CurrentUser user, PortalDbContext db, BranchService branches, IValidator<BranchDetailsForm> validator, IStringLocalizer<AccountTexts> texts) : Controller
{
    [HttpGet("/account/branches")]
    [Access(Audience.Member)]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var rows = await db.Branches.AsNoTracking().OrderBy(b => b.DeactivatedAt != null).ThenBy(b => b.Town).ThenBy(b => b.Street).ToListAsync(ct);
        return View("Branches", new BranchesPage(rows, user.Required.IsOrganisationAdministrator));
    }

    [HttpGet("/account/branches/new")]
    [Access(Audience.OrganisationAdministrator)]
    [RestoresCarriedForm]
    public async Task<IActionResult> New(CancellationToken ct)
    {
        var organisationId = user.Required.Organisation!.Id;
        var country = await db.Organisations.Where(o => o.Id == organisationId).Select(o => o.Country).SingleAsync(ct);
        return Form(new BranchDetailsForm { Country = country }, null);
    }

    [HttpPost("/account/branches/new")]
    [Access(Audience.OrganisationAdministrator)]
    public async Task<IActionResult> AddAsync(BranchDetailsForm form, CancellationToken ct)
    {
        if (!await IsValidAsync(form, ct))
            return Form(form, null);
        var person = user.Required;
        await branches.AddAsync(new NewBranch(person.Organisation!.Id, person.UserId, form.ToDetails()), ct);
        return Done("Branch.Added");
    }

    [HttpGet("/account/branches/{id:int}")]
    [Access(Audience.OrganisationAdministrator)]
    [RestoresCarriedForm]
    public async Task<IActionResult> Edit([FromRoute] int id, CancellationToken ct)
    {
        if (await db.Branches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) is not { } branch)
            return NotFound();
        return Form(
            new BranchDetailsForm
            {
                Street = branch.Street,
                PostalCode = branch.PostalCode,
                Town = branch.Town,
                Country = branch.Country,
                BranchPhone = branch.Phone is { } phone ? PhoneNumber.Display(phone) : null,
                ContactName = branch.ContactName,
                OpeningHours = branch.OpeningHours,
            },
            id);
    }

    [HttpPost("/account/branches/{id:int}")]
    [Access(Audience.OrganisationAdministrator)]
    public async Task<IActionResult> SaveAsync([FromRoute] int id, BranchDetailsForm form, CancellationToken ct)
    {
        if (!await db.Branches.AnyAsync(b => b.Id == id, ct))
            return NotFound();
        if (!await IsValidAsync(form, ct))
            return Form(form, id);
        var person = user.Required;
        return await branches.UpdateAsync(person.Organisation!.Id, id, form.ToDetails(), person.UserId, ct) ? Done("Branch.Saved") : NotFound();
    }

    [HttpPost("/account/branches/{id:int}/close")]
    [Access(Audience.OrganisationAdministrator)]
    public Task<IActionResult> CloseAsync([FromRoute] int id, CancellationToken ct) => SetOpenAsync(id, open: false, ct);

    [HttpPost("/account/branches/{id:int}/open")]
    [Access(Audience.OrganisationAdministrator)]
    public Task<IActionResult> OpenAsync([FromRoute] int id, CancellationToken ct) => SetOpenAsync(id, open: true, ct);

    /// <param name="default">The id of the branch new forms begin with; empty for none.</param>
    [HttpPost("/account/branches/default")]
    [Access(Audience.OrganisationAdministrator)]
    public async Task<IActionResult> SetDefaultAsync(string? @default, CancellationToken ct)
    {
        var person = user.Required;
        var id = int.TryParse(@default, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : (int?)null;
        var isNone = string.IsNullOrEmpty(@default);
        if ((isNone || id is not null) && await branches.SetDefaultAsync(person.Organisation!.Id, id, person.UserId, ct))
            return Done(isNone ? "Defaults.Cleared" : "Defaults.Saved");
        ModelState.AddModelError(nameof(BranchesPage.Default), texts["Defaults.Unknown"]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await List(ct);
    }

    private async Task<IActionResult> SetOpenAsync(int id, bool open, CancellationToken ct)
    {
        if (!await db.Branches.AnyAsync(b => b.Id == id, ct))
            return NotFound();
        var person = user.Required;
        if (await branches.SetOpenAsync(person.Organisation!.Id, id, open, person.UserId, ct))
            return Done(open ? "Branch.Opened" : "Branch.Closed");
        ModelState.AddModelError("", texts["Branch.Last"]);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await List(ct);
    }

    private async Task<bool> IsValidAsync(BranchDetailsForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return ModelState.IsValid;
    }

    private ViewResult Form(BranchDetailsForm form, int? id)
    {
        ViewData["Id"] = id;
        return View("Branch", form);
    }

    private RedirectToActionResult Done(string text)
    {
        TempData["Notice"] = texts[text].Value;
        return RedirectToAction(nameof(List));
    }
}

public sealed record BranchesPage(IReadOnlyList<Branch> Branches, bool MayEdit)
{
    /// <summary>The id of the branch new forms begin with; null for none.</summary>
    public int? Default => Branches.FirstOrDefault(b => b.DefaultSince is not null)?.Id;

    /// <summary>Where there is one only, there is nothing to choose.</summary>
    public bool HasChoice => Branches.Count(b => b.DeactivatedAt is null) > 1;
}
