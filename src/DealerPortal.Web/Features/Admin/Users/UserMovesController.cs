using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Users;

/// <summary>What staff do to an account: support helps somebody in, portal administrators also close and reset.</summary>
[Route("/admin/users/{userId:int}")]
public sealed class UserMovesController(CurrentUser user, UserAdministration administration, IStringLocalizer<AdminUsersTexts> texts) : Controller
{
    [HttpPost("unlock")]
    [Access(Audience.Staff)]
    public async Task<IActionResult> UnlockAsync([FromRoute] int userId, CancellationToken ct) =>
        Finish(userId, await administration.UnlockAsync(Move(userId), ct), "Unlock");

    [HttpPost("password-mail")]
    [Access(Audience.Staff)]
    public async Task<IActionResult> SendPasswordMailAsync([FromRoute] int userId, CancellationToken ct) =>
        Finish(userId, await administration.SendPasswordMailAsync(Move(userId), ct), "PasswordMail");

    [HttpPost("end-sessions")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> EndSessionsAsync([FromRoute] int userId, CancellationToken ct) =>
        Finish(userId, await administration.EndSessionsAsync(Move(userId), ct), "EndSessions");

    [HttpPost("reset-factor")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> ResetFactorAsync([FromRoute] int userId, CancellationToken ct) =>
        Finish(userId, await administration.ResetSecondFactorAsync(Move(userId), ct), "ResetFactor");

    [HttpPost("deactivate")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> DeactivateAsync([FromRoute] int userId, CancellationToken ct) =>
        Finish(userId, await administration.DeactivateAsync(Move(userId), ct), "Deactivate");

    [HttpPost("reactivate")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> ReactivateAsync([FromRoute] int userId, CancellationToken ct) =>
        Finish(userId, await administration.ReactivateAsync(Move(userId), ct), "Reactivate");

    /// <param name="role">SupportAgent or PortalAdministrator, by name.</param>
    [HttpPost("role")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> ChangeRoleAsync([FromRoute] int userId, string? role, CancellationToken ct) => role switch
    {
        nameof(StaffRole.SupportAgent) => Finish(userId, await administration.ChangeRoleAsync(Move(userId), StaffRole.SupportAgent, ct), "Role"),
        nameof(StaffRole.PortalAdministrator) => Finish(userId, await administration.ChangeRoleAsync(Move(userId), StaffRole.PortalAdministrator, ct), "Role"),
        _ => BadRequest(),
    };

    private UserMove Move(int userId) => new(user.Required.UserId, userId);

    private IActionResult Finish(int userId, UserMoveOutcome outcome, string move)
    {
        if (outcome is UserMoveOutcome.NotFound or UserMoveOutcome.NotAllowed)
            return NotFound();
        TempData["Notice"] = texts[outcome switch
        {
            UserMoveOutcome.Done => $"{move}.Done",
            UserMoveOutcome.Unchanged => $"{move}.Unchanged",
            _ => $"Move.{outcome}",
        }].Value;
        return Redirect(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/admin/users/{userId}"));
    }
}
