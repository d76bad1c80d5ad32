using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace DealerPortal.Core.Accounts;

/// <summary>Begins, reads and ends sessions. What is read is kept for 30 seconds; what this instance ends, ends here at once.</summary>
public sealed class SessionService(PortalDatabase database, PortalDbContext db, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan AbsoluteLifetime = TimeSpan.FromHours(12);
    public static readonly TimeSpan StaffIdle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(30);

    /// <summary>How exactly it is kept when a member was last seen; nothing depends on it, so it costs few writes.</summary>
    public static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(15);

    /// <summary>For how long a proof of identity is good enough to change how one signs in.</summary>
    public static readonly TimeSpan ProofLifetime = TimeSpan.FromMinutes(10);

    /// <summary>A new session for a user whose identity was just proven.</summary>
    public async Task<UserSession> BeginAsync(int userId, SignInDevice device, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await database.WriteAsync(async (write, token) => await BeginAsync(write, await write.Db.Users.SingleAsync(u => u.Id == userId, token), device, now, token), ct);
    }

    /// <summary>As part of the write that proves who it is. It goes on in the organisation that the person chose last.</summary>
    /// <param name="user">Tracked by this write.</param>
    internal static async Task<UserSession> BeginAsync(WriteScope write, User user, SignInDevice device, DateTime now, CancellationToken ct)
    {
        user.LastSignInAt = now;
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Browser = device.Browser,
            System = device.System,
            CreatedAt = now,
            LastSeenAt = now,
            ProvenAt = now,
            ExpiresAt = now + AbsoluteLifetime,
            SecurityStamp = user.SecurityStamp!,
            OrganisationId = await write.Db.Sessions.Where(s => s.UserId == user.Id).OrderByDescending(s => s.CreatedAt).Select(s => s.OrganisationId).FirstOrDefaultAsync(ct),
        };
        write.Db.Add(session);
        return session;
    }

    /// <summary>Whether the person has just proven who they are.</summary>
    public bool IsProven(SessionSnapshot session) => session.ProvenAt + ProofLifetime > time.GetUtcNow().UtcDateTime;

    /// <summary>After the person has proven again who they are.</summary>
    public async Task ProveAsync(Guid sessionId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            (write, token) => write.Db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAt, now), token), ct);
        Forget(sessionId);
    }

    /// <summary>The session's snapshot, at most 30 seconds old; null when it is over.</summary>
    /// <param name="isByPerson">False for what a page asks by itself, which keeps no session of staff awake.</param>
    public async Task<SessionSnapshot?> ReadAsync(Guid sessionId, bool isByPerson, CancellationToken ct)
    {
        var key = Key(sessionId);
        var now = time.GetUtcNow().UtcDateTime;
        if (!cache.TryGetValue(key, out Cached? cached) || cached!.Until <= now)
        {
            if (await db.ReadSessionAsync(sessionId, now, ct) is not { } snapshot)
                return null;
            cached = new Cached(snapshot, now + CacheLifetime);
            cache.Set(key, cached, CacheLifetime);
        }

        if (cached.Snapshot.ExpiresAt <= now)
            return null;
        if (isByPerson && cached.SeenAt + (cached.Snapshot.IsStaff ? CacheLifetime : SeenPrecision) <= now)
        {
            await SeeAsync(sessionId, now, ct);
            cached.SeenAt = now;
        }

        return cached.Snapshot;
    }

    /// <summary>From now on the session works for another organisation, which must be one of the person's.</summary>
    public async Task ChooseAsync(Guid sessionId, int organisationId, CancellationToken ct)
    {
        await database.WriteAsync(
            (write, token) => write.Db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.OrganisationId, organisationId), token), ct);
        Forget(sessionId);
    }

    /// <summary>Ends one session; a cookie that still carries it is refused from then on.</summary>
    public async Task EndAsync(Guid sessionId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            (write, token) => write.Db.Sessions.Where(s => s.Id == sessionId && s.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), token), ct);
        Forget(sessionId);
    }

    /// <summary>Ends all sessions of a person but, if given, the one that asks.</summary>
    public async Task EndAllAsync(int userId, Guid? except, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ids = await db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.Id != except).Select(s => s.Id).ToListAsync(ct);
        await database.WriteAsync(
            (write, token) => write.Db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.Id != except)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), token), ct);
        ids.ForEach(Forget);
    }

    /// <summary>Makes the next request read anew, after a change of rights or of the person's data.</summary>
    public void Forget(Guid sessionId) => cache.Remove(Key(sessionId));

    /// <summary>As <see cref="Forget"/>, for every session of a person.</summary>
    public async Task ForgetUserAsync(int userId, CancellationToken ct)
    {
        var ids = await db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null).Select(s => s.Id).ToListAsync(ct);
        ids.ForEach(Forget);
    }

    /// <summary>As <see cref="Forget"/>, for every session of everybody who has a place in an organisation.</summary>
    public async Task ForgetMembersAsync(int organisationId, CancellationToken ct)
    {
        var ids = await (
            from membership in db.Memberships
            join session in db.Sessions on membership.UserId equals session.UserId
            where membership.OrganisationId == organisationId && session.EndedAt == null
            select session.Id).ToListAsync(ct);
        ids.ForEach(Forget);
    }

    private Task<int> SeeAsync(Guid sessionId, DateTime now, CancellationToken ct) => database.WriteAsync(
        (write, token) => write.Db.Sessions.Where(s => s.Id == sessionId && s.LastSeenAt < now)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), token), ct);

    private static string Key(Guid sessionId) => $"session:{sessionId:N}";

    private sealed class Cached(SessionSnapshot snapshot, DateTime until)
    {
        public SessionSnapshot Snapshot => snapshot;
        public DateTime Until => until;

        /// <summary>Beside the cache's own time: a page that asks by itself renews that one.</summary>
        public DateTime SeenAt { get; set; } = snapshot.LastSeenAt;
    }
}
