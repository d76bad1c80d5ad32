using DealerPortal.Core.Accounts.Erasure;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Account.Data;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Deletion;

/// <summary>The end of an account, by its owner: the password not long ago, and a word that nobody types by mistake.</summary>
[Access(Audience.SignedIn)]
[Route("/account/delete")]
public sealed class DeletionController(CurrentUser user, AccountErasure erasure, SessionCookie cookie, IStringLocalizer<DataTexts> texts) : Controller
{
    [HttpGet]
    [NeedsRecentProof]
    public Task<ViewResult> Show(CancellationToken ct) => PageAsync(new DeletionForm(), ct);

    [HttpPost]
    [NeedsRecentProof(Page = "/account/delete")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> DeleteAsync(DeletionForm form, CancellationToken ct)
    {
        if (!string.Equals(form.Word?.Trim(), texts["Word"], StringComparison.OrdinalIgnoreCase))
        {
            ModelState.AddModelError(nameof(form.Word), texts["Word.Wrong", texts["Word"].Value]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await PageAsync(form, ct);
        }

        var userId = user.Required.UserId;
        switch (await erasure.EraseAsync(userId, userId, ct))
        {
            case ErasureOutcome.Staff or ErasureOutcome.LastAdministrator:
                // The page says what is in the way.
                Response.StatusCode = StatusCodes.Status409Conflict;
                return await PageAsync(form, ct);
            default:
                await cookie.SignOutAsync(HttpContext, ct);
                TempData["Notice"] = texts["Done"].Value;
                return Redirect("/sign-in");
        }
    }

    private async Task<ViewResult> PageAsync(DeletionForm form, CancellationToken ct)
    {
        ViewData[DeletionPage.Key] = new DeletionPage(await erasure.LeftAloneAsync(user.Required.UserId, ct));
        return View("Delete", form);
    }
}

public sealed class DeletionForm
{
    public string? Word { get; init; }
}

/// <param name="LeftAlone">The organisations that need another administrator first.</param>
public sealed record DeletionPage(IReadOnlyList<LonelyOrganisation> LeftAlone)
{
    public const string Key = nameof(DeletionPage);
}
