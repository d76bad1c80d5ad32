using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;

namespace DealerPortal.Core.Mail.Bounces;

/// <summary>The person says that their address takes mails again.</summary>
public sealed class AddressConfirmation(PortalDatabase database, SessionService sessions, MailSignal signal, TimeProvider time)
{
    /// <summary>False where no mail had come back.</summary>
    public async Task<bool> ConfirmAsync(int userId, CancellationToken ct)
    {
        var cleared = await database.WriteAsync(async (write, token) =>
        {
            write.AfterCommit(signal.Wake);
            return await BouncedMails.ClearAsync(write.Db, userId, userId, address: null, time.GetUtcNow().UtcDateTime, token);
        }, ct);
        await sessions.ForgetUserAsync(userId, ct);
        return cleared;
    }
}
