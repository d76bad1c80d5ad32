using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Picking;

/// <summary>Adds a branch while a form is being filled in, and goes back to the form with it chosen.</summary>
[Access(Audience.Member)]
[Route("/dossiers/new/{slug}/{draftId:guid}/branch")]
public sealed class BranchController(
    DossierForms forms,
    DraftPages pages,
    DraftService drafts,
    BranchService branches,
    PortalDbContext db,
    CurrentUser user,
    IValidator<BranchForm> validator,
    IStringLocalizer<NewTexts> texts) : Controller
{
    [HttpGet]
    [RestoresCarriedForm]
    public async Task<IActionResult> Add(string slug, Guid draftId, CancellationToken ct)
    {
        if (forms.Find(slug) is not { } form || await drafts.IsForeignAsync(pages.KeyOf(draftId), form.Type, ct))
            return NotFound();
        var country = await db.Organisations.Where(o => o.Id == user.Required.Organisation!.Id).Select(o => o.Country).SingleAsync(ct);
        return Page(form, draftId, new BranchForm { Country = country });
    }

    [HttpPost]
    public async Task<IActionResult> Add(string slug, Guid draftId, BranchForm branch, CancellationToken ct)
    {
        var key = pages.KeyOf(draftId);
        if (forms.Find(slug) is not { } form || await drafts.IsForeignAsync(key, form.Type, ct))
            return NotFound();
        var judged = await validator.ValidateAsync(branch, ct);
        if (!judged.IsValid)
        {
            judged.AddToModelState(ModelState);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page(form, draftId, branch);
        }

        var id = await branches.AddAsync(
            new NewBranch(
                key.OrganisationId,
                key.OwnerId,
                new BranchAddress(
                    TypedText.SingleLine(branch.Street),
                    TypedText.SingleLine(branch.PostalCode),
                    TypedText.SingleLine(branch.Town),
                    branch.Country!,
                    PhoneNumber.TryParse(branch.Phone, out var phone) ? phone : null)),
            ct);
        await drafts.SetAsync(key, form.Type, form.PickBranch(id), ct);
        TempData["Notice"] = texts["Branch.Added"].Value;
        return Redirect(DraftPage.UrlOf(slug, draftId));
    }

    private ViewResult Page(DossierForm form, Guid draftId, BranchForm branch)
    {
        ViewData["Back"] = DraftPage.UrlOf(form.Slug, draftId);
        ViewData["BackTitle"] = form.Title;
        return View("Branch", branch);
    }
}
