using DealerPortal.Core;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dealercards;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dealercards;

/// <summary>The versions of a dealercard: added, given another time, withdrawn and given back.</summary>
[Access(Audience.PortalAdministrator)]
[Route(CardPaths.List + "/{cardId:int}/versions")]
public sealed class CardVersionsController(
    PortalDbContext db,
    DealercardKeeping keeping,
    CardUpload uploads,
    FileKeeping stored,
    IValidator<CardVersionForm> validator,
    CurrentUser user,
    TimeProvider time,
    IStringLocalizer<AdminDealercardsTexts> texts,
    IStringLocalizer<DealercardsTexts> words) : Controller
{
    private const string Prefix = nameof(VersionPage.Version);

    private DateOnly Today => Formats.Today(time);

    [HttpGet("new")]
    [RestoresCarriedForm]
    public async Task<IActionResult> New([FromRoute] int cardId, CancellationToken ct) =>
        await FindAsync(cardId, ct) is { } card ? View("NewVersion", new NewVersionPage(card, new CardVersionForm { From = CardVersionForm.DateOf(Today) })) : NotFound();

    [HttpPost("new")]
    [RequestSizeLimit(CardUpload.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = CardUpload.MaxRequestBytes)]
    public async Task<IActionResult> Add([FromRoute] int cardId, [Bind(Prefix = Prefix)] CardVersionForm version, CancellationToken ct)
    {
        if (await FindAsync(cardId, ct) is not { } card)
            return NotFound();
        (await validator.ValidateAsync(version, ct)).AddToModelState(ModelState, Prefix);
        await uploads.TakeInAsync(version, ModelState, Prefix, ct);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("NewVersion", new NewVersionPage(card, version));
        }

        var result = await keeping.AddVersionAsync(cardId, version.ToValidity(), version.TakenIn!, user.Required.UserId, ct);
        return result.Outcome == CardOutcome.Saved ? Done(result.CardId, "Version.Added") : NotFound();
    }

    [HttpGet("{versionId:guid}")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Version([FromRoute] int cardId, [FromRoute] Guid versionId, CancellationToken ct) =>
        await PageAsync(cardId, versionId, null, ct) is { } page ? View(page) : NotFound();

    [HttpPost("{versionId:guid}")]
    [RequestSizeLimit(CardUpload.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = CardUpload.MaxRequestBytes)]
    public async Task<IActionResult> Save([FromRoute] int cardId, [FromRoute] Guid versionId, [Bind(Prefix = Prefix)] CardVersionForm version, CancellationToken ct)
    {
        if (await PageAsync(cardId, versionId, version, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(version, ct)).AddToModelState(ModelState, Prefix);
        var thumbnail = await uploads.PictureAsync(version, ModelState, Prefix, ct);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Version", page);
        }

        var result = await keeping.ChangeVersionAsync(cardId, versionId, version.StampOrEmpty, version.ToValidity(), thumbnail, user.Required.UserId, ct);
        return await AnswerAsync(result, cardId, versionId, version, "Version.Saved", ct);
    }

    [HttpPost("{versionId:guid}/withdraw")]
    public Task<IActionResult> Withdraw([FromRoute] int cardId, [FromRoute] Guid versionId, string? stamp, CancellationToken ct) => SetAsync(cardId, versionId, stamp, withdrawn: true, ct);

    [HttpPost("{versionId:guid}/restore")]
    public Task<IActionResult> Restore([FromRoute] int cardId, [FromRoute] Guid versionId, string? stamp, CancellationToken ct) => SetAsync(cardId, versionId, stamp, withdrawn: false, ct);

    private async Task<IActionResult> SetAsync(int cardId, Guid versionId, string? stamp, bool withdrawn, CancellationToken ct)
    {
        var result = await keeping.SetWithdrawnAsync(cardId, versionId, Guid.TryParse(stamp, out var seen) ? seen : Guid.Empty, withdrawn, user.Required.UserId, ct);
        return await AnswerAsync(result, cardId, versionId, null, withdrawn ? "Version.Withdrawn" : "Version.Restored", ct);
    }

    private async Task<IActionResult> AnswerAsync(CardResult result, int cardId, Guid versionId, CardVersionForm? form, string notice, CancellationToken ct)
    {
        switch (result.Outcome)
        {
            case CardOutcome.Saved:
                await stored.RemoveAsync([result.Unused]);
                return Done(cardId, notice);
            case CardOutcome.Changed when await PageAsync(cardId, versionId, form, ct) is { } page:
                page.Version.Stamp = page.Card.Stamp.ToString();
                Response.StatusCode = StatusCodes.Status409Conflict;
                return View("Version", page with { Now = NowOf(page) });
            default:
                return NotFound();
        }
    }

    private IReadOnlyList<(string Label, string Value)> NowOf(VersionPage page)
    {
        var now = CardVersionForm.Of(page.Stored, page.Card.Stamp);
        var state = texts[$"State.{page.Stored.StateOn(Today, page.Card.Versions)}"].Value;
        return now.From == page.Version.From && (now.Until ?? "") == (page.Version.Until ?? "")
            ? [(texts["State"], state)]
            : [(texts["State"], state), (texts["Time"], words.TimeOf(page.Stored.ValidFrom, page.Stored.ValidUntil))];
    }

    private async Task<VersionPage?> PageAsync(int cardId, Guid versionId, CardVersionForm? form, CancellationToken ct) =>
        await FindAsync(cardId, ct) is { } card && card.Versions.Find(v => v.Id == versionId) is { } version
            ? new VersionPage(card, version, form ?? CardVersionForm.Of(version, card.Stamp), Today)
            : null;

    private Task<Dealercard?> FindAsync(int id, CancellationToken ct) => db.Dealercards.AsNoTracking().Include(c => c.Versions).SingleOrDefaultAsync(c => c.Id == id, ct);

    private RedirectResult Done(int cardId, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect(CardPaths.Of(cardId));
    }
}
