using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Password;
using DealerPortal.Web.Features.Registration;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Invitation;

/// <summary>From an invitation's link to a place in an organisation, with a new account or the one that the address has. Looking consumes nothing.</summary>
[AllowAnonymous]
[Route(Path)]
public sealed class MemberInvitationController(
    MemberInvitations invitations, SessionService sessions, SessionCookie cookie, CurrentUser user, NewPasswordCheck newPassword, IValidator<IPersonForm> validator, IStringLocalizer<InvitationTexts> texts) : Controller
{
    public const string Path = "/invitation/member";

    [HttpGet]
    public async Task<IActionResult> Show(string? token, CancellationToken ct) =>
        await FindAsync(token, ct) is { } open
            ? Page(open, new InvitedMemberForm { Token = token, FirstName = open.Invitation.FirstName, LastName = open.Invitation.LastName })
            : Over();

    [HttpPost]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> AcceptAsync(InvitedMemberForm form, CancellationToken ct)
    {
        if (await FindAsync(form.Token, ct) is not { } open)
            return Over();
        if (open.UserId is { } known)
            return user.Snapshot?.UserId == known ? await JoinAsync(open, form.Token!, known, ct) : Page(open, form);

        var (first, last) = (TypedText.SingleLine(form.FirstName), TypedText.SingleLine(form.LastName));
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        newPassword.AddTo(
            ModelState, (nameof(form.Password), nameof(form.PasswordRepeated)), form.Password, form.PasswordRepeated, [first, last, $"{first} {last}", open.Invitation.Email]);
        if (!ModelState.IsValid || !PhoneNumber.TryParse(form.Phone, out var phone))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page(open, form);
        }

        if (await invitations.AcceptAsync(form.Token!, new InvitedMember(first, last, phone, form.Password!), Languages.Current, ct) is not { } userId)
            return Over();
        // Whoever was signed in at this browser is no longer.
        if (user.Snapshot is not null)
            await cookie.SignOutAsync(HttpContext, ct);
        await cookie.SignInAsync(HttpContext, userId, keep: false, ct);
        return Welcome(open);
    }

    private async Task<OpenInvitation?> FindAsync(string? token, CancellationToken ct) => token is { Length: > 0 } ? await invitations.FindAsync(token, ct) : null;

    private async Task<IActionResult> JoinAsync(OpenInvitation open, string token, int userId, CancellationToken ct)
    {
        if (await invitations.AcceptAsync(token, userId, ct) is null)
            return Over();
        // Whoever has just joined wants to see it, whichever they worked for a moment ago.
        await sessions.ChooseAsync(user.Required.SessionId, open.Invitation.OrganisationId, ct);
        return Welcome(open);
    }

    private RedirectResult Welcome(OpenInvitation open)
    {
        TempData["Notice"] = texts["Member.Joined", open.Organisation].Value;
        return Redirect($"/?organisation={open.Invitation.OrganisationId}");
    }

    private ViewResult Page(OpenInvitation open, InvitedMemberForm form)
    {
        ViewData[nameof(OpenInvitation)] = open;
        ViewData["Email"] = open.Invitation.Email;
        if (open.UserId is null)
            return View("Member", form);
        return View("KnownMember", new KnownMemberPage(open, form.Token!, user.Snapshot is { } person ? person.UserId == open.UserId : null));
    }

    private ViewResult Over()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Over", texts["Member.Over", MemberInvitation.Lifetime.Days].Value);
    }
}

public sealed class InvitedMemberForm : IPersonForm
{
    public string? Token { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Phone { get; init; }
    public string? Password { get; init; }
    public string? PasswordRepeated { get; init; }
}

/// <param name="IsSelf">Whether whoever has the address is signed in; null when nobody is.</param>
public sealed record KnownMemberPage(OpenInvitation Open, string Token, bool? IsSelf);
