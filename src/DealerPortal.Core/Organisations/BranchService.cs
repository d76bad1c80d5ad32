using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>Where a branch is and how it is reached. Country as ISO code, phone as E.164; lengths and postal code checked by the caller.</summary>
public sealed record BranchAddress(string Street, string PostalCode, string Town, string Country, string? Phone)
{
    /// <summary>Whom drivers and technicians ask for.</summary>
    public string? ContactName { get; init; }

    public string? OpeningHours { get; init; }
}

/// <summary>A new point of sale.</summary>
public sealed record NewBranch(int OrganisationId, int AddedById, BranchAddress Address)
{
    internal Branch ToBranch() => new()
    {
        OrganisationId = OrganisationId,
        Street = Address.Street,
        PostalCode = Address.PostalCode,
        Town = Address.Town,
        Country = Address.Country,
        Phone = Address.Phone,
        ContactName = Address.ContactName,
        OpeningHours = Address.OpeningHours,
    };
}

/// <summary>Adds, changes and closes the branches of an organisation, whose search words follow, and says with which of them new forms begin.</summary>
public sealed class BranchService(PortalDatabase database, TimeProvider time)
{
    /// <summary>
    /// The new branch's id; that of the open branch at this address where there is one, as after a second click. What that
    /// one does not say yet it takes over.
    /// </summary>
    public Task<int> AddAsync(NewBranch added, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var address = added.Address;
        var same = await write.Db.Branches
            .FirstOrDefaultAsync(b => b.DeactivatedAt == null && b.Street == address.Street && b.PostalCode == address.PostalCode && b.Town == address.Town && b.Country == address.Country, token);
        if (same is not null)
        {
            same.Phone ??= address.Phone;
            same.ContactName ??= address.ContactName;
            same.OpeningHours ??= address.OpeningHours;
            if (write.Db.ChangeTracker.HasChanges())
                write.Db.Record(Now, added.AddedById, "branch.updated", nameof(Branch), same.Id);
            return same.Id;
        }

        var branch = added.ToBranch();
        write.Db.Add(branch);
        await write.RewriteTokensAsync(added.OrganisationId, token);
        write.Db.Record(Now, added.AddedById, "branch.added", nameof(Branch), branch.Id);
        return branch.Id;
    }, ct);

    /// <summary>False when the organisation has no such branch.</summary>
    public Task<bool> UpdateAsync(int organisationId, int branchId, BranchAddress address, int actorId, CancellationToken ct) =>
        ChangeAsync(organisationId, branchId, actorId, "branch.updated", branch =>
        {
            branch.Street = address.Street;
            branch.PostalCode = address.PostalCode;
            branch.Town = address.Town;
            branch.Country = address.Country;
            branch.Phone = address.Phone;
            branch.ContactName = address.ContactName;
            branch.OpeningHours = address.OpeningHours;
        }, ct);

    /// <summary>
    /// Closes a branch, which keeps its past dossiers, or opens it again; no new form begins with it any more. False when the
    /// organisation has no such branch, or when it is the last one open: devices must be somewhere.
    /// </summary>
    public Task<bool> SetOpenAsync(int organisationId, int branchId, bool open, int actorId, CancellationToken ct) =>
        ChangeAsync(organisationId, branchId, actorId, open ? "branch.opened" : "branch.closed", branch =>
        {
            branch.DeactivatedAt = open ? null : Now;
            branch.DefaultSince = null;
        }, ct);

    /// <summary>Says with which branch new forms begin, or with null that each person goes on where they were. False when the organisation has no such open branch.</summary>
    public Task<bool> SetDefaultAsync(int organisationId, int? branchId, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        await LockAsync(write, organisationId, token);
        var open = await write.Db.Branches.AllOrganisations().Where(b => b.OrganisationId == organisationId && b.DeactivatedAt == null).ToListAsync(token);
        var chosen = open.Find(b => b.Id == branchId);
        if (chosen is null && branchId is not null)
            return false;
        var before = open.Find(b => b.DefaultSince is not null);
        if (before == chosen)
            return true;
        if (before is not null)
            before.DefaultSince = null;
        if (chosen is not null)
            chosen.DefaultSince = Now;
        write.Db.Record(Now, actorId, chosen is null ? "branch.no-default" : "branch.default", nameof(Branch), (chosen ?? before)!.Id);
        return true;
    }, ct);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<bool> ChangeAsync(int organisationId, int branchId, int actorId, string action, Action<Branch> change, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                await LockAsync(write, organisationId, token);
                var branches = write.Db.Branches.AllOrganisations().Where(b => b.OrganisationId == organisationId);
                var branch = await branches.SingleOrDefaultAsync(b => b.Id == branchId, token);
                if (branch is null)
                    return false;
                change(branch);
                await write.RewriteTokensAsync(organisationId, token);
                if (!await branches.AnyAsync(b => b.DeactivatedAt == null, token))
                    throw new LastBranchException();
                write.Db.Record(Now, actorId, action, nameof(Branch), branchId);
                return true;
            }, ct);
        }
        catch (LastBranchException)
        {
            return false;
        }
    }

    /// <summary>Two who close the last two branches at once, or set two defaults: the second waits here for the first.</summary>
    private static Task LockAsync(WriteScope write, int organisationId, CancellationToken ct) =>
        write.Db.Organisations.Where(o => o.Id == organisationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), ct);

    /// <summary>Undoes the whole write.</summary>
    private sealed class LastBranchException : Exception;
}
