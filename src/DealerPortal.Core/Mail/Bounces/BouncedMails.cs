using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Mail.Bounces;

/// <summary>Puts on record that a mail came back, and that its address takes none. Part of the write that learns of it.</summary>
internal static class BouncedMails
{
    /// <summary>The mail that a report is about; null for one that we did not send, or not to whom the report names.</summary>
    public static async Task<(OutboxMail Mail, FailedDelivery Failure)?> FindAsync(PortalDbContext db, DeliveryReport report, CancellationToken ct)
    {
        // The Message-ID begins with the mail's own id, which is the key.
        if (!Guid.TryParseExact(report.MessageId.Split('@')[0], "N", out var id))
            return null;
        var mail = await db.Set<OutboxMail>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.MessageId == report.MessageId, ct);
        return mail is not null && report.Failures.FirstOrDefault(failure => failure.IsOf(mail.Recipient)) is { } failure ? (mail, failure) : null;
    }

    public static async Task RecordAsync(PortalDbContext db, OutboxMail mail, Bounce bounce, DateTime now, CancellationToken ct)
    {
        var returned = await db.Set<OutboxMail>().Where(m => m.Id == mail.Id && m.BouncedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.BouncedAt, now).SetProperty(m => m.LastError, bounce.Reason), ct);
        if (returned == 1)
            db.Record(now, null, "mail.returned", nameof(OutboxMail), mail.Id.ToString("N"), bounce.Status);
        if (!bounce.IsOfAddress || mail.UserId is not { } userId)
            return;
        var key = EmailAddress.Normalise(mail.Recipient);
        // What was on its way before somebody said that the address works proves nothing.
        var flagged = await db.Users.Where(u => u.Id == userId && u.NormalizedEmail == key && (u.BouncedAddress == null || u.BouncedAddress != u.Email)
                && (u.BounceClearedAt == null || u.BounceClearedAt < (mail.SentAt ?? now)))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.BouncedAddress, u => u.Email).SetProperty(u => u.BouncedAt, now).SetProperty(u => u.BounceReason, bounce.Reason), ct);
        if (flagged == 1)
            db.Record(now, null, "user.address-bounced", nameof(User), userId, bounce.Status);
    }

    /// <summary>Takes the flag away; what was held back goes on. False where there was none.</summary>
    /// <param name="actorId">Null for a mail that support tried again and that went out.</param>
    /// <param name="address">That the flag is of; null for whichever.</param>
    public static async Task<bool> ClearAsync(PortalDbContext db, int userId, int? actorId, string? address, DateTime now, CancellationToken ct)
    {
        var cleared = await db.Users.Where(u => u.Id == userId && u.BouncedAddress != null && (address == null || u.BouncedAddress == address)).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.BouncedAddress, (string?)null).SetProperty(u => u.BouncedAt, (DateTime?)null)
                .SetProperty(u => u.BounceReason, (string?)null).SetProperty(u => u.BounceClearedAt, now), ct);
        if (cleared == 0)
            return false;
        await db.Set<OutboxMail>().Where(m => m.UserId == userId && m.DueAt != null && m.LeaseId == null && m.LastError == OutboxMail.AddressBounced)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now).SetProperty(m => m.LastError, (string?)null), ct);
        db.Record(now, actorId, "user.address-works", nameof(User), userId);
        return true;
    }
}
