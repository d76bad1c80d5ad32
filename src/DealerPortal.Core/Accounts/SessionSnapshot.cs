using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>Everything a request needs to know about who is asking, read at once and kept for seconds.</summary>
public sealed record SessionSnapshot
{
    public required Guid SessionId { get; init; }
    public required int UserId { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string Email { get; init; }
    public required string Language { get; init; }
    public required StaffRole StaffRole { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public required DateTime LastSeenAt { get; init; }

    /// <inheritdoc cref="UserSession.ProvenAt"/>
    public required DateTime ProvenAt { get; init; }

    public required bool HasSecondFactor { get; init; }

    /// <inheritdoc cref="User.HasBounced"/>
    public bool HasBounced { get; init; }

    /// <summary>The organisation this session works for; null for staff and for people without an approved membership.</summary>
    public SessionOrganisation? Organisation { get; init; }

    /// <summary>All organisations this person works for, by name.</summary>
    public IReadOnlyList<SessionOrganisation> Organisations { get; init; } = [];

    /// <summary>The dealer in whose place a member of the staff is. On the dealer's side of the portal everything else here is the dealer's, or the agent's who files for the dealer.</summary>
    public SeatedDealer? Seat { get; init; }

    /// <summary>Whose the dossiers are that this person files: their own, or the dealer's for whom support does it.</summary>
    public int FilesForUserId => Seat is { Mode: SeatMode.File } dealer && !IsStaff ? dealer.UserId : UserId;

    /// <summary>The organisation that has yet to decide, for a person who belongs nowhere else.</summary>
    public string? PendingOrganisationName { get; init; }

    public string FullName => $"{FirstName} {LastName}";
    public bool IsStaff => StaffRole != StaffRole.None;
    public bool IsMember => Organisation is not null;

    /// <summary>Staff work with a second factor only; until there is one, the session is good for setting it up and nothing else.</summary>
    public bool MustSetUpSecondFactor => IsStaff && !HasSecondFactor;

    public bool IsOrganisationAdministrator => Organisation is { Role: MembershipRole.Administrator };

    public bool HasSeveralOrganisations => Organisations.Count > 1;

    /// <summary>The organisation that the person has chosen, whose rows lists show that name none.</summary>
    public SessionOrganisation? ListedOrganisation { get; private init; }

    /// <summary>Whether this request is about another organisation than the chosen one.</summary>
    public bool IsElsewhere => ListedOrganisation is { } listed && listed.Id != Organisation?.Id;

    /// <summary>The same person at work for one of their organisations, with the rights they have there; null when it is none of theirs.</summary>
    public SessionSnapshot? In(int organisationId) => Organisations.FirstOrDefault(o => o.Id == organisationId) is { } organisation
        ? this with { Organisation = organisation, ListedOrganisation = ListedOrganisation ?? Organisation }
        : null;

    /// <summary>The rights with which this person reads dossiers.</summary>
    public Reader Reader => new(UserId, StaffRole, Organisation is { SeesAll: true });
}

public sealed record SessionOrganisation(int Id, string Name, MembershipRole Role, bool ColleaguesSeeAll)
{
    public bool SeesAll => Role == MembershipRole.Administrator || ColleaguesSeeAll;
}

public static class SessionReading
{
    /// <summary>The sessions in which a person is signed in now.</summary>
    public static IQueryable<UserSession> OpenSessions(this PortalDbContext db, int userId, DateTime now)
    {
        var idleSince = now - SessionService.StaffIdle;
        return db.Sessions.Where(session => session.UserId == userId && session.EndedAt == null && session.ExpiresAt > now
            && db.Users.Any(user => user.Id == userId && user.SecurityStamp == session.SecurityStamp && (user.StaffRole == StaffRole.None || session.LastSeenAt > idleSince)));
    }

    /// <summary>
    /// The session as it stands now, or null when it ended, expired, stood idle as a member of staff's, or its user was
    /// deactivated or got another security stamp.
    /// </summary>
    public static async Task<SessionSnapshot?> ReadSessionAsync(this PortalDbContext db, Guid sessionId, DateTime now, CancellationToken ct)
    {
        var idleSince = now - SessionService.StaffIdle;
        var row = await (
            from session in db.Sessions.AsNoTracking()
            join user in db.Users.AsNoTracking() on session.UserId equals user.Id
            where session.Id == sessionId && session.EndedAt == null && session.ExpiresAt > now
                && user.DeactivatedAt == null && user.SecurityStamp == session.SecurityStamp
                && (user.StaffRole == StaffRole.None || session.LastSeenAt > idleSince)
            select new
            {
                session.OrganisationId,
                session.ExpiresAt,
                session.LastSeenAt,
                session.ProvenAt,
                user.Id,
                user.FirstName,
                user.LastName,
                user.Email,
                user.Language,
                user.StaffRole,
                user.TwoFactorEnabled,
                HasBounced = user.BouncedAddress != null && user.BouncedAddress == user.Email,
            })
            .SingleOrDefaultAsync(ct);
        if (row is null)
            return null;

        var memberships = row.StaffRole != StaffRole.None ? [] : await (
            from membership in db.Memberships.AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.UserId == row.Id && organisation.DeactivatedAt == null
                && (membership.Status == MembershipStatus.Approved || membership.Status == MembershipStatus.Pending)
            orderby membership.Id
            select new { organisation.Id, organisation.Name, organisation.ColleaguesSeeAll, membership.Role, membership.Status })
            .ToListAsync(ct);
        var approved = memberships.Where(m => m.Status == MembershipStatus.Approved)
            .Select(m => new SessionOrganisation(m.Id, m.Name, m.Role, m.ColleaguesSeeAll)).ToList();
        var current = approved.Find(o => o.Id == row.OrganisationId) ?? approved.FirstOrDefault();

        return new SessionSnapshot
        {
            SessionId = sessionId,
            UserId = row.Id,
            FirstName = row.FirstName,
            LastName = row.LastName,
            Email = row.Email!,
            Language = row.Language,
            StaffRole = row.StaffRole,
            ExpiresAt = row.ExpiresAt,
            LastSeenAt = row.LastSeenAt,
            ProvenAt = row.ProvenAt,
            HasSecondFactor = row.TwoFactorEnabled,
            HasBounced = row.HasBounced,
            Organisation = current,
            Organisations = [.. approved.OrderBy(o => o.Name, StringComparer.CurrentCulture).ThenBy(o => o.Id)],
            PendingOrganisationName = current is null ? memberships.FirstOrDefault()?.Name : null,
        };
    }
}
