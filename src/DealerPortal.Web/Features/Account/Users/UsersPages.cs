using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Account.Invitations;

namespace DealerPortal.Web.Features.Account.Users;

public sealed record MemberRow
{
    public required int Id { get; init; }
    public required int UserId { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string Email { get; init; }
    public required string? Phone { get; init; }
    public required MembershipRole Role { get; init; }
    public required MembershipStatus Status { get; init; }
    public required DateTime RequestedAt { get; init; }
    public required DateTime? DecidedAt { get; init; }
    public required DateTime? LastSignInAt { get; init; }

    /// <summary>When a mail to the address came back; null while they get there.</summary>
    public required DateTime? BouncedAt { get; init; }

    public string FullName => $"{FirstName} {LastName}";
    public string Initials => $"{FirstName.FirstOrDefault()}{LastName.FirstOrDefault()}".ToUpperInvariant();
}

/// <param name="Count">Of all members, on every page.</param>
/// <param name="Reader">Who is looking.</param>
public sealed record UsersPage(
    IReadOnlyList<MemberRow> Requests, IReadOnlyList<WaitingInvitation> Invitations, IReadOnlyList<MemberRow> Members, int Count, int Page, int Pages, int Administrators, SessionSnapshot Reader)
{
    public int UserId => Reader.UserId;

    /// <summary>Whether employees see each other's dossiers.</summary>
    public bool ColleaguesSeeAll => Reader.Organisation!.ColleaguesSeeAll;

    public bool IsOnlyAdministrator(MemberRow member) =>
        Administrators == 1 && member is { Role: MembershipRole.Administrator, Status: MembershipStatus.Approved };
}

public sealed record MemberPage(MemberRow Member, bool IsSelf, bool IsLastAdministrator);
