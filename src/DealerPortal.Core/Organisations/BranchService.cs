using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>Where a branch is. Country as ISO code, phone as E.164; lengths and postal code checked by the caller.</summary>
public sealed record BranchAddress(string Street, string PostalCode, string Town, string Country, string? Phone);

/// <summary>A new point of sale. Country as ISO code, phone as E.164.</summary>
public sealed record NewBranch(int OrganisationId, int AddedById, string Street, string PostalCode, string Town, string Country, string? Phone)
{
    internal Branch ToBranch() => new()
    {
        OrganisationId = OrganisationId,
        Street = Street,
        PostalCode = PostalCode,
        Town = Town,
        Country = Country,
        Phone = Phone,
    };
}

/// <summary>Adds, changes and closes the branches of an organisation; its search words follow.</summary>
public sealed class BranchService(PortalDatabase database, TimeProvider time)
{
    /// <summary>The new branch's id; that of the open branch at this address where there is one, as after a second click.</summary>
    public Task<int> AddAsync(NewBranch added, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var same = await write.Db.Branches.Where(b => b.DeactivatedAt == null && b.Street == added.Street && b.PostalCode == added.PostalCode && b.Town == added.Town && b.Country == added.Country)
            .Select(b => (int?)b.Id).FirstOrDefaultAsync(token);
        if (same is { } known)
            return known;
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
        }, ct);

    /// <summary>
    /// Closes a branch, which keeps its past dossiers, or opens it again. False when the organisation has no such
    /// branch, or when it is the last one open: devices must be somewhere.
    /// </summary>
    public Task<bool> SetOpenAsync(int organisationId, int branchId, bool open, int actorId, CancellationToken ct) =>
        ChangeAsync(organisationId, branchId, actorId, open ? "branch.opened" : "branch.closed", branch => branch.DeactivatedAt = open ? null : Now, ct);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<bool> ChangeAsync(int organisationId, int branchId, int actorId, string action, Action<Branch> change, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                // Two who close the last two branches at once: the second waits here for the first.
                await write.Db.Organisations.Where(o => o.Id == organisationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), token);
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

    /// <summary>Undoes the whole write.</summary>
    private sealed class LastBranchException : Exception;
}
