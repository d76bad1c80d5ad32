using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>Ends the sessions of a person who asks for it, each time on record.</summary>
public sealed class OwnSessions(PortalDatabase database, SessionService sessions, TimeProvider time)
{
    /// <summary>Ends one; false when the person has no such session, or it is over.</summary>
    public async Task<bool> EndAsync(int userId, Guid sessionId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var isEnded = await database.WriteAsync(async (write, token) =>
        {
            if (await write.Db.OpenSessions(userId, now).Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), token) == 0)
                return false;
            write.Db.Record(now, userId, "session.ended", nameof(UserSession), sessionId);
            return true;
        }, ct);
        sessions.Forget(sessionId);
        return isEnded;
    }

    /// <summary>Ends all, but for one if it is named; how many.</summary>
    public async Task<int> EndAllAsync(int userId, Guid? except, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ended = await database.WriteAsync(async (write, token) =>
        {
            var open = write.Db.OpenSessions(userId, now).Where(s => s.Id != except);
            var ids = await open.Select(s => s.Id).ToListAsync(token);
            if (ids.Count == 0)
                return ids;
            await open.ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), token);
            write.Db.Record(now, userId, "user.sessions-ended", nameof(User), userId);
            return ids;
        }, ct);
        ended.ForEach(sessions.Forget);
        return ended.Count;
    }
}
