using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Invitations;

/// <summary>Whom an administrator invites to the organisation; who waits stands on the page of the members.</summary>
[Access(Audience.OrganisationAdministrator)]
public sealed class InvitationsController(
    CurrentUser user, MemberInvitations invitations, IValidator<InviteMemberForm> validator, IStringLocalizer<InvitationsTexts> texts) : Controller
{
    [HttpGet("/account/users/invite")]
    [RestoresCarriedForm]
    public ViewResult Invite() => View("Invite", new InviteMemberForm { Role = nameof(MembershipRole.Employee), MailLanguage = Languages.Current });

    [HttpPost("/account/users/invite")]
    public async Task<IActionResult> InviteAsync(InviteMemberForm form, CancellationToken ct)
    {
        var person = user.Required;
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (ModelState.IsValid && EmailAddress.TryParse(form.Email, out var email))
        {
            var outcome = await invitations.InviteAsync(
                new MemberInvite(person.Organisation!.Id, email, Given(form.FirstName), Given(form.LastName), Enum.Parse<MembershipRole>(form.Role!), form.MailLanguage!), person.UserId, ct);
            switch (outcome)
            {
                case MemberInviteOutcome.Done:
                    TempData["Notice"] = texts["Invited", email].Value;
                    return Redirect("/account/users");
                case MemberInviteOutcome.NotAllowed:
                    return Forbid();
                default:
                    ModelState.AddModelError(nameof(form.Email), texts[$"Invite.{outcome}"]);
                    break;
            }
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Invite", form);
    }

    [HttpPost("/account/users/invitations/{memberInvitationId:guid}/resend")]
    public async Task<IActionResult> ResendAsync([FromRoute] Guid memberInvitationId, CancellationToken ct) =>
        Finish(await invitations.ResendAsync(user.Required.Organisation!.Id, memberInvitationId, user.Required.UserId, ct), "Resent");

    [HttpPost("/account/users/invitations/{memberInvitationId:guid}/withdraw")]
    public async Task<IActionResult> WithdrawAsync([FromRoute] Guid memberInvitationId, CancellationToken ct) =>
        Finish(await invitations.WithdrawAsync(user.Required.Organisation!.Id, memberInvitationId, user.Required.UserId, ct), "Withdrawn");

    private static string? Given(string? typed) => TypedText.SingleLine(typed) is { Length: > 0 } given ? given : null;

    private IActionResult Finish(MemberInviteOutcome outcome, string done)
    {
        if (outcome == MemberInviteOutcome.NotFound)
            return NotFound();
        if (outcome == MemberInviteOutcome.NotAllowed)
            return Forbid();
        TempData["Notice"] = texts[outcome == MemberInviteOutcome.Done ? done : $"Invitation.{outcome}"].Value;
        return Redirect("/account/users");
    }
}

public sealed class InviteMemberForm
{
    public string? Email { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Role { get; init; }

    /// <summary>Of the mail; not the page's, which has a field of the plain name.</summary>
    public string? MailLanguage { get; init; }
}

internal sealed class InviteMemberValidator : AbstractValidator<InviteMemberForm>
{
    private static readonly string[] _roles = [nameof(MembershipRole.Employee), nameof(MembershipRole.Administrator)];

    public InviteMemberValidator(IStringLocalizer<InvitationsTexts> texts, IStringLocalizer<AccountTexts> fields)
    {
        RuleFor(f => f.Email).Must(email => EmailAddress.TryParse(email, out _)).WithMessage(_ => texts["Email.Invalid"]);
        RuleFor(f => f.FirstName).Must(IsShort).WithMessage(_ => fields["TooLong", User.NameMaxLength]);
        RuleFor(f => f.LastName).Must(IsShort).WithMessage(_ => fields["TooLong", User.NameMaxLength]);
        RuleFor(f => f.Role).Must(role => _roles.Contains(role)).WithMessage(_ => texts["Role.Required"]);
        RuleFor(f => f.MailLanguage).Must(language => Languages.All.Contains(language)).WithMessage(_ => fields["Language.Required"]);
    }

    private static bool IsShort(string? name) => TypedText.SingleLine(name).Length <= User.NameMaxLength;
}

/// <param name="ExpiresAt">When the last link stops working.</param>
public sealed record WaitingInvitation(MemberInvitation Invitation, DateTime ExpiresAt, bool IsExpired)
{
    public static WaitingInvitation Of(MemberInvitation invitation, DateTime now)
    {
        var expires = invitation.SentAt + MemberInvitation.Lifetime;
        return new WaitingInvitation(invitation, expires, expires <= now);
    }

    /// <summary>Null where nobody has said it.</summary>
    public string? FullName => $"{Invitation.FirstName} {Invitation.LastName}".Trim() is { Length: > 0 } name ? name : null;
}
