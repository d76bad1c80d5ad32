using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>A dossier, and the colleague whose it is from now on.</summary>
/// <param name="ByName">As the colleague reads who gave it to them.</param>
public sealed record HandOver(Reader By, string ByName, string Number, Guid Stamp, int ToUserId);

/// <summary>Somebody who can take over a dossier.</summary>
public sealed record Colleague(int Id, string Name);

/// <summary>
/// Makes a dossier another member's own: they find it, get its mails if they want mails, and answer for it. Source: design.md
/// «Access». Whether the person who asks may do so is checked before.
/// </summary>
public sealed class DossierHandOver(DossierHandling handling, PortalDbContext db, MailQueue queue)
{
    /// <summary>The members who can take the dossier over, by name.</summary>
    public async Task<IReadOnlyList<Colleague>> ColleaguesAsync(Dossier dossier, CancellationToken ct) =>
        await Members(db, dossier.OrganisationId).Where(u => u.Id != dossier.OwnerId).OrderBy(u => u.FirstName).ThenBy(u => u.LastName)
            .Select(u => new Colleague(u.Id, u.FirstName + " " + u.LastName)).ToListAsync(ct);

    /// <summary>Not allowed for who is no approved member of the dossier's organisation. Giving it to whom it belongs changes nothing.</summary>
    public async Task<HandlingOutcome> HandOverAsync(HandOver step, CancellationToken ct)
    {
        var target = new DossierTarget(step.By, step.Number, step.Stamp);
        var to = await db.Users.AsNoTracking().Where(u => u.Id == step.ToUserId && u.NotifyByMail)
            .Select(u => new MailRecipient(u.Email!, u.FirstName + " " + u.LastName, u.Language, u.Id)).SingleOrDefaultAsync(ct);
        var news = to is null ? null : await handling.RenderAsync(target, facts => new DossierHandedOver(facts, step.ByName), to, ct);
        return await handling.ChangeAsync(target, async (change, token) =>
        {
            var dossier = change.Dossier;
            if (dossier.OwnerId == step.ToUserId)
                return HandlingOutcome.Done;
            if (await Members(change.Write.Db, dossier.OrganisationId).SingleOrDefaultAsync(u => u.Id == step.ToUserId, token) is not { } owner)
                return HandlingOutcome.NotAllowed;
            dossier.OwnerId = owner.Id;
            dossier.NotifyByMail = owner.NotifyByMail;
            await change.Write.Db.DossierTokens.ScopedTo(step.By).Where(t => t.DossierId == dossier.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.OwnerId, owner.Id), token);
            change.Entry(TimelineKind.HandedOver, assigneeId: owner.Id);
            if (news is not null)
                await queue.EnqueueAsync(change.Write, news, token);
            return change.Done("dossier.handed-over", owner.Id.ToString(CultureInfo.InvariantCulture));
        }, mail: null, ct);
    }

    /// <summary>By way of the memberships: asked the other way round, SQLite looks at every person there is.</summary>
    private static IQueryable<Accounts.User> Members(PortalDbContext db, int organisationId) =>
        from membership in db.Memberships.AsNoTracking()
        where membership.OrganisationId == organisationId && membership.Status == MembershipStatus.Approved
        join user in db.Users.AsNoTracking() on membership.UserId equals user.Id
        where user.DeactivatedAt == null
        select user;
}
