using DealerPortal.Core;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Account;
using DealerPortal.Web.Features.Password;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Invitation;

/// <summary>From an invitation's link to an account of staff, which then sets up its second factor. Looking consumes nothing.</summary>
[AllowAnonymous]
[Route("/invitation")]
public sealed class InvitationController(StaffInvitations invitations, SessionCookie cookie, NewPasswordCheck newPassword, IValidator<InvitedForm> validator, IStringLocalizer<InvitationTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Show(string? token, CancellationToken ct) =>
        token is { Length: > 0 } && await invitations.FindAsync(token, ct) is { } invitation ? Page(invitation, new InvitedForm { Token = token }) : Over();

    [HttpPost]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> AcceptAsync(InvitedForm form, CancellationToken ct)
    {
        if (form.Token is not { Length: > 0 } token || await invitations.FindAsync(token, ct) is not { } invitation)
            return Over();
        var (first, last) = (TypedText.SingleLine(form.FirstName), TypedText.SingleLine(form.LastName));
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        newPassword.AddTo(
            ModelState, (nameof(form.Password), nameof(form.PasswordRepeated)), form.Password, form.PasswordRepeated, [first, last, $"{first} {last}", invitation.Email]);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page(invitation, form);
        }

        if (await invitations.AcceptAsync(token, new NewStaff(first, last, form.Password!), ct) is not { } userId)
            return Over();
        await cookie.SignInAsync(HttpContext, userId, keep: false, ct);
        return Redirect("/account/security");
    }

    private ViewResult Page(StaffInvitation invitation, InvitedForm form)
    {
        ViewData[nameof(StaffInvitation)] = invitation;
        return View("Invitation", form);
    }

    /// <summary>A link that is used, withdrawn or old: the page says whom to ask.</summary>
    private ViewResult Over()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Over", texts["Over.Lead"].Value);
    }
}

public sealed class InvitedForm
{
    public string? Token { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Password { get; init; }
    public string? PasswordRepeated { get; init; }
}

internal sealed class InvitedValidator : AbstractValidator<InvitedForm>
{
    public InvitedValidator(IStringLocalizer<AccountTexts> texts)
    {
        RuleFor(f => f.FirstName).FirstName(texts);
        RuleFor(f => f.LastName).LastName(texts);
    }
}
