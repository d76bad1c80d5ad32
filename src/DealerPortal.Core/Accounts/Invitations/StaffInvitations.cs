using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Invitations;

/// <param name="Email">As <see cref="EmailAddress.TryParse"/> gives it.</param>
public sealed record StaffInvite(string Email, StaffRole Role, string Language);

/// <summary>Who the invited person says to be; checked by the caller.</summary>
public sealed record NewStaff(string FirstName, string LastName, string Password);

public enum InviteOutcome
{
    Done,

    /// <summary>The address has an account, of a dealer or of staff.</summary>
    HasAccount,

    /// <summary>One waits already: send that one again.</summary>
    AlreadyInvited,
}

/// <summary>Makes people members of staff: by a link to their mailbox, which they use once. Nobody else can become one.</summary>
public sealed class StaffInvitations(PortalDatabase database, PortalDbContext db, MailQueue mails, IPasswordHasher<User> hasher, TimeProvider time)
{
    public async Task<InviteOutcome> InviteAsync(StaffInvite invite, int actorId, CancellationToken ct)
    {
        var now = Now;
        var normalized = EmailAddress.Normalise(invite.Email);
        var token = Secrets.NewToken();
        var mail = await RenderAsync(invite.Email, invite.Role, invite.Language, token, actorId, ct);
        var invitation = new StaffInvitation
        {
            Id = Guid.NewGuid(),
            Email = invite.Email,
            NormalizedEmail = normalized,
            Role = invite.Role,
            Language = invite.Language,
            TokenHash = Secrets.Sha256(token),
            InvitedById = actorId,
            CreatedAt = now,
            SentAt = now,
        };
        return await database.WriteAgainAfterRaceAsync(async (write, cancel) =>
        {
            if (await write.Db.Users.AnyAsync(u => u.NormalizedEmail == normalized, cancel))
                return InviteOutcome.HasAccount;
            if (await write.Db.Waiting<StaffInvitation>().AnyAsync(i => i.NormalizedEmail == normalized, cancel))
                return InviteOutcome.AlreadyInvited;
            write.Db.Add(invitation);
            write.Db.Record(now, actorId, "staff.invited", nameof(StaffInvitation), invitation.Id, invite.Role.ToString());
            mails.Enqueue(write, mail);
            return InviteOutcome.Done;
        }, ct);
    }

    /// <summary>Another mail with another link; a week counts from now. False when it is accepted or withdrawn.</summary>
    public async Task<bool> ResendAsync(Guid id, int actorId, CancellationToken ct)
    {
        if (await db.Waiting<StaffInvitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } invitation)
            return false;
        var now = Now;
        var token = Secrets.NewToken();
        var hash = Secrets.Sha256(token);
        var mail = await RenderAsync(invitation.Email, invitation.Role, invitation.Language, token, actorId, ct);
        return await database.WriteAsync(async (write, cancel) =>
        {
            if (await write.Db.Waiting<StaffInvitation>().Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.TokenHash, hash).SetProperty(i => i.SentAt, now), cancel) == 0)
                return false;
            write.Db.Record(now, actorId, "staff.invitation-resent", nameof(StaffInvitation), id);
            mails.Enqueue(write, mail);
            return true;
        }, ct);
    }

    /// <summary>Makes the link void; false when it was used or is void already.</summary>
    public Task<bool> WithdrawAsync(Guid id, int actorId, CancellationToken ct)
    {
        var now = Now;
        return database.WriteAsync(async (write, cancel) =>
        {
            if (await write.Db.Waiting<StaffInvitation>().Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), cancel) == 0)
                return false;
            write.Db.Record(now, actorId, "staff.invitation-withdrawn", nameof(StaffInvitation), id);
            return true;
        }, ct);
    }

    /// <summary>What a link invites to; null when it is used, withdrawn, a week old, or none of ours. Looking consumes nothing.</summary>
    public Task<StaffInvitation?> FindAsync(string token, CancellationToken ct) => Open(db, token).AsNoTracking().SingleOrDefaultAsync(ct);

    /// <summary>Makes the account; the invitation is used up in the same write. Null when it was not open any more, or the address got an account meanwhile.</summary>
    public async Task<int?> AcceptAsync(string token, NewStaff person, CancellationToken ct)
    {
        var now = Now;
        var hash = hasher.HashPassword(null!, person.Password);
        return await database.WriteAgainAfterRaceAsync(async (write, cancel) =>
        {
            if (await Open(write.Db, token).AsNoTracking().SingleOrDefaultAsync(cancel) is not { } invitation
                || await write.Db.Users.AnyAsync(u => u.NormalizedEmail == invitation.NormalizedEmail, cancel)
                || await Open(write.Db, token).ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), cancel) == 0)
                return (int?)null;
            var user = User.OfVerified(invitation.Email, person.FirstName, person.LastName, invitation.Language, hash, now);
            user.StaffRole = invitation.Role;
            write.Db.Add(user);
            await write.Db.SaveChangesAsync(cancel);
            await write.Db.RewriteTokensAsync(user, cancel);
            write.Db.Record(now, user.Id, "staff.joined", nameof(User), user.Id, invitation.Role.ToString());
            return user.Id;
        }, ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<RenderedMail> RenderAsync(string email, StaffRole role, string language, string token, int actorId, CancellationToken ct)
    {
        var inviter = await db.Users.AsNoTracking().SingleAsync(u => u.Id == actorId, ct);
        return mails.Render(new StaffInvited(inviter.FullName, role, $"/invitation?token={token}"), new MailRecipient(email, "", language));
    }

    private IQueryable<StaffInvitation> Open(PortalDbContext context, string token) => context.Open<StaffInvitation>(token, Now - StaffInvitation.Lifetime);
}
