using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace DealerPortal.Core.Accounts;

/// <summary>Begins, reads and ends sessions. What is read is kept for 30 seconds; what this instance ends, ends here at once.</summary>
public sealed class SessionService(PortalDatabase database, PortalDbContext db, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan AbsoluteLifetime = TimeSpan.FromHours(12);
    public static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(30);

    /// <summary>A new session for a user whose identity was just proven.</summary>
    public async Task<UserSession> BeginAsync(int userId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await database.WriteAsync(async (write, token) =>
        {
            var user = await write.Db.Users.SingleAsync(u => u.Id == userId, token);
            user.LastSignInAt = now;
            var session = new UserSession
            {
                Id = Guid.NewGuid(),
                UserId = userId,
                CreatedAt = now,
                LastSeenAt = now,
                ExpiresAt = now + AbsoluteLifetime,
                SecurityStamp = user.SecurityStamp!,
            };
            write.Db.Add(session);
            return session;
        }, ct);
    }

    /// <summary>The session's snapshot, at most 30 seconds old; null when it is over.</summary>
    public async Task<SessionSnapshot?> ReadAsync(Guid sessionId, CancellationToken ct)
    {
        var key = Key(sessionId);
        var now = time.GetUtcNow().UtcDateTime;
        if (cache.TryGetValue(key, out Cached? cached) && cached!.Until > now)
            return cached.Snapshot.ExpiresAt > now ? cached.Snapshot : null;
        var snapshot = await db.ReadSessionAsync(sessionId, now, ct);
        if (snapshot is not null)
            cache.Set(key, new Cached(snapshot, now + CacheLifetime), CacheLifetime);
        return snapshot;
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

    private static string Key(Guid sessionId) => $"session:{sessionId:N}";

    private sealed record Cached(SessionSnapshot Snapshot, DateTime Until);
}
