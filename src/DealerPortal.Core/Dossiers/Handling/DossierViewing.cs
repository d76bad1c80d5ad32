using System.Globalization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Mail.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>Puts on record that staff looked at end-user data: once per person and dossier or mail in ten minutes. Source: design.md «Privacy».</summary>
public sealed class DossierViewing(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    private static readonly TimeSpan Once = TimeSpan.FromMinutes(10);

    public Task RecordAsync(int staffId, long dossierId, CancellationToken ct) =>
        RecordAsync(staffId, "dossier.viewed", nameof(Dossier), dossierId.ToString(CultureInfo.InvariantCulture), ct);

    /// <summary>The same of a mail, which says of a dossier what the dossier says.</summary>
    public Task RecordMailAsync(int staffId, Guid mailId, CancellationToken ct) => RecordAsync(staffId, "mail.viewed", nameof(OutboxMail), OutboxCare.Text(mailId), ct);

    /// <summary>The same of a mail that came in and became no message.</summary>
    public Task RecordInboundAsync(int staffId, Guid mailId, CancellationToken ct) => RecordAsync(staffId, "inbound.viewed", nameof(InboundMail), InboundCare.Text(mailId), ct);

    private async Task RecordAsync(int staffId, string action, string type, string subject, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now - Once;
        if (await db.Audit.AnyAsync(a => a.SubjectType == type && a.SubjectId == subject && a.ActorId == staffId && a.Action == action && a.At > since, ct))
            return;
        await database.WriteAsync((write, _) =>
        {
            write.Db.Record(now, staffId, action, type, subject);
            return Task.CompletedTask;
        }, ct);
    }
}
