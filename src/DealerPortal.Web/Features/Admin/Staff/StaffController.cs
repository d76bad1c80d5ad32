using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Staff;

/// <summary>Who works here, and who is invited to. What is done to one of them stands on the person's own page.</summary>
[Access(Audience.PortalAdministrator)]
public sealed class StaffController(
    CurrentUser user,
    PortalDbContext db,
    StaffInvitations invitations,
    IValidator<InviteForm> validator,
    IStringLocalizer<StaffTexts> texts,
    TimeProvider time) : Controller
{
    private const int Shown = 500;

    [HttpGet("/admin/staff")]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var members = await db.Users.AsNoTracking().Where(u => u.StaffRole != StaffRole.None)
            .OrderBy(u => u.DeactivatedAt != null).ThenBy(u => u.LastName).ThenBy(u => u.FirstName).Take(Shown)
            .Select(u => new StaffRow(u.Id, u.FirstName, u.LastName, u.Email!, u.StaffRole, u.LastSignInAt, u.TwoFactorEnabled, u.DeactivatedAt)).ToListAsync(ct);
        var waiting = await (
            from invitation in db.Set<StaffInvitation>().AsNoTracking()
            join inviter in db.Users.AsNoTracking() on invitation.InvitedById equals inviter.Id
            where invitation.AcceptedAt == null && invitation.WithdrawnAt == null
            orderby invitation.SentAt descending
            select new { invitation.Id, invitation.Email, invitation.Role, inviter.FirstName, inviter.LastName, invitation.SentAt }).Take(Shown).ToListAsync(ct);
        return View("Staff", new StaffPage(
            members,
            [.. waiting.Select(i => (Row: i, ExpiresAt: i.SentAt + StaffInvitation.Lifetime))
                .Select(i => new InvitationRow(i.Row.Id, i.Row.Email, i.Row.Role, $"{i.Row.FirstName} {i.Row.LastName}", i.Row.SentAt, i.ExpiresAt, i.ExpiresAt <= now))],
            user.Required.UserId));
    }

    [HttpGet("/admin/staff/invite")]
    [RestoresCarriedForm]
    public ViewResult Invite() => View("Invite", new InviteForm { Role = nameof(StaffRole.SupportAgent), MailLanguage = Languages.Current });

    [HttpPost("/admin/staff/invite")]
    public async Task<IActionResult> InviteAsync(InviteForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (ModelState.IsValid && EmailAddress.TryParse(form.Email, out var email))
        {
            var outcome = await invitations.InviteAsync(new StaffInvite(email, Enum.Parse<StaffRole>(form.Role!), form.MailLanguage!), user.Required.UserId, ct);
            if (outcome == InviteOutcome.Done)
            {
                TempData["Notice"] = texts["Invited", email].Value;
                return RedirectToAction(nameof(List));
            }

            ModelState.AddModelError(nameof(form.Email), texts[$"Invite.{outcome}"]);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Invite", form);
    }

    [HttpPost("/admin/staff/invitations/{invitationId:guid}/resend")]
    public async Task<IActionResult> ResendAsync([FromRoute] Guid invitationId, CancellationToken ct) =>
        Finish(await invitations.ResendAsync(invitationId, user.Required.UserId, ct), "Resent");

    [HttpPost("/admin/staff/invitations/{invitationId:guid}/withdraw")]
    public async Task<IActionResult> WithdrawAsync([FromRoute] Guid invitationId, CancellationToken ct) =>
        Finish(await invitations.WithdrawAsync(invitationId, user.Required.UserId, ct), "Withdrawn");

    private RedirectToActionResult Finish(bool isDone, string done)
    {
        TempData["Notice"] = texts[isDone ? done : "Invitation.Over"].Value;
        return RedirectToAction(nameof(List));
    }
}
