using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>Removes what was kept for a while only.</summary>
public sealed class ExpiredAccounts(PortalDatabase database, TimeProvider time)
{
    /// <summary>Registrations go after this long, whether verified or not; accounts that came of them stay.</summary>
    public static readonly TimeSpan RegistrationLifetime = TimeSpan.FromDays(7);

    /// <summary>Sessions are remembered this long after they ended by themselves.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromDays(30);

    private static readonly TimeSpan _counters = TimeSpan.FromDays(1);

    /// <summary>How many registrations went; counters, used links and old sessions go with them.</summary>
    public Task<int> RemoveAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (registrations, counters, sessions) = (now - RegistrationLifetime, now - _counters, now - SessionLifetime);
        var invitations = now - MemberInvitation.Lifetime - MemberInvitation.Remembered;
        return database.WriteAsync(async (write, token) =>
        {
            var db = write.Db;
            await db.Set<MailAllowance>().Where(a => a.UsedAt < counters).ExecuteDeleteAsync(token);
            await db.Set<SignInThrottle>().Where(t => t.EndsAt < counters).ExecuteDeleteAsync(token);
            await db.Set<SignInTicket>().Where(t => t.CreatedAt < counters).ExecuteDeleteAsync(token);
            await db.Set<PasskeyChallenge>().Where(c => c.CreatedAt < counters).ExecuteDeleteAsync(token);
            await db.Set<PasswordReset>().Where(r => r.CreatedAt < registrations).ExecuteDeleteAsync(token);
            // The last mail to somebody who is nobody any more.
            await db.Set<OutboxMail>().Where(m => m.Kind == nameof(AccountErased) && m.CreatedAt < counters && m.LeaseId == null).ExecuteDeleteAsync(token);
            await db.Set<EmailChangeCode>().Where(code => db.Set<EmailChange>().Any(c => c.Id == code.ChangeId && c.CreatedAt < registrations)).ExecuteDeleteAsync(token);
            await db.Set<EmailChange>().Where(c => c.CreatedAt < registrations).ExecuteDeleteAsync(token);
            await db.Set<DealerSeat>().Where(seat => db.Sessions.Any(s => s.Id == seat.SessionId && s.ExpiresAt < sessions)).ExecuteDeleteAsync(token);
            await db.Sessions.Where(s => s.ExpiresAt < sessions).ExecuteDeleteAsync(token);
            await db.Set<MemberInvitation>().Where(i => i.SentAt < invitations).ExecuteDeleteAsync(token);
            return await db.Registrations.Where(r => r.CreatedAt < registrations).ExecuteDeleteAsync(token);
        }, ct);
    }
}
