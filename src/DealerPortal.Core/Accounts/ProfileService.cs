using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>What people say about themselves. Checked by the caller: names within their length, the phone as E.164, a language of the portal.</summary>
public sealed record ProfileChange(string FirstName, string LastName, string Phone, string Language);

/// <summary>Changes a person's own data.</summary>
public sealed class ProfileService(PortalDatabase database, SessionService sessions, TimeProvider time)
{
    public async Task UpdateAsync(int userId, ProfileChange change, CancellationToken ct)
    {
        await database.WriteAsync(async (write, token) =>
        {
            // Another instance may know the session for some seconds longer than the account exists.
            if (await write.Db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.ErasedAt == null, token) is not { } user)
                return;
            user.FirstName = change.FirstName;
            user.LastName = change.LastName;
            user.PhoneNumber = change.Phone;
            user.Language = change.Language;
            await write.Db.RewriteTokensAsync(user, token);
            write.Db.Record(time.GetUtcNow().UtcDateTime, userId, "user.updated", nameof(User), userId);
        }, ct);
        await sessions.ForgetUserAsync(userId, ct);
    }
}
