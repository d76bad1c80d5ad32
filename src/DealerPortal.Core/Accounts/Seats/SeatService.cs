using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Seats;

/// <summary>Takes and leaves the place of a dealer, for staff only, each on record.</summary>
public sealed class SeatService(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    /// <summary>False when there is no such approved member of an active organisation.</summary>
    public async Task<bool> TakeAsync(SessionSnapshot staff, int membershipId, SeatMode mode, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await database.WriteAsync(async (write, token) =>
        {
            if (!staff.IsStaff || !await Seated(write.Db).AnyAsync(row => row.Membership.Id == membershipId, token))
                return false;
            await write.Db.Set<DealerSeat>().Where(s => s.SessionId == staff.SessionId).ExecuteDeleteAsync(token);
            write.Db.Add(new DealerSeat { SessionId = staff.SessionId, MembershipId = membershipId, Mode = mode, TakenAt = now });
            write.Db.Record(now, staff.UserId, "seat.taken", nameof(Membership), membershipId, mode.ToString());
            return true;
        }, ct);
    }

    public async Task LeaveAsync(SessionSnapshot staff, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await database.WriteAsync(async (write, token) =>
        {
            var seat = await write.Db.Set<DealerSeat>().SingleOrDefaultAsync(s => s.SessionId == staff.SessionId, token);
            if (seat is null)
                return;
            write.Db.Remove(seat);
            write.Db.Record(now, staff.UserId, "seat.left", nameof(Membership), seat.MembershipId);
        }, ct);
    }

    /// <summary>The dealer in whose place this session is; null for none, and for one who is no member any more.</summary>
    public async Task<SeatedDealer?> FindAsync(Guid sessionId, CancellationToken ct)
    {
        var found = await (
            from seat in db.Set<DealerSeat>().AsNoTracking()
            join row in Seated(db) on seat.MembershipId equals row.Membership.Id
            where seat.SessionId == sessionId
            select new { seat.MembershipId, seat.Mode, row.Membership.UserId, row.Membership.Role, row.Person.FirstName, row.Person.LastName, row.Organisation.Id, row.Organisation.Name, row.Organisation.ColleaguesSeeAll })
            .SingleOrDefaultAsync(ct);
        return found is null
            ? null
            : new SeatedDealer(found.MembershipId, found.Mode, found.UserId, found.FirstName, found.LastName, new SessionOrganisation(found.Id, found.Name, found.Role, found.ColleaguesSeeAll));
    }

    /// <summary>The dealer for whom this member of the staff began a form, whatever place the session has taken since; null for no such form.</summary>
    public async Task<SeatedDealer?> FindOfDraftAsync(int staffId, Guid draftId, CancellationToken ct)
    {
        var found = await (
            from draft in db.Drafts.AsNoTracking().AllOrganisations()
            join row in Seated(db) on new { UserId = draft.ForUserId, draft.OrganisationId } equals new { UserId = (int?)row.Membership.UserId, row.Membership.OrganisationId }
            where draft.Id == draftId && draft.OwnerId == staffId
            select new { row.Membership.Id, row.Membership.UserId, row.Membership.Role, row.Person.FirstName, row.Person.LastName, OrganisationId = row.Organisation.Id, row.Organisation.Name, row.Organisation.ColleaguesSeeAll })
            .SingleOrDefaultAsync(ct);
        return found is null
            ? null
            : new SeatedDealer(found.Id, SeatMode.File, found.UserId, found.FirstName, found.LastName, new SessionOrganisation(found.OrganisationId, found.Name, found.Role, found.ColleaguesSeeAll));
    }

    /// <summary>Puts on record which page was looked at. The path names ids only; what was searched for is left out.</summary>
    public Task RecordLookAsync(SessionSnapshot staff, SeatedDealer dealer, string path, CancellationToken ct) => database.WriteAsync(
        (write, _) =>
        {
            write.Db.Record(time.GetUtcNow().UtcDateTime, staff.UserId, "seat.looked", nameof(Membership), dealer.MembershipId, path);
            return Task.CompletedTask;
        }, ct);

    private static IQueryable<SeatedMember> Seated(PortalDbContext db) =>
        from membership in db.Memberships.AsNoTracking()
        join person in db.Users.AsNoTracking() on membership.UserId equals person.Id
        join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
        where membership.Status == MembershipStatus.Approved && person.DeactivatedAt == null && person.StaffRole == StaffRole.None && organisation.DeactivatedAt == null
        select new SeatedMember { Membership = membership, Person = person, Organisation = organisation };

    private sealed class SeatedMember
    {
        public required Membership Membership { get; init; }
        public required User Person { get; init; }
        public required Organisation Organisation { get; init; }
    }
}
