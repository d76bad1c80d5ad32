using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Directory;

/// <param name="ActorId">Who does it.</param>
/// <param name="UserId">To whom.</param>
public sealed record UserMove(int ActorId, int UserId);

public enum UserMoveOutcome
{
    Done,

    /// <summary>It is so already, or somebody was faster.</summary>
    Unchanged,

    NotFound,

    /// <summary>Nobody closes or resets the own account, or changes the own role.</summary>
    Self,

    /// <summary>The portal keeps an administrator.</summary>
    LastPortalAdministrator,

    /// <summary>Whoever asks may not (any more).</summary>
    NotAllowed,
}

/// <summary>
/// What staff do to other people's accounts. Moves of portal administrators happen one after another, so that two who close
/// each other's account in the same instant do not leave the portal without one.
/// </summary>
public sealed class UserAdministration(
    PortalDatabase database, PortalDbContext db, SessionService sessions, PasswordService passwords, SecondFactors factors, MailQueue mails, TimeProvider time)
{
    /// <summary>Lifts what holds sign-ins back; for all of staff.</summary>
    public async Task<UserMoveOutcome> UnlockAsync(UserMove move, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await database.WriteAsync(async (write, token) =>
        {
            if (await write.Db.Users.Where(u => u.Id == move.UserId).Select(u => u.NormalizedEmail).SingleOrDefaultAsync(token) is not { } email)
                return UserMoveOutcome.NotFound;
            if (await SignInThrottles.LiftAsync(write.Db, email, token) == 0)
                return UserMoveOutcome.Unchanged;
            write.Db.Record(now, move.ActorId, "user.unlocked", nameof(User), move.UserId);
            return UserMoveOutcome.Done;
        }, ct);
    }

    /// <summary>Sends the mail that «forgotten password» sends; for all of staff. Unchanged when the address has had its share of mails.</summary>
    public async Task<UserMoveOutcome> SendPasswordMailAsync(UserMove move, CancellationToken ct)
    {
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == move.UserId, ct);
        if (person is null)
            return UserMoveOutcome.NotFound;
        if (person.DeactivatedAt is not null || !await passwords.RequestResetAsync(person.Email!, person.Language, ct))
            return UserMoveOutcome.Unchanged;
        await database.WriteAsync((write, _) =>
        {
            write.Db.Record(time.GetUtcNow().UtcDateTime, move.ActorId, "user.password-mail-sent", nameof(User), move.UserId);
            return Task.CompletedTask;
        }, ct);
        return UserMoveOutcome.Done;
    }

    /// <summary>Closes the account: nobody signs in with it, and who is in is out. Its dossiers stay.</summary>
    public Task<UserMoveOutcome> DeactivateAsync(UserMove move, CancellationToken ct) =>
        MoveAsync(move, "user.deactivated", new AccountDeactivated(), (user, now) =>
        {
            if (user.DeactivatedAt is not null)
                return false;
            user.DeactivatedAt = now;
            return true;
        }, ct);

    public Task<UserMoveOutcome> ReactivateAsync(UserMove move, CancellationToken ct) =>
        MoveAsync(move, "user.reactivated", new AccountReactivated("/"), (user, _) =>
        {
            if (user.DeactivatedAt is null || user.ErasedAt is not null)
                return false;
            user.DeactivatedAt = null;
            return true;
        }, ct);

    /// <summary>Of a member of staff; a dealer becomes none, nor the other way round.</summary>
    public Task<UserMoveOutcome> ChangeRoleAsync(UserMove move, StaffRole role, CancellationToken ct) =>
        MoveAsync(move, "staff.role-changed", new StaffRoleChanged(role, "/admin"), (user, _) =>
        {
            if (user.StaffRole == StaffRole.None || role == StaffRole.None || user.StaffRole == role)
                return false;
            user.StaffRole = role;
            return true;
        }, ct, detail: role.ToString());

    /// <summary>Signs a person out everywhere.</summary>
    public async Task<UserMoveOutcome> EndSessionsAsync(UserMove move, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var outcome = await database.WriteAsync(async (write, token) =>
        {
            if (!await write.Db.Users.AnyAsync(u => u.Id == move.UserId, token))
                return UserMoveOutcome.NotFound;
            if (!await write.Db.Sessions.AnyAsync(s => s.UserId == move.UserId && s.EndedAt == null && s.ExpiresAt > now, token))
                return UserMoveOutcome.Unchanged;
            write.Db.Record(now, move.ActorId, "user.sessions-ended", nameof(User), move.UserId);
            return UserMoveOutcome.Done;
        }, ct);
        if (outcome == UserMoveOutcome.Done)
            await sessions.EndAllAsync(move.UserId, except: null, ct);
        return outcome;
    }

    /// <summary>Takes a person's second factor away, who has lost it.</summary>
    public async Task<UserMoveOutcome> ResetSecondFactorAsync(UserMove move, CancellationToken ct) =>
        move.UserId == move.ActorId ? UserMoveOutcome.Self
            : !await db.Users.AnyAsync(u => u.Id == move.UserId, ct) ? UserMoveOutcome.NotFound
            : await factors.ResetAsync(move.UserId, move.ActorId, ct) ? UserMoveOutcome.Done : UserMoveOutcome.Unchanged;

    private async Task<UserMoveOutcome> MoveAsync(
        UserMove move, string action, PortalMail told, Func<User, DateTime, bool> change, CancellationToken ct, string? detail = null)
    {
        if (move.UserId == move.ActorId)
            return UserMoveOutcome.Self;
        var now = time.GetUtcNow().UtcDateTime;
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == move.UserId, ct);
        if (person is null)
            return UserMoveOutcome.NotFound;
        var mail = mails.Render(told, new MailRecipient(person.Email!, person.FullName, person.Language, person.Id));
        UserMoveOutcome outcome;
        try
        {
            outcome = await database.WriteAsync(async (write, token) =>
            {
                // Updating the administrators' rows, though nothing in them changes, makes other moves wait for this one.
                var administrators = write.Db.Users.Where(u => u.StaffRole == StaffRole.PortalAdministrator && u.DeactivatedAt == null);
                await administrators.ExecuteUpdateAsync(set => set.SetProperty(u => u.StaffRole, u => u.StaffRole), token);
                if (!await administrators.AnyAsync(u => u.Id == move.ActorId, token))
                    return UserMoveOutcome.NotAllowed;
                var user = await write.Db.Users.SingleAsync(u => u.Id == move.UserId, token);
                if (!change(user, now))
                    return UserMoveOutcome.Unchanged;
                user.SecurityStamp = Secrets.NewToken();
                await write.Db.SaveChangesAsync(token);
                if (!await administrators.AnyAsync(token))
                    throw new LastPortalAdministratorException();
                write.Db.Record(now, move.ActorId, action, nameof(User), user.Id, detail);
                mails.Enqueue(write, mail);
                return UserMoveOutcome.Done;
            }, ct);
        }
        catch (LastPortalAdministratorException)
        {
            return UserMoveOutcome.LastPortalAdministrator;
        }

        if (outcome == UserMoveOutcome.Done)
            await sessions.EndAllAsync(move.UserId, except: null, ct);
        return outcome;
    }

    /// <summary>Undoes the whole write.</summary>
    private sealed class LastPortalAdministratorException : Exception;
}
