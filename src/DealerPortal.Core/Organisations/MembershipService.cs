using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.OldPortal;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>An administrator's move: in which organisation, on which membership, by whom.</summary>
public sealed record MembershipMove(int OrganisationId, int MembershipId, int ActorId);

public enum MoveOutcome
{
    Done,

    /// <summary>It is so already, or somebody was faster.</summary>
    Unchanged,

    /// <summary>No such membership in this organisation.</summary>
    NotFound,

    /// <summary>An organisation keeps an administrator.</summary>
    LastAdministrator,

    /// <summary>Whoever asks is no administrator any more.</summary>
    NotAllowed,
}

/// <summary>
/// What administrators decide about members. Moves in one organisation happen one after another, so that two who
/// demote each other in the same instant do not leave it without an administrator.
/// </summary>
public sealed class MembershipService(PortalDatabase database, PortalDbContext db, SessionService sessions, MailQueue mails, TimeProvider time)
{
    /// <summary>Approves or refuses a request; the applicant gets a mail either way.</summary>
    public async Task<MoveOutcome> DecideAsync(MembershipMove move, bool approve, CancellationToken ct)
    {
        if (await RenderAsync(move, organisation => approve ? new MembershipApproved(organisation, $"/?organisation={move.OrganisationId}") : new MembershipRefused(organisation), ct) is not { } mail)
            return MoveOutcome.NotFound;
        return await MoveAsync(move, approve ? "membership.approved" : "membership.refused", (write, membership, now) =>
        {
            if (!membership.Decide(approve, move.ActorId, now))
                return false;
            mails.Enqueue(write, mail);
            return true;
        }, ct);
    }

    /// <summary>Makes an approved member an administrator, or an employee.</summary>
    public Task<MoveOutcome> ChangeRoleAsync(MembershipMove move, MembershipRole role, CancellationToken ct) =>
        MoveAsync(move, role == MembershipRole.Administrator ? "membership.promoted" : "membership.demoted", (_, membership, _) =>
        {
            if (membership.Status != MembershipStatus.Approved || membership.Role == role)
                return false;
            membership.Role = role;
            return true;
        }, ct);

    /// <summary>Takes an approved member's access away.</summary>
    public Task<MoveOutcome> DeactivateAsync(MembershipMove move, CancellationToken ct) =>
        MoveAsync(move, "membership.deactivated", (_, membership, now) => membership.Deactivate(move.ActorId, now), ct);

    /// <summary>Gives a deactivated or refused person access, and tells them so: they had a mail that said otherwise.</summary>
    public async Task<MoveOutcome> ReactivateAsync(MembershipMove move, CancellationToken ct)
    {
        if (await RenderAsync(move, organisation => new MembershipApproved(organisation, $"/?organisation={move.OrganisationId}"), ct) is not { } mail)
            return MoveOutcome.NotFound;
        return await MoveAsync(move, "membership.reactivated", (write, membership, now) =>
        {
            if (!membership.Reactivate(move.ActorId, now))
                return false;
            mails.Enqueue(write, mail);
            return true;
        }, ct);
    }

    /// <summary>A member gives up their own place; an organisation's last administrator cannot.</summary>
    public async Task<MoveOutcome> LeaveAsync(int organisationId, int userId, CancellationToken ct)
    {
        var membershipId = await db.Memberships.Where(m => m.OrganisationId == organisationId && m.UserId == userId).Select(m => m.Id).SingleOrDefaultAsync(ct);
        return await MoveAsync(
            new MembershipMove(organisationId, membershipId, userId), "membership.left", (_, membership, now) => membership.Deactivate(userId, now), ct, byMember: true);
    }

    /// <summary>A mail to the member, given the organisation's name; null when there is no such membership.</summary>
    private async Task<RenderedMail?> RenderAsync(MembershipMove move, Func<string, PortalMail> mail, CancellationToken ct)
    {
        var member = await (
            from membership in db.Memberships.AsNoTracking()
            join user in db.Users.AsNoTracking() on membership.UserId equals user.Id
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.Id == move.MembershipId && membership.OrganisationId == move.OrganisationId
            select new { user.Id, user.Email, user.FirstName, user.LastName, user.Language, Organisation = organisation.Name })
            .SingleOrDefaultAsync(ct);
        return member is null
            ? null
            : mails.Render(mail(member.Organisation), new MailRecipient(member.Email!, $"{member.FirstName} {member.LastName}", member.Language, member.Id));
    }

    private async Task<MoveOutcome> MoveAsync(MembershipMove move, string action, Func<WriteScope, Membership, DateTime, bool> change, CancellationToken ct, bool byMember = false)
    {
        var now = time.GetUtcNow().UtcDateTime;
        int? changed;
        MoveOutcome outcome;
        try
        {
            (outcome, changed) = await database.WriteAsync(async (write, token) =>
            {
                // Updating the organisation's row, though nothing in it changes, makes other moves in it wait for this one.
                await write.Db.Organisations.Where(o => o.Id == move.OrganisationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), token);
                var administrators = await write.Db.AdministratorsAsync(move.OrganisationId, token);
                if (!byMember && !administrators.Exists(a => a.Id == move.ActorId))
                    return (MoveOutcome.NotAllowed, (int?)null);
                var membership = await write.Db.Memberships.SingleOrDefaultAsync(m => m.Id == move.MembershipId && m.OrganisationId == move.OrganisationId, token);
                if (membership is null)
                    return (MoveOutcome.NotFound, null);
                if (!change(write, membership, now))
                    return (MoveOutcome.Unchanged, null);
                await write.Db.SaveChangesAsync(token);
                if (membership.Status == MembershipStatus.Approved)
                    await AwaitedOwners.GiveAsync(write, move.OrganisationId, membership.UserId, now, token);
                if (administrators.Count > 0 && (await write.Db.AdministratorsAsync(move.OrganisationId, token)).Count == 0)
                    throw new LastAdministratorException();
                write.Db.Record(now, move.ActorId, action, nameof(Membership), membership.Id);
                return (MoveOutcome.Done, membership.UserId);
            }, ct);
        }
        catch (LastAdministratorException)
        {
            return MoveOutcome.LastAdministrator;
        }

        if (changed is { } userId)
            await sessions.ForgetUserAsync(userId, ct);
        return outcome;
    }

    /// <summary>Undoes the whole write.</summary>
    private sealed class LastAdministratorException : Exception;
}
