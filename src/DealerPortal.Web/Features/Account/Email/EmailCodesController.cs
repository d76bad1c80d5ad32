using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Registration;
using DealerPortal.Web.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Email;

/// <summary>Where both mailboxes are proven, in any order. The password was asked for at the beginning; two codes prove more than it does.</summary>
[Access(Audience.MemberOrStaff)]
[Route("/account/email/codes")]
public sealed class EmailCodesController(
    CurrentUser user,
    EmailChangeService changes,
    SessionCookie cookie,
    IValidator<CodeForm> codes,
    IStringLocalizer<RegistrationTexts> codeTexts,
    IStringLocalizer<EmailTexts> texts,
    TimeProvider time) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Show(CancellationToken ct) =>
        await changes.FindAsync(user.Required, ct) is { } open ? Page(open, new EmailCodesForm()) : Redirect("/account/email");

    [HttpPost]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ConfirmAsync(EmailCodesForm form, CancellationToken ct)
    {
        var person = user.Required;
        if (await changes.FindAsync(person, ct) is not { } open)
            return Lead("StartAgain", "/account");
        EmailSide[] missing = [.. Enum.GetValues<EmailSide>().Where(side => open.CodeOf(side).VerifiedAt is null)];
        // One code at a time will do; without any, all that are missing are asked for.
        foreach (var side in missing.Where(side => missing.All(s => IsEmpty(form, s)) || !IsEmpty(form, side)))
            await VerifyAsync(side, form.Of(side), ct);

        switch (await changes.FinishAsync(person, ct))
        {
            case EmailChangeOutcome.Done:
                await cookie.RenewAsync(HttpContext, ct);
                return Lead("Changed", "/account");
            case EmailChangeOutcome.Taken:
                return Lead("Taken", "/account/email");
        }

        if (await changes.FindAsync(person, ct) is not { } now)
            return Lead("StartAgain", "/account");
        if (ModelState.IsValid)
            return Lead("OneConfirmed", "/account/email/codes");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page(now, form);
    }

    [HttpPost("resend")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ResendAsync(CancellationToken ct)
    {
        if (await changes.FindAsync(user.Required, ct) is null)
            return Lead("StartAgain", "/account");
        var asked = await changes.ResendAsync(user.Required, ct);
        TempData["Notice"] = asked ? texts["Resent"].Value : codeTexts["Code.ResendEarly"].Value;
        return RedirectToAction(nameof(Show));
    }

    [HttpPost("give-up")]
    public async Task<IActionResult> GiveUpAsync(CancellationToken ct)
    {
        await changes.GiveUpAsync(user.Required, ct);
        return Lead("GivenUp", "/account");
    }

    private static bool IsEmpty(EmailCodesForm form, EmailSide side) => string.IsNullOrWhiteSpace(form.Of(side).Code);

    private async Task VerifyAsync(EmailSide side, CodeForm typed, CancellationToken ct)
    {
        var name = EmailCodesForm.NameOf(side);
        if (await codes.ValidateAsync(typed, ct) is { IsValid: false } invalid)
        {
            ModelState.AddModelError(name, invalid.Errors[0].ErrorMessage);
            return;
        }

        switch (await changes.VerifyAsync(user.Required, side, typed.Digits, ct))
        {
            case CodeOutcome.Wrong:
                ModelState.AddModelError(name, codeTexts["Code.Wrong"]);
                break;
            case CodeOutcome.Exhausted:
                ModelState.AddModelError(name, codeTexts["Code.Exhausted"]);
                break;
            case CodeOutcome.Expired:
                ModelState.AddModelError(name, codeTexts["Code.Expired"]);
                break;
        }
    }

    private RedirectResult Lead(string notice, string url)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect(url);
    }

    private ViewResult Page(OpenEmailChange open, EmailCodesForm form)
    {
        var asked = new[] { open.Current, open.New }.Where(code => code.VerifiedAt is null).Select(code => code.LastRequestedAt).DefaultIfEmpty().Min();
        var wait = asked + MailedCode.ResendAfter - time.GetUtcNow().UtcDateTime;
        ViewData[EmailCodesPage.Key] = new EmailCodesPage(
            user.Required.Email, open.Change.NewEmail, open.Current, open.New, Math.Max(0, (int)Math.Ceiling(wait.TotalSeconds)));
        return View("Codes", form);
    }
}
