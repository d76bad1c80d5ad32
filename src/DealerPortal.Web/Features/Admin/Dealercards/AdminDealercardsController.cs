using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Data;
using DealerPortal.Core.Search;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dealercards;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dealercards;

/// <summary>The dealercards: staff read them, portal administrators change them.</summary>
[Route(CardPaths.List)]
public sealed class AdminDealercardsController(
    PortalDbContext db,
    DealercardKeeping keeping,
    CardUpload uploads,
    CurrentUser user,
    TimeProvider time,
    IStringLocalizer<AdminDealercardsTexts> texts,
    IStringLocalizer<DealercardsTexts> words) : Controller
{
    private const int PageSize = 50;

    private bool MayEdit => user.Required.StaffRole == StaffRole.PortalAdministrator;

    private DateOnly Today => Formats.Today(time);

    [HttpGet("")]
    [Access(Audience.Staff)]
    public async Task<IActionResult> List(string? q, int? page, CancellationToken ct)
    {
        var cards = db.Dealercards.AsNoTracking();
        foreach (var word in SearchTokens.OfQuery(q))
            cards = cards.Where(c => c.Words.Contains(" " + word));
        var number = PageLinks.Of(page);
        var found = await cards.OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id).Skip((number - 1) * PageSize).Take(PageSize + 1).Include(c => c.Versions).ToListAsync(ct);
        return View("Dealercards", new CardList([.. found.Take(PageSize)], Today, string.IsNullOrWhiteSpace(q) ? null : q, number, found.Count > PageSize, MayEdit));
    }

    [HttpGet("new")]
    [Access(Audience.PortalAdministrator)]
    [RestoresCarriedForm]
    public ViewResult New() => View("New", new NewCardPage(new CardForm(), new CardVersionForm { From = CardVersionForm.DateOf(Today) }));

    [HttpPost("new")]
    [Access(Audience.PortalAdministrator)]
    [RequestSizeLimit(CardUpload.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = CardUpload.MaxRequestBytes)]
    public async Task<IActionResult> Add(
        [Bind(Prefix = nameof(NewCardPage.Card))] CardForm card,
        [Bind(Prefix = nameof(NewCardPage.Version))] CardVersionForm version,
        [FromServices] IValidator<CardForm> cardValidator,
        [FromServices] IValidator<CardVersionForm> versionValidator,
        CancellationToken ct)
    {
        (await cardValidator.ValidateAsync(card, ct)).AddToModelState(ModelState, nameof(NewCardPage.Card));
        (await versionValidator.ValidateAsync(version, ct)).AddToModelState(ModelState, nameof(NewCardPage.Version));
        await uploads.TakeInAsync(version, ModelState, nameof(NewCardPage.Version), ct);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("New", new NewCardPage(card, version));
        }

        var result = await keeping.AddAsync(card.ToContent(), version.ToValidity(), version.TakenIn!, user.Required.UserId, ct);
        return Done(result.CardId, "Added");
    }

    [HttpGet("{cardId:int}")]
    [Access(Audience.Staff)]
    [RestoresCarriedForm]
    public async Task<IActionResult> Card([FromRoute] int cardId, CancellationToken ct) =>
        await FindAsync(cardId, ct) is { } card ? View("Card", await PageAsync(card, CardForm.Of(card), ct)) : NotFound();

    [HttpPost("{cardId:int}")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> Save(
        [FromRoute] int cardId, [Bind(Prefix = nameof(CardPage.Form))] CardForm form, [FromServices] IValidator<CardForm> validator, CancellationToken ct)
    {
        if (await FindAsync(cardId, ct) is not { } card)
            return NotFound();
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(CardPage.Form));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Card", await PageAsync(card, form, ct));
        }

        var result = await keeping.ChangeAsync(cardId, form.StampOrEmpty, form.ToContent(), user.Required.UserId, ct);
        return result.Outcome switch
        {
            CardOutcome.Saved => Done(cardId, "Saved"),
            CardOutcome.Changed when await FindAsync(cardId, ct) is { } changed => await ConflictAsync(changed, form, ct),
            _ => NotFound(),
        };
    }

    private Task<Dealercard?> FindAsync(int id, CancellationToken ct) => db.Dealercards.AsNoTracking().Include(c => c.Versions).SingleOrDefaultAsync(c => c.Id == id, ct);

    private async Task<CardPage> PageAsync(Dealercard card, CardForm form, CancellationToken ct)
    {
        var people = card.Versions.Select(v => v.UploadedById).Append(card.UpdatedById).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FirstName + " " + u.LastName, ct);
        return new CardPage(card, form, names, Today, MayEdit);
    }

    private async Task<IActionResult> ConflictAsync(Dealercard card, CardForm form, CancellationToken ct)
    {
        var page = await PageAsync(card, form, ct);
        form.Stamp = card.Stamp.ToString();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("Card", page with
        {
            Now =
            [
                .. new (string Label, bool Differs, string Shown)[]
                {
                    (texts["Title"], TypedText.SingleLine(form.Title) != card.Title, card.Title),
                    (words["Languages"], form.ChosenLanguages != card.Languages, DealercardWords.LanguagesOf(card.Languages)),
                    (texts["Countries"], form.ChosenCountries != card.Countries, words[$"Countries.{card.Countries}"]),
                    (words["Goods"], form.ChosenGoods != card.Goods, words.GoodsOf(card.Goods)),
                }.Where(field => field.Differs).Select(field => (field.Label, field.Shown)),
            ],
        });
    }

    private RedirectResult Done(int cardId, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect(CardPaths.Of(cardId));
    }
}
