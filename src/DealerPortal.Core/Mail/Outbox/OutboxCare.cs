using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail.Inbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Mail.Outbox;

/// <summary>Sends mails again. Never a secret: whoever can read the outbox must not be able to let themselves in with it.</summary>
public sealed class OutboxCare(PortalDatabase database, ReplyTokens replies, MailSignal signal, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>
    /// Puts a copy of a sent mail into the outbox, as a message of its own that refers to the first. The id of the copy; null
    /// for a secret, and for a mail that was not sent.
    /// </summary>
    /// <param name="copies">How many copies the person saw: after a second click there is one already, and that is it.</param>
    public Task<Guid?> SendAgainAsync(Guid id, int copies, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var outbox = write.Db.Set<OutboxMail>();
        if (await outbox.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.SentAt != null && !m.IsSecret && m.Content != null, token) is not { } first)
            return (Guid?)null;
        var there = await outbox.Where(m => m.AgainOfId == id).OrderByDescending(m => m.CreatedAt).Select(m => m.Id).ToListAsync(token);
        if (there.Count > copies)
            return there[0];
        var now = time.GetUtcNow().UtcDateTime;
        var copy = Guid.CreateVersion7(time.GetUtcNow());
        var reply = first.ReplyTokenHash is null ? null : replies.New();
        write.Db.Add(new OutboxMail
        {
            Id = copy,
            Kind = first.Kind,
            Recipient = first.Recipient,
            RecipientName = first.RecipientName,
            Language = first.Language,
            Subject = first.Subject,
            MessageId = $"{copy:N}@{options.Value.From.Split('@')[^1]}",
            Content = first.Content,
            IsSecret = false,
            ReplyTokenHash = reply?.Hash,
            ReplyToken = reply?.Stored,
            UserId = first.UserId,
            DossierId = first.DossierId,
            AgainOfId = first.Id,
            TriesAddress = true,
            CreatedAt = now,
            DueAt = now,
        });
        write.Db.Record(now, actorId, "mail.sent-again", nameof(OutboxMail), Text(copy), $"of {Text(first.Id)}");
        write.AfterCommit(signal.Wake);
        return copy;
    }, ct);

    /// <summary>Has a dead letter tried anew, with all its attempts and under the same Message-ID. False for a secret, and for what is no dead letter.</summary>
    public Task<bool> PutBackAsync(Guid id, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        var put = await write.Db.Set<OutboxMail>().Where(m => m.Id == id && m.FailedAt != null && !m.IsSecret && m.Content != null).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.FailedAt, (DateTime?)null).SetProperty(m => m.BouncedAt, (DateTime?)null).SetProperty(m => m.DueAt, now)
                .SetProperty(m => m.Attempts, 0).SetProperty(m => m.TriesAddress, true), token);
        if (put == 0)
            return false;
        write.Db.Record(now, actorId, "mail.put-back", nameof(OutboxMail), Text(id));
        write.AfterCommit(signal.Wake);
        return true;
    }, ct);

    /// <summary>As the audit log names a mail.</summary>
    internal static string Text(Guid id) => id.ToString("N");
}
