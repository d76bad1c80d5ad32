using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations.Support;

/// <summary>What support changes of an organisation.</summary>
/// <param name="Stamp">Of the row the person had before them.</param>
/// <param name="Confirm">That somebody has looked at it; what is confirmed stays so.</param>
public sealed record OrganisationChange(int Id, Guid Stamp, string Name, CustomerNumber? CustomerNumber, bool Confirm, int ActorId);

public enum CareOutcome
{
    Done,
    NotFound,

    /// <summary>Somebody saved it since it was read.</summary>
    Changed,

    /// <summary>Another organisation in use has this customer number.</summary>
    CustomerNumberTaken,

    /// <summary>It went into another organisation, or it or the person is out of use.</summary>
    NotAllowed,
}

/// <summary>What support does for an organisation: confirms it, takes it out of use, gives it an administrator.</summary>
public sealed class OrganisationCare(PortalDatabase database, PortalDbContext db, SessionService sessions, MailQueue mails, TimeProvider time)
{
    public Task<CareOutcome> SaveAsync(OrganisationChange change, CancellationToken ct) => WriteAsync(change.Id, async (write, organisation, token) =>
    {
        if (organisation.Stamp != change.Stamp)
            return CareOutcome.Changed;
        var now = Now;
        if (change.Confirm && organisation.ConfirmedAt is null)
        {
            organisation.ConfirmedAt = now;
            write.Db.Record(now, change.ActorId, "organisation.confirmed", nameof(Organisation), organisation.Id);
        }

        var changed = string.Join(", ", new[]
        {
            organisation.Name == change.Name ? null : "name",
            organisation.CustomerNumber == change.CustomerNumber?.Value ? null : $"customer number {organisation.CustomerNumber ?? "-"} → {change.CustomerNumber?.Value ?? "-"}",
        }.OfType<string>());
        if (changed.Length > 0)
        {
            (organisation.Name, organisation.CustomerNumber) = (change.Name, change.CustomerNumber?.Value);
            write.Db.Record(now, change.ActorId, "organisation.changed", nameof(Organisation), organisation.Id, changed);
            await write.RewriteTokensAsync(organisation.Id, token);
        }

        await CreditOwners.SettleAsync(write, organisation.Id, now, token);
        return CareOutcome.Done;
    }, ct);

    /// <summary>
    /// Takes an organisation out of use, or puts it back. Out of use, its members no longer get in through it, at once; their
    /// other organisations stay open to them, and its dossiers and drafts stay as they are.
    /// </summary>
    public async Task<CareOutcome> SetActiveAsync(int id, bool active, int actorId, CancellationToken ct)
    {
        var outcome = await WriteAsync(id, (write, organisation, _) =>
        {
            if (active && organisation.MergedIntoId is not null)
                return Task.FromResult(CareOutcome.NotAllowed);
            if (organisation.DeactivatedAt is null == active)
                return Task.FromResult(CareOutcome.Done);
            var now = Now;
            organisation.DeactivatedAt = active ? null : now;
            write.Db.Record(now, actorId, active ? "organisation.reactivated" : "organisation.deactivated", nameof(Organisation), id);
            return Task.FromResult(CareOutcome.Done);
        }, ct);
        if (outcome == CareOutcome.Done)
            await sessions.ForgetMembersAsync(id, ct);
        return outcome;
    }

    /// <summary>Makes a member an administrator, letting in who was not: they get the mail that says so.</summary>
    public async Task<CareOutcome> AppointAsync(int id, int membershipId, int actorId, CancellationToken ct)
    {
        var member = await (
            from membership in db.Memberships.AsNoTracking()
            join user in db.Users.AsNoTracking() on membership.UserId equals user.Id
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.Id == membershipId && membership.OrganisationId == id
            select new { User = user, Organisation = organisation.Name }).SingleOrDefaultAsync(ct);
        if (member is null)
            return CareOutcome.NotFound;
        if (member.User.DeactivatedAt is not null)
            return CareOutcome.NotAllowed;
        var letter = mails.Render(
            new MembershipApproved(member.Organisation, "/"), new MailRecipient(member.User.Email!, member.User.FullName, member.User.Language, member.User.Id));
        var outcome = await WriteAsync(id, async (write, organisation, token) =>
        {
            if (organisation.DeactivatedAt is not null)
                return CareOutcome.NotAllowed;
            var membership = await write.Db.Memberships.SingleAsync(m => m.Id == membershipId && m.OrganisationId == id, token);
            var now = Now;
            var letIn = membership.Decide(approve: true, actorId, now) || membership.Reactivate(actorId, now);
            if (!letIn && membership.Role == MembershipRole.Administrator)
                return CareOutcome.Done;
            membership.Role = MembershipRole.Administrator;
            write.Db.Record(now, actorId, "membership.appointed", nameof(Membership), membershipId);
            if (letIn)
                mails.Enqueue(write, letter);
            return CareOutcome.Done;
        }, ct);
        await sessions.ForgetUserAsync(member.User.Id, ct);
        return outcome;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<CareOutcome> WriteAsync(int id, Func<WriteScope, Organisation, CancellationToken, Task<CareOutcome>> work, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(
                async (write, token) => await write.Db.Organisations.SingleOrDefaultAsync(o => o.Id == id, token) is { } organisation
                    ? await work(write, organisation, token)
                    : CareOutcome.NotFound, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CareOutcome.Changed;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return CareOutcome.CustomerNumberTaken;
        }
    }
}
