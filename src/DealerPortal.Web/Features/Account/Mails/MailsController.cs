using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Bounces;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Mails;

/// <summary>Which mails about dossiers a member gets, and what to do when they come back.</summary>
[Access(Audience.Member)]
[Route("/account/mails")]
public sealed class MailsController(CurrentUser user, PortalDbContext db, IStringLocalizer<AccountTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Show(CancellationToken ct)
    {
        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == user.Required.UserId, ct);
        return View("Mails", new MailsPage(person.Email!, person.NotifyByMail, person.MutedMails, person.HasBounced ? person.BouncedAt : null, person.BounceReason));
    }

    /// <param name="notifyByMail">Ticked or not.</param>
    /// <param name="topics">The kinds that are ticked, by name.</param>
    [HttpPost]
    public async Task<IActionResult> SaveAsync(string? notifyByMail, string[]? topics, [FromServices] MailPreferences preferences, CancellationToken ct)
    {
        var wanted = AllMailTopics.List.Where(topic => topics?.Contains(topic.ToString()) == true).Aggregate(MailTopics.None, (all, topic) => all | topic);
        await preferences.SaveAsync(user.Required.UserId, new MailChoice(notifyByMail == "true", AllMailTopics.All & ~wanted), ct);
        return Done("Mails.Saved");
    }

    /// <summary>The person says that mails to their address get there again.</summary>
    [HttpPost("address")]
    public async Task<IActionResult> ConfirmAsync([FromServices] AddressConfirmation address, CancellationToken ct)
    {
        await address.ConfirmAsync(user.Required.UserId, ct);
        return Done("Bounce.Confirmed");
    }

    private RedirectToActionResult Done(string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToAction(nameof(Show));
    }
}

/// <param name="BouncedAt">When a mail to the address came back; null while none did.</param>
/// <param name="Reason">What the server said then.</param>
public sealed record MailsPage(string Email, bool NotifyByMail, MailTopics Muted, DateTime? BouncedAt, string? Reason)
{
    public bool Wants(MailTopics topic) => (Muted & topic) == MailTopics.None;
}
