using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

/// <summary>Which mails about dossiers a person wants.</summary>
/// <param name="NotifyByMail">The default of «keep me informed by mail» for new dossiers.</param>
/// <param name="Muted">The kinds they do without, whatever the dossier says.</param>
public sealed record MailChoice(bool NotifyByMail, MailTopics Muted);

/// <summary>Changes what a person is mailed. It holds for mails made from then on.</summary>
public sealed class MailPreferences(PortalDatabase database, TimeProvider time)
{
    public Task SaveAsync(int userId, MailChoice choice, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var user = await write.Db.Users.SingleAsync(u => u.Id == userId, token);
        if (choice == new MailChoice(user.NotifyByMail, user.MutedMails))
            return;
        (user.NotifyByMail, user.MutedMails) = (choice.NotifyByMail, choice.Muted & AllMailTopics.All);
        write.Db.Record(time.GetUtcNow().UtcDateTime, userId, "user.mails-chosen", nameof(User), userId, choice.Muted == MailTopics.None ? null : $"without {choice.Muted}");
    }, ct);
}
