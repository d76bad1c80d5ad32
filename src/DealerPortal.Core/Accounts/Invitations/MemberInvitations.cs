using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Invitations;

/// <summary>Whom to invite, and as what.</summary>
/// <param name="Email">As <see cref="EmailAddress.TryParse"/> gives it.</param>
/// <param name="FirstName">Null where it is not known; the person writes it then.</param>
/// <param name="Language">Of the mail.</param>
public sealed record MemberInvite(int OrganisationId, string Email, string? FirstName, string? LastName, MembershipRole Role, string Language);

/// <summary>Who an invited person says to be; checked by the caller. The phone as E.164.</summary>
public sealed record InvitedMember(string FirstName, string LastName, string Phone, string Password);

public enum MemberInviteOutcome
{
    Done,

    /// <summary>The address is a member's.</summary>
    IsMember,

    /// <summary>Who has the address asked to join and waits: approve that.</summary>
    HasAsked,

    /// <summary>Who has the address was refused or deactivated: give the place back instead.</summary>
    WasMember,

    /// <summary>One waits already: send that one again.</summary>
    AlreadyInvited,

    /// <summary>The address has had its share of mails.</summary>
    TooMany,

    /// <summary>The organisation has invited <see cref="MemberInvitations.MaxADay"/> people within a day.</summary>
    TooManyToday,

    /// <summary>Whoever asks is no administrator any more.</summary>
    NotAllowed,

    /// <summary>It is accepted or withdrawn.</summary>
    Over,

    /// <summary>The organisation has no such invitation.</summary>
    NotFound,
}

/// <summary>An invitation whose link still works, and who would accept it.</summary>
/// <param name="UserId">The account that has its address; null when a new one is to be made.</param>
public sealed record OpenInvitation(MemberInvitation Invitation, string Organisation, int? UserId);

/// <summary>
/// Makes people members of an organisation by a link to their mailbox, which they use once. Whether the address has an account
/// is for its owner to see, not for who invites.
/// </summary>
public sealed class MemberInvitations(
    PortalDatabase database, PortalDbContext db, MailAllowances allowances, MailQueue mails, SessionService sessions, IPasswordHasher<User> hasher, TimeProvider time)
{
    /// <summary>
    /// Whom an organisation's own administrators may invite within a day, withdrawn ones too: anybody can register an organisation,
    /// and must not mail the world in our name. Staff invite as many as an old portal had.
    /// </summary>
    public const int MaxADay = 50;

    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    /// <summary>By an administrator of the organisation.</summary>
    public async Task<MemberInviteOutcome> InviteAsync(MemberInvite invite, int actorId, CancellationToken ct)
    {
        if (await RefusalAsync(db, invite.OrganisationId, invite.Email, ct) is { } refusal)
            return refusal;
        if (!await allowances.TakeAsync(EmailAddress.Normalise(invite.Email), ct))
            return MemberInviteOutcome.TooMany;
        var (inviter, organisation) = await SenderAsync(invite.OrganisationId, actorId, ct);
        return await database.WriteAgainAfterRaceAsync(async (write, cancel) =>
        {
            if (!await IsAdministratorAsync(write, invite.OrganisationId, actorId, cancel))
                return MemberInviteOutcome.NotAllowed;
            if (await RefusalAsync(write.Db, invite.OrganisationId, invite.Email, cancel) is { } outcome)
                return outcome;
            var since = Now - _day;
            var ofToday = write.Db.Set<MemberInvitation>().Where(i => i.OrganisationId == invite.OrganisationId && i.CreatedAt > since
                && write.Db.Users.Any(u => u.Id == i.InvitedById && u.StaffRole == StaffRole.None));
            if (await ofToday.CountAsync(cancel) >= MaxADay)
                return MemberInviteOutcome.TooManyToday;
            Add(write, invite, inviter, organisation, actorId);
            return MemberInviteOutcome.Done;
        }, ct);
    }

    /// <summary>Why nobody is to be invited by this address, as far as the organisation may know; null when nothing is in the way.</summary>
    public static async Task<MemberInviteOutcome?> RefusalAsync(PortalDbContext db, int organisationId, string email, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalise(email);
        var status = await (
            from user in db.Users
            join membership in db.Memberships on user.Id equals membership.UserId
            where user.NormalizedEmail == normalized && membership.OrganisationId == organisationId
            select (MembershipStatus?)membership.Status).SingleOrDefaultAsync(ct);
        if (status is { } known)
        {
            return known switch
            {
                MembershipStatus.Approved => MemberInviteOutcome.IsMember,
                MembershipStatus.Pending => MemberInviteOutcome.HasAsked,
                _ => MemberInviteOutcome.WasMember,
            };
        }

        return await db.Waiting<MemberInvitation>().AnyAsync(i => i.OrganisationId == organisationId && i.NormalizedEmail == normalized, ct) ? MemberInviteOutcome.AlreadyInvited : null;
    }

    /// <summary>Adds an invitation that nothing is in the way of; its mail goes out with the write.</summary>
    /// <param name="inviter">As the mail names who invites.</param>
    /// <param name="organisation">The organisation's name.</param>
    public MemberInvitation Add(WriteScope write, MemberInvite invite, string inviter, string organisation, int actorId)
    {
        var now = Now;
        var token = Secrets.NewToken();
        var invitation = new MemberInvitation
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = invite.OrganisationId,
            Email = invite.Email,
            NormalizedEmail = EmailAddress.Normalise(invite.Email),
            FirstName = invite.FirstName,
            LastName = invite.LastName,
            Role = invite.Role,
            Language = invite.Language,
            TokenHash = Secrets.Sha256(token),
            InvitedById = actorId,
            CreatedAt = now,
            SentAt = now,
        };
        write.Db.Add(invitation);
        write.Db.Record(now, actorId, "member.invited", nameof(MemberInvitation), invitation.Id, $"organisation {invite.OrganisationId}; {invite.Role}");
        mails.Enqueue(write, Render(invitation, inviter, organisation, token));
        return invitation;
    }

    /// <summary>Those of an organisation that wait, the newest first.</summary>
    public IQueryable<MemberInvitation> WaitingOf(int organisationId) =>
        db.Waiting<MemberInvitation>().AsNoTracking().Where(i => i.OrganisationId == organisationId).OrderByDescending(i => i.SentAt).ThenBy(i => i.Id);

    /// <summary>Another mail with another link, whose two weeks count from now.</summary>
    public async Task<MemberInviteOutcome> ResendAsync(int organisationId, Guid id, int actorId, CancellationToken ct)
    {
        if (await WaitingOf(organisationId).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } invitation)
            return await GoneAsync(db, organisationId, id, ct);
        if (!await allowances.TakeAsync(invitation.NormalizedEmail, ct))
            return MemberInviteOutcome.TooMany;
        var (inviter, organisation) = await SenderAsync(organisationId, actorId, ct);
        var now = Now;
        var token = Secrets.NewToken();
        var hash = Secrets.Sha256(token);
        var mail = Render(invitation, inviter, organisation, token);
        return await database.WriteAsync(async (write, cancel) =>
        {
            if (!await IsAdministratorAsync(write, organisationId, actorId, cancel))
                return MemberInviteOutcome.NotAllowed;
            if (await write.Db.Waiting<MemberInvitation>().Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.TokenHash, hash).SetProperty(i => i.SentAt, now), cancel) == 0)
                return MemberInviteOutcome.Over;
            write.Db.Record(now, actorId, "member.invitation-resent", nameof(MemberInvitation), id);
            mails.Enqueue(write, mail);
            return MemberInviteOutcome.Done;
        }, ct);
    }

    /// <summary>Makes the link void.</summary>
    public Task<MemberInviteOutcome> WithdrawAsync(int organisationId, Guid id, int actorId, CancellationToken ct)
    {
        var now = Now;
        return database.WriteAsync(async (write, cancel) =>
        {
            if (!await IsAdministratorAsync(write, organisationId, actorId, cancel))
                return MemberInviteOutcome.NotAllowed;
            var waiting = write.Db.Waiting<MemberInvitation>().Where(i => i.Id == id && i.OrganisationId == organisationId);
            if (await waiting.ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), cancel) == 0)
                return await GoneAsync(write.Db, organisationId, id, cancel);
            write.Db.Record(now, actorId, "member.invitation-withdrawn", nameof(MemberInvitation), id);
            return MemberInviteOutcome.Done;
        }, ct);
    }

    /// <summary>What a link invites to; null when it is used, withdrawn, two weeks old, none of ours, or its organisation is out of use. Looking consumes nothing.</summary>
    public async Task<OpenInvitation?> FindAsync(string token, CancellationToken ct)
    {
        var found = await (
            from invitation in Open(db, token).AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on invitation.OrganisationId equals organisation.Id
            where organisation.DeactivatedAt == null
            select new { Invitation = invitation, organisation.Name, UserId = db.Users.Where(u => u.NormalizedEmail == invitation.NormalizedEmail).Select(u => (int?)u.Id).FirstOrDefault() })
            .SingleOrDefaultAsync(ct);
        return found is null ? null : new OpenInvitation(found.Invitation, found.Name, found.UserId);
    }

    /// <summary>Makes the account and its membership; the invitation is used up in the same write. Null when it was not open any more, or the address got an account meanwhile.</summary>
    /// <param name="language">Of the account from now on.</param>
    public async Task<int?> AcceptAsync(string token, InvitedMember person, string language, CancellationToken ct)
    {
        var now = Now;
        var hash = hasher.HashPassword(null!, person.Password);
        return await database.WriteAgainAfterRaceAsync(async (write, cancel) =>
        {
            if (await TakeAsync(write, token, now, cancel) is not { } invitation)
                return (int?)null;
            if (await write.Db.Users.AnyAsync(u => u.NormalizedEmail == invitation.NormalizedEmail, cancel))
                throw new InvitationLapsedException();
            var user = User.OfVerified(invitation.Email, person.FirstName, person.LastName, language, hash, now);
            user.PhoneNumber = person.Phone;
            write.Db.Add(user);
            await write.Db.SaveChangesAsync(cancel);
            await write.Db.RewriteTokensAsync(user, cancel);
            write.Db.Record(now, user.Id, "user.registered", nameof(User), user.Id, "invited");
            await EnterAsync(write, invitation, user.Id, now, cancel);
            return user.Id;
        }, ct).OrNullWhenLapsedAsync();
    }

    /// <summary>Gives somebody with an account the place; their organisation's id, or null when the link is not for them, or not open any more.</summary>
    public async Task<int?> AcceptAsync(string token, int userId, CancellationToken ct)
    {
        var now = Now;
        var joined = await database.WriteAgainAfterRaceAsync(async (write, cancel) =>
        {
            if (await TakeAsync(write, token, now, cancel) is not { } invitation)
                return (int?)null;
            var isTheirs = await write.Db.Users.AnyAsync(u => u.Id == userId && u.NormalizedEmail == invitation.NormalizedEmail && u.StaffRole == StaffRole.None && u.DeactivatedAt == null, cancel);
            if (!isTheirs || !await EnterAsync(write, invitation, userId, now, cancel))
                throw new InvitationLapsedException();
            return invitation.OrganisationId;
        }, ct).OrNullWhenLapsedAsync();
        if (joined is not null)
            await sessions.ForgetUserAsync(userId, ct);
        return joined;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static IQueryable<MemberInvitation> Open(PortalDbContext context, string token, DateTime now) => context.Open<MemberInvitation>(token, now - MemberInvitation.Lifetime);

    private IQueryable<MemberInvitation> Open(PortalDbContext context, string token) => Open(context, token, Now);

    private static async Task<MemberInviteOutcome> GoneAsync(PortalDbContext context, int organisationId, Guid id, CancellationToken ct) =>
        await context.Set<MemberInvitation>().AnyAsync(i => i.Id == id && i.OrganisationId == organisationId, ct) ? MemberInviteOutcome.Over : MemberInviteOutcome.NotFound;

    private static async Task<bool> IsAdministratorAsync(WriteScope write, int organisationId, int actorId, CancellationToken ct) =>
        (await write.Db.AdministratorsAsync(organisationId, ct)).Exists(a => a.Id == actorId);

    private static async Task<MemberInvitation?> TakeAsync(WriteScope write, string token, DateTime now, CancellationToken ct) =>
        await Open(write.Db, token, now).AsNoTracking().SingleOrDefaultAsync(i => write.Db.Organisations.Any(o => o.Id == i.OrganisationId && o.DeactivatedAt == null), ct) is { } invitation
        && await Open(write.Db, token, now).ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), ct) == 1
            ? invitation
            : null;

    /// <returns>False for somebody whose place was taken away after the invitation: then it is no longer meant.</returns>
    private static async Task<bool> EnterAsync(WriteScope write, MemberInvitation invitation, int userId, DateTime now, CancellationToken ct)
    {
        var membership = await write.Db.Memberships.SingleOrDefaultAsync(m => m.UserId == userId && m.OrganisationId == invitation.OrganisationId, ct);
        if (membership is null)
        {
            write.Db.Add(membership = Membership.OfInvited(userId, invitation.OrganisationId, invitation.Role, invitation.InvitedById, now));
            await write.Db.SaveChangesAsync(ct);
        }
        else if (membership.Decide(approve: true, invitation.InvitedById, now))
        {
            membership.Role = invitation.Role;
        }
        else if (membership.Status != MembershipStatus.Approved)
        {
            return false;
        }

        write.Db.Record(now, userId, "membership.joined", nameof(Membership), membership.Id, $"invitation {invitation.Id}");
        await AwaitedOwners.GiveAsync(write, invitation.OrganisationId, userId, now, ct);
        return true;
    }

    private async Task<(string Inviter, string Organisation)> SenderAsync(int organisationId, int actorId, CancellationToken ct)
    {
        var inviter = await db.Users.AsNoTracking().SingleAsync(u => u.Id == actorId, ct);
        return (inviter.FullName, await db.Organisations.Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(ct));
    }

    private RenderedMail Render(MemberInvitation invitation, string inviter, string organisation, string token) => mails.Render(
        new MemberInvited(inviter, organisation, $"/invitation/member?token={token}"),
        new MailRecipient(invitation.Email, $"{invitation.FirstName} {invitation.LastName}".Trim(), invitation.Language));
}

/// <summary>Undoes the whole write.</summary>
internal sealed class InvitationLapsedException : Exception;

internal static class LapsedInvitations
{
    public static async Task<int?> OrNullWhenLapsedAsync(this Task<int?> accepted)
    {
        try
        {
            return await accepted;
        }
        catch (InvitationLapsedException)
        {
            return null;
        }
    }
}
