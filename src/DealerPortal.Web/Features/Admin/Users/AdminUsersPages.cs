using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Admin.Users;

/// <param name="Query">Null while nothing is looked for; the newest accounts then.</param>
/// <param name="HasMore">There are more than are shown: another word helps.</param>
public sealed record AdminUsersPage(string? Query, bool IsTooShort, IReadOnlyList<AdminUserRow> Users, bool HasMore);

/// <param name="Organisations">Names, also of those the person was in.</param>
public sealed record AdminUserRow(
    int Id, string FirstName, string LastName, string Email, StaffRole StaffRole, DateTime? LastSignInAt, DateTime? DeactivatedAt, IReadOnlyList<string> Organisations)
{
    public string FullName => PersonName.Shown($"{FirstName} {LastName}");
}

public sealed record AdminUserPage
{
    public required User User { get; init; }
    public required IReadOnlyList<AdminMembershipRow> Memberships { get; init; }
    public required IReadOnlyList<AdminSessionRow> Sessions { get; init; }

    /// <summary>Until when sign-ins are held back.</summary>
    public required DateTime? BlockedUntil { get; init; }

    public required int Passkeys { get; init; }
    public required int CodesLeft { get; init; }

    /// <summary>Whether who looks may do more than unlock and send a mail.</summary>
    public required bool MayManage { get; init; }

    public required bool IsSelf { get; init; }
    public bool IsStaff => User.StaffRole != StaffRole.None;
}

public sealed record AdminMembershipRow(int OrganisationId, string Organisation, MembershipRole Role, MembershipStatus Status, DateTime RequestedAt);

/// <param name="LastSeenAt">Kept for staff only.</param>
public sealed record AdminSessionRow(DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt);

public static class UserBadges
{
    public static StatusBadge Of(DateTime? deactivatedAt) =>
        deactivatedAt is null ? new("ok", "circle-check", "Account.Active") : new("idle", "ban", "Account.Deactivated");
}
