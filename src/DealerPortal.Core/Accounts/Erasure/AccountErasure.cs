using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Erasure;

public enum ErasureOutcome
{
    Done,

    /// <summary>It is erased already.</summary>
    Unchanged,

    /// <summary>A portal administrator closes the account of a member of staff; what staff did stays under their name.</summary>
    Staff,

    /// <summary>An organisation would have members and no administrator.</summary>
    LastAdministrator,
}

/// <summary>An organisation that a person is the only administrator of.</summary>
public sealed record LonelyOrganisation(int Id, string Name);

/// <summary>
/// Erases a dealer's account: the person's data go, the organisation's stay. The row remains without a name, so that who did what
/// still has somebody who did it; what the person owned is handed to an administrator of the organisation.
/// </summary>
public sealed class AccountErasure(PortalDatabase database, PortalDbContext db, SessionService sessions, FileKeeping files, MailQueue mails, TimeProvider time)
{
    /// <summary>The organisations that would be left with members and without an administrator.</summary>
    public async Task<IReadOnlyList<LonelyOrganisation>> LeftAloneAsync(int userId, CancellationToken ct) => await LeftAlone(db, userId).ToListAsync(ct);

    /// <param name="actorId">Who does it: the person, or null for the portal.</param>
    public async Task<ErasureOutcome> EraseAsync(int userId, int? actorId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        if (person.StaffRole != StaffRole.None)
            return ErasureOutcome.Staff;
        // Without the name, and as nobody's: it goes once it is sent.
        var mail = mails.Render(new AccountErased(), new MailRecipient(person.Email!, "", person.Language));
        var (outcome, gone) = await database.WriteAsync(async (write, token) =>
        {
            await HoldOrganisationsAsync(write.Db, userId, token);
            var user = await write.Db.Users.SingleAsync(u => u.Id == userId, token);
            if (user.ErasedAt is not null)
                return (ErasureOutcome.Unchanged, Gone.Nothing);
            if (await LeftAlone(write.Db, userId).AnyAsync(token))
                return (ErasureOutcome.LastAdministrator, Gone.Nothing);

            await HeirlessDossiers.HandOverAsync(write.Db, userId, actorId, now, token);
            var keys = await PersonalDrafts.RemoveAsync(write.Db, userId, token);
            await ForgetMailsAsync(write.Db, user, now, token);
            await ForgetContactAsync(write.Db, user, token);
            var open = await EndAsync(write.Db, user, token);
            Blank(user, now);
            write.Db.Record(now, actorId, "user.erased", nameof(User), userId);
            mails.Enqueue(write, mail);
            return (ErasureOutcome.Done, new Gone(open, keys));
        }, ct);
        gone.Sessions.ForEach(sessions.Forget);
        await files.RemoveAsync(gone.Files);
        return outcome;
    }

    /// <summary>As <see cref="MembershipService"/> does: moves in these organisations wait for this one.</summary>
    private static Task HoldOrganisationsAsync(PortalDbContext context, int userId, CancellationToken ct) =>
        context.Organisations.Where(o => context.Memberships.Any(m => m.OrganisationId == o.Id && m.UserId == userId))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), ct);

    private static IQueryable<LonelyOrganisation> LeftAlone(PortalDbContext context, int userId)
    {
        var others =
            from membership in context.Memberships
            join user in context.Users on membership.UserId equals user.Id
            where user.Id != userId && user.DeactivatedAt == null && membership.Status == MembershipStatus.Approved
            select membership;
        return
            from own in context.Memberships
            join organisation in context.Organisations on own.OrganisationId equals organisation.Id
            where own.UserId == userId && own.Status == MembershipStatus.Approved && own.Role == MembershipRole.Administrator && organisation.DeactivatedAt == null
                && others.Any(m => m.OrganisationId == own.OrganisationId)
                && !others.Any(m => m.OrganisationId == own.OrganisationId && m.Role == MembershipRole.Administrator)
            orderby organisation.Name
            select new LonelyOrganisation(organisation.Id, organisation.Name);
    }

    /// <summary>What waits is not sent; of what was sent the outbox keeps that it was, not to whom nor what it said.</summary>
    private static async Task ForgetMailsAsync(PortalDbContext context, User user, DateTime now, CancellationToken ct)
    {
        var outbox = context.Set<OutboxMail>().Where(m => m.UserId == user.Id || m.Recipient == user.Email);
        await outbox.Where(m => m.DueAt != null && m.LeaseId == null && !context.Set<OutboxMail>().Any(again => again.AgainOfId == m.Id)).ExecuteDeleteAsync(ct);
        await outbox.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Recipient, "").SetProperty(m => m.RecipientName, "").SetProperty(m => m.Content, (string?)null)
                .SetProperty(m => m.Parts, (string?)null)
                // A sender that has one at hand finds nothing in it any more, and gives it up.
                .SetProperty(m => m.FailedAt, m => m.DueAt != null && m.LeaseId == null ? now : m.FailedAt)
                .SetProperty(m => m.DueAt, m => m.LeaseId == null ? null : m.DueAt), ct);
        await context.Set<Mail.Inbound.InboundMail>().Where(m => m.Sender == user.Email)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Sender, (string?)null).SetProperty(m => m.SenderName, (string?)null), ct);
    }

    /// <summary>Nobody is to ask for them at a branch any more. Who belongs to the organisations is asked before the memberships go.</summary>
    private static async Task ForgetContactAsync(PortalDbContext context, User user, CancellationToken ct)
    {
        var name = user.FullName;
        var organisations = await context.Memberships
            .Where(m => m.UserId == user.Id && (m.Status == MembershipStatus.Approved || m.Status == MembershipStatus.Deactivated)).Select(m => m.OrganisationId).ToListAsync(ct);
        await context.Branches.AllOrganisations().Where(b => organisations.Contains(b.OrganisationId) && b.ContactName == name)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.ContactName, (string?)null), ct);
    }

    /// <summary>Takes away whatever the person signed in with, belonged to and kept; which sessions that ends.</summary>
    private static async Task<List<Guid>> EndAsync(PortalDbContext context, User user, CancellationToken ct)
    {
        var id = user.Id;
        var open = await context.Sessions.Where(s => s.UserId == id).Select(s => s.Id).ToListAsync(ct);
        var memberships = context.Memberships.Where(m => m.UserId == id);
        await context.Set<DealerSeat>().Where(seat => memberships.Any(m => m.Id == seat.MembershipId)).ExecuteDeleteAsync(ct);
        await memberships.ExecuteDeleteAsync(ct);
        await context.Set<EmailChangeCode>().Where(code => context.Set<EmailChange>().Any(c => c.Id == code.ChangeId && c.UserId == id)).ExecuteDeleteAsync(ct);
        await context.Set<EmailChange>().Where(c => c.UserId == id).ExecuteDeleteAsync(ct);
        await context.Sessions.Where(s => s.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<SignInTicket>().Where(t => t.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<PasswordReset>().Where(r => r.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<RecoveryCode>().Where(c => c.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<IdentityUserPasskey<int>>().Where(p => p.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<UserSearchToken>().Where(t => t.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<AnnouncementDismissal>().Where(d => d.UserId == id).ExecuteDeleteAsync(ct);
        await context.Set<SavedView>().Where(v => v.OwnerId == id).ExecuteDeleteAsync(ct);
        await context.Registrations.Where(r => r.NormalizedEmail == user.NormalizedEmail).ExecuteDeleteAsync(ct);
        await context.Set<MemberInvitation>().Where(i => i.NormalizedEmail == user.NormalizedEmail).ExecuteDeleteAsync(ct);
        await SignInThrottles.ForgetAsync(context, user.NormalizedEmail!, ct);
        return open;
    }

    private static void Blank(User user, DateTime now)
    {
        // No address: nobody can sign in with it, and no mail can go there.
        var nobody = FormattableString.Invariant($"erased-{user.Id}");
        user.UserName = user.Email = nobody;
        user.NormalizedUserName = user.NormalizedEmail = nobody.ToUpperInvariant();
        user.EmailConfirmed = false;
        user.FirstName = user.LastName = "";
        user.PhoneNumber = null;
        user.PasswordHash = null;
        user.SecurityStamp = Secrets.NewToken();
        user.AuthenticatorKey = null;
        user.LastTimeStep = null;
        user.TwoFactorEnabled = false;
        user.NotifyByMail = false;
        user.BouncedAddress = user.BounceReason = null;
        user.BouncedAt = user.BounceClearedAt = null;
        user.LastSignInAt = null;
        user.DeactivatedAt ??= now;
        user.ErasedAt = now;
    }

    /// <summary>What the write has taken away and what must follow it.</summary>
    private sealed record Gone(List<Guid> Sessions, List<string?> Files)
    {
        public static readonly Gone Nothing = new([], []);
    }
}
