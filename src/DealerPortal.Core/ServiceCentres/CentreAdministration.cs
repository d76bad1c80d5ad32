using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>What became of a change to a service centre or to the mapping table. Only <see cref="Done"/> changed anything.</summary>
public enum CentreOutcome
{
    Done,
    NotFound,

    /// <summary>Another centre has the name, or another line has the code.</summary>
    Taken,

    /// <summary>Somebody changed it since the page was made.</summary>
    Stale,
}

/// <summary>Adds, renames and deactivates service centres, and gives and revokes their keys.</summary>
public sealed class CentreAdministration(PortalDatabase database, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>The new centre's id; null when another has the name.</returns>
    public Task<int?> AddAsync(string name, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        if (await write.Db.ServiceCentres.AnyAsync(c => c.Name == name, token))
            return (int?)null;
        var centre = new ServiceCentre { Name = name, CreatedAt = Now };
        write.Db.Add(centre);
        await write.Db.SaveChangesAsync(token);
        write.Db.Record(Now, actorId, "service-centre.added", nameof(ServiceCentre), centre.Id);
        return centre.Id;
    }, ct);

    public Task<CentreOutcome> RenameAsync(int id, Guid stamp, string name, int actorId, CancellationToken ct) =>
        ChangeAsync(id, stamp, actorId, "service-centre.renamed", async (write, centre, token) =>
        {
            if (await write.Db.ServiceCentres.AnyAsync(c => c.Name == name && c.Id != id, token))
                return CentreOutcome.Taken;
            centre.Name = name;
            return CentreOutcome.Done;
        }, ct);

    /// <summary>Deactivates a centre, whose keys open nothing from then on, or activates it again, with its keys.</summary>
    public Task<CentreOutcome> SetActiveAsync(int id, bool isActive, int actorId, CancellationToken ct) =>
        ChangeAsync(id, stamp: null, actorId, isActive ? "service-centre.activated" : "service-centre.deactivated", (_, centre, _) =>
        {
            centre.DeactivatedAt = isActive ? null : centre.DeactivatedAt ?? Now;
            return Task.FromResult(CentreOutcome.Done);
        }, ct);

    /// <returns>The key, which is shown this once and kept nowhere; null where there is no such centre.</returns>
    public Task<string?> CreateKeyAsync(int centreId, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
        {
            if (!await write.Db.ServiceCentres.AnyAsync(c => c.Id == centreId, token))
                return null;
            var (secret, key) = ServiceCentreKey.New(centreId, CentreScopes.Events, actorId, Now);
            write.Db.Add(key);
            await write.Db.SaveChangesAsync(token);
            write.Db.Record(Now, actorId, "service-centre.key-created", nameof(ServiceCentreKey), key.Id, $"centre {centreId}");
            return (string?)secret;
        }, ct);

    /// <summary>False where the centre has no such key. A revoked one stays revoked.</summary>
    public Task<bool> RevokeKeyAsync(int centreId, int keyId, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var key = await write.Db.CentreKeys.SingleOrDefaultAsync(k => k.Id == keyId && k.CentreId == centreId, token);
        if (key is null)
            return false;
        if (key.RevokedAt is not null)
            return true;
        key.RevokedAt = Now;
        write.Db.Record(Now, actorId, "service-centre.key-revoked", nameof(ServiceCentreKey), key.Id, $"centre {centreId}");
        return true;
    }, ct);

    private async Task<CentreOutcome> ChangeAsync(
        int id, Guid? stamp, int actorId, string action, Func<WriteScope, ServiceCentre, CancellationToken, Task<CentreOutcome>> change, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                var centre = await write.Db.ServiceCentres.SingleOrDefaultAsync(c => c.Id == id, token);
                if (centre is null)
                    return CentreOutcome.NotFound;
                if (stamp is { } seen && seen != centre.Stamp)
                    return CentreOutcome.Stale;
                var outcome = await change(write, centre, token);
                if (outcome == CentreOutcome.Done)
                    write.Db.Record(Now, actorId, action, nameof(ServiceCentre), id);
                return outcome;
            }, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CentreOutcome.Stale;
        }
    }
}
