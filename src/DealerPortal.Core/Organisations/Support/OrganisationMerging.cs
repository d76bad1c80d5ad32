using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations.Support;

/// <summary>Two organisations that become one.</summary>
/// <param name="FromId">It goes out of use and points to the other.</param>
/// <param name="KeepAdministrators">Whether those of the one that goes administer the one that stays; otherwise they become employees, unless it has none.</param>
public sealed record OrganisationMerge(int FromId, int IntoId, bool KeepAdministrators, int ActorId);

public enum MergeOutcome
{
    Done,

    /// <summary>One of the two is not there, is out of use, or they are the same.</summary>
    NotAllowed,

    /// <summary>One of the two changed at the same time; try again.</summary>
    Changed,
}

/// <summary>What would move. Dossiers and drafts exact up to <see cref="OrganisationDirectory.CountLimit"/>.</summary>
/// <param name="MembersTwice">Of the members, who belong to both already.</param>
/// <param name="Administrators">Of the members, who administer the one that goes.</param>
/// <param name="StaysWithoutAdministrator">Whether the one that stays has none, so that those of the other go on as such.</param>
public sealed record MergePreview(OrganisationFigures Figures, int Branches, int Members, int MembersTwice, int Administrators, bool StaysWithoutAdministrator);

/// <summary>Makes two organisations one, in one write: whatever belonged to the first belongs to the second.</summary>
public sealed class OrganisationMerging(PortalDatabase database, PortalDbContext db, OrganisationDirectory directory, SessionService sessions, TimeProvider time)
{
    /// <summary>How long a request may still write for an organisation that has just gone: sessions are remembered for seconds.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    public async Task<MergePreview> PreviewAsync(int fromId, int intoId, CancellationToken ct)
    {
        var members = db.Memberships.Where(m => m.OrganisationId == fromId);
        return new MergePreview(
            await directory.FiguresAsync(fromId, ct),
            await db.Branches.AllOrganisations().CountAsync(b => b.OrganisationId == fromId, ct),
            await members.CountAsync(ct),
            await members.CountAsync(m => db.Memberships.Any(other => other.OrganisationId == intoId && other.UserId == m.UserId), ct),
            await members.CountAsync(m => m.Role == MembershipRole.Administrator && m.Status == MembershipStatus.Approved, ct),
            (await db.AdministratorsAsync(intoId, ct)).Count == 0);
    }

    public async Task<MergeOutcome> MergeAsync(OrganisationMerge merge, CancellationToken ct)
    {
        try
        {
            var outcome = await database.WriteAsync((write, token) => MergeAsync(write, merge, token), ct);
            if (outcome == MergeOutcome.Done)
                await sessions.ForgetMembersAsync(merge.IntoId, ct);
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            return MergeOutcome.Changed;
        }
    }

    /// <summary>Brings along what requests that were under way wrote for an organisation while it went; how many rows.</summary>
    public async Task<int> CatchUpAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow().UtcDateTime - Late;
        var gone = await db.Organisations.AsNoTracking().Where(o => o.MergedIntoId != null && o.DeactivatedAt > since)
            .Select(o => new { o.Id, Into = o.MergedIntoId!.Value }).ToListAsync(ct);
        var moved = 0;
        foreach (var organisation in gone)
            moved += await database.WriteAsync((write, token) => OrganisationRows.MoveAsync(write.Db, organisation.Id, organisation.Into, token), ct);
        return moved;
    }

    private async Task<MergeOutcome> MergeAsync(WriteScope write, OrganisationMerge merge, CancellationToken ct)
    {
        // What administrators do in either waits for this, and the other way round.
        foreach (var id in new[] { merge.FromId, merge.IntoId }.Order())
            await write.Db.Organisations.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), ct);
        var from = await write.Db.Organisations.SingleOrDefaultAsync(o => o.Id == merge.FromId && o.MergedIntoId == null, ct);
        var into = await write.Db.Organisations.SingleOrDefaultAsync(o => o.Id == merge.IntoId && o.DeactivatedAt == null, ct);
        if (from is null || into is null || from == into)
            return MergeOutcome.NotAllowed;

        var now = time.GetUtcNow().UtcDateTime;
        var keepsAdministrators = merge.KeepAdministrators || (await write.Db.AdministratorsAsync(into.Id, ct)).Count == 0;
        await JoinBranchesAsync(write, from.Id, into.Id, now, ct);
        await MoveMembersAsync(write, merge, keepsAdministrators, now, ct);
        await WithdrawSecondInvitationsAsync(write, from.Id, into.Id, now, ct);
        var rows = await OrganisationRows.MoveAsync(write.Db, from.Id, into.Id, ct);
        await write.Db.Organisations.Where(o => o.MergedIntoId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.MergedIntoId, into.Id), ct);

        from.DeactivatedAt ??= now;
        from.MergedIntoId = into.Id;
        var number = from.CustomerNumber;
        if (into.CustomerNumber is null && number is not null)
        {
            // First here, then there: no two that are in use have the same.
            from.CustomerNumber = null;
            await write.Db.SaveChangesAsync(ct);
            into.CustomerNumber = number;
        }

        await write.RewriteTokensAsync(into.Id, ct);
        write.Db.Record(now, merge.ActorId, "organisation.merged", nameof(Organisation), from.Id, $"into {into.Id}; {rows} rows{(keepsAdministrators ? "; administrators kept" : "")}");
        write.Db.Record(now, merge.ActorId, "organisation.received", nameof(Organisation), into.Id, $"from {from.Id}");
        return MergeOutcome.Done;
    }

    /// <summary>
    /// Who belongs to both keeps the place they have in the one that stays: its administrators may have taken it away. Only a
    /// request that still waits there is granted, since the person is a member now.
    /// </summary>
    private static async Task MoveMembersAsync(WriteScope write, OrganisationMerge merge, bool keepsAdministrators, DateTime now, CancellationToken ct)
    {
        var memberships = write.Db.Memberships;
        var waiting = await memberships.Where(m => m.OrganisationId == merge.IntoId && m.Status == MembershipStatus.Pending
            && memberships.Any(own => own.OrganisationId == merge.FromId && own.UserId == m.UserId && own.Status == MembershipStatus.Approved)).ToListAsync(ct);
        foreach (var membership in waiting)
        {
            membership.Decide(approve: true, merge.ActorId, now);
            write.Db.Record(now, merge.ActorId, "membership.approved", nameof(Membership), membership.Id);
        }

        await memberships.Where(m => m.OrganisationId == merge.FromId && memberships.Any(other => other.OrganisationId == merge.IntoId && other.UserId == m.UserId)).ExecuteDeleteAsync(ct);
        var moved = memberships.Where(m => m.OrganisationId == merge.FromId);
        if (!keepsAdministrators)
            await moved.ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, MembershipRole.Employee), ct);
        var stamp = Guid.NewGuid();
        await moved.ExecuteUpdateAsync(set => set.SetProperty(m => m.OrganisationId, merge.IntoId).SetProperty(m => m.Stamp, stamp), ct);
    }

    /// <summary>Whom both have invited is invited by the one that stays.</summary>
    private static async Task WithdrawSecondInvitationsAsync(WriteScope write, int from, int into, DateTime now, CancellationToken ct)
    {
        var waiting = write.Db.Waiting<MemberInvitation>();
        await waiting.Where(i => i.OrganisationId == from && waiting.Any(other => other.OrganisationId == into && other.NormalizedEmail == i.NormalizedEmail))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), ct);
    }

    /// <summary>
    /// An address that both have is offered once, and says whatever either said of it. With which branch new forms begin the
    /// administrators of the one that stays have decided; the other's default goes.
    /// </summary>
    private static async Task JoinBranchesAsync(WriteScope write, int from, int into, DateTime now, CancellationToken ct)
    {
        var open = await write.Db.Branches.AllOrganisations().Where(b => b.DeactivatedAt == null && (b.OrganisationId == from || b.OrganisationId == into)).ToListAsync(ct);
        foreach (var branch in open.Where(b => b.OrganisationId == from))
        {
            branch.DefaultSince = null;
            if (open.Find(other => other.OrganisationId == into && string.Equals(other.AddressLine, branch.AddressLine, StringComparison.OrdinalIgnoreCase)) is not { } same)
                continue;
            branch.DeactivatedAt = now;
            same.Phone ??= branch.Phone;
            same.ContactName ??= branch.ContactName;
            same.OpeningHours ??= branch.OpeningHours;
        }

        await write.Db.SaveChangesAsync(ct);
    }
}
