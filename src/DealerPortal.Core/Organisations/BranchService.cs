using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;

namespace DealerPortal.Core.Organisations;

/// <summary>A new point of sale. Country as ISO code, phone as E.164.</summary>
public sealed record NewBranch(int OrganisationId, int AddedById, string Street, string PostalCode, string Town, string Country, string? Phone);

/// <summary>The points of sale of an organisation. Every member may add one: the counter knows first.</summary>
public sealed class BranchService(PortalDatabase database, TimeProvider time)
{
    /// <returns>The branch's key.</returns>
    public Task<int> AddAsync(NewBranch added, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var branch = new Branch
        {
            OrganisationId = added.OrganisationId,
            Street = added.Street,
            PostalCode = added.PostalCode,
            Town = added.Town,
            Country = added.Country,
            Phone = added.Phone,
        };
        write.Db.Add(branch);
        await write.Db.SaveChangesAsync(token);
        write.Db.Record(time.GetUtcNow().UtcDateTime, added.AddedById, "branch.added", nameof(Branch), branch.Id);
        return branch.Id;
    }, ct);
}
