using System.Globalization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>What became of a step on a mail of the list.</summary>
public enum InboundStep
{
    Done,
    NotFound,

    /// <summary>Somebody had done with it before.</summary>
    Settled,

    /// <summary>There is no dossier of that number.</summary>
    NoDossier,
}

/// <summary>What support does with mails that became no message. Each is done with once.</summary>
public sealed class InboundCare(PortalDatabase database, DossierHandling handling, TimeProvider time)
{
    /// <summary>Done with, without anything coming of it.</summary>
    public Task<InboundStep> PutAsideAsync(Guid id, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        if (await OpenAsync(write.Db, id, token) is not { } mail)
            return await MissingAsync(write.Db, id, token);
        Settle(write.Db, mail, actorId, "inbound.put-aside", null);
        return InboundStep.Done;
    }, ct);

    /// <summary>Adds it to a dossier that a person chose, as a note that only support sees: whose words these are, nobody has proven.</summary>
    /// <param name="note">The mail as the note quotes it.</param>
    public async Task<InboundStep> AttachAsync(Guid id, Reader by, string number, string note, CancellationToken ct)
    {
        var step = InboundStep.Done;
        var outcome = await handling.ChangeAsync(new DossierTarget(by, number, EvenIfMerged: true), async (change, token) =>
        {
            if (await OpenAsync(change.Write.Db, id, token) is not { } mail)
            {
                step = await MissingAsync(change.Write.Db, id, token);
                return HandlingOutcome.NotAllowed;
            }

            foreach (var piece in ReplyText.Pieces(note, TimelineEntry.TextMaxLength))
                change.Entry(TimelineKind.InternalNote, piece, isInternal: true);
            mail.DossierId = change.Dossier.Id;
            Settle(change.Write.Db, mail, by.UserId, "inbound.attached", change.Dossier.Id.ToString(CultureInfo.InvariantCulture));
            change.Record("dossier.note-added", "mail");
            step = InboundStep.Done;
            return HandlingOutcome.Done;
        }, mail: null, ct);
        return outcome == HandlingOutcome.NotFound ? InboundStep.NoDossier : step;
    }

    private void Settle(PortalDbContext db, InboundMail mail, int actorId, string action, string? detail)
    {
        var now = time.GetUtcNow().UtcDateTime;
        mail.SettledAt = now;
        mail.SettledById = actorId;
        db.Record(now, actorId, action, nameof(InboundMail), Text(mail.Id), detail);
    }

    /// <summary>Claimed by a conditional update, so that of two people only one has done it.</summary>
    private async Task<InboundMail?> OpenAsync(PortalDbContext db, Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var open = db.Set<InboundMail>().Where(m => m.Id == id && m.Outcome == InboundOutcome.Kept);
        return await open.Where(m => m.SettledAt == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.SettledAt, now), ct) == 1
            ? await open.SingleAsync(ct)
            : null;
    }

    private static async Task<InboundStep> MissingAsync(PortalDbContext db, Guid id, CancellationToken ct) =>
        await db.Set<InboundMail>().AnyAsync(m => m.Id == id && m.Outcome == InboundOutcome.Kept, ct) ? InboundStep.Settled : InboundStep.NotFound;

    /// <summary>As the audit log names a mail.</summary>
    internal static string Text(Guid id) => id.ToString("N");
}
