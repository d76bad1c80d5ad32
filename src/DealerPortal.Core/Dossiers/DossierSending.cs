using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a valid form says, whatever its type: the dossier's own columns, and the details of the type.</summary>
public sealed record FiledDossier
{
    public required DossierType Type { get; init; }
    public string? Reference { get; init; }
    public required bool NotifyByMail { get; init; }

    /// <summary>One of the organisation's own.</summary>
    public int? BranchId { get; init; }
    public string? ModelCode { get; init; }
    public int? ModelId { get; init; }
    public string? SerialNumber { get; init; }
    public string? Imei { get; init; }
    public bool? Sold { get; init; }
    public EndUser? EndUser { get; init; }
    public string? GrmsNumber { get; init; }

    /// <summary>The row of the type’s own table, for a dossier that has its key; for the receipt also for one that has none yet.</summary>
    public required Func<Dossier, IDossierDetails> Details { get; init; }

    /// <summary>The dossier's own row.</summary>
    internal Dossier ToDossier(Filing filing) => new()
    {
        Number = filing.Number,
        Type = Type,
        OrganisationId = filing.OrganisationId,
        AuthorId = filing.AuthorId,
        OwnerId = filing.OwnerId,
        CreatedAt = filing.At,
        Reference = Reference,
        NotifyByMail = NotifyByMail,
        BranchId = BranchId,
        ModelCode = ModelCode,
        ModelId = ModelId,
        SerialNumber = SerialNumber,
        Imei = Imei,
        Sold = Sold,
        EndUserName = EndUser?.Name,
        EndUserStreet = EndUser?.Street,
        EndUserPostalCode = EndUser?.PostalCode,
        EndUserTown = EndUser?.Town,
        EndUserPhone = EndUser?.Phone,
        EndUserEmail = EndUser?.Email,
        GrmsNumber = GrmsNumber,
        CopiedFromId = filing.CopiedFromId,
        EarlierNumber = filing.EarlierNumber,
    };
}

/// <summary>Whose dossier it is, and since when.</summary>
internal sealed record Filing(string Number, int OrganisationId, int AuthorId, int OwnerId, DateTime At)
{
    public long? CopiedFromId { get; init; }
    public string? EarlierNumber { get; init; }
}

/// <summary>The consumer whose device it is. Phone as E.164.</summary>
public sealed record EndUser(string Name, string? Street = null, string? PostalCode = null, string? Town = null, string? Phone = null, string? Email = null);

/// <summary>What became of a send.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <param name="IsNew">False when an earlier send of the same draft, perhaps a moment ago, made it.</param>
    public sealed record Sent(string Number, bool IsNew) : SendResult;

    /// <summary>The draft is not what was judged any more: another device saved or discarded it.</summary>
    public sealed record Changed : SendResult;
}

/// <summary>
/// Turns a draft into a dossier: once, however often it is sent, and whole. The number is claimed and the mail rendered
/// first; one transaction then consumes the draft and writes dossier, details, timeline, search rows, files, mail and audit.
/// </summary>
public sealed class DossierSending(PortalDatabase database, PortalDbContext db, DossierNumbers numbers, DossierKinds kinds, DossierPromises promises, MailQueue mails, TimeProvider time)
{
    /// <param name="revision">The revision that was judged; a newer one is not sent unseen.</param>
    public async Task<SendResult> SendAsync(DraftKey key, int revision, FiledDossier filed, CancellationToken ct)
    {
        var number = await numbers.NextAsync(ct);
        var terms = await promises.OfOrganisationAsync(key.OrganisationId, ct);
        var receipt = filed.NotifyByMail ? await RenderReceiptAsync(key, number, filed, ct) : null;
        return await database.WriteAsync<SendResult>(async (write, token) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            var own = DraftService.Own(write.Db, key, filed.Type);
            var consumed = await own.Where(d => d.Revision == revision && d.ConsumedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.ConsumedAt, now), token);
            var draft = await own.AsNoTracking().SingleOrDefaultAsync(token);
            if (consumed == 0)
                return draft is not null && await DraftService.SentAsync(write, draft, token) is { } sent ? new SendResult.Sent(sent.Number, false) : new SendResult.Changed();

            var dossier = filed.ToDossier(new Filing(number, key.OrganisationId, key.OwnerId, draft!.ForUserId ?? key.OwnerId, now) { CopiedFromId = draft.CopiedFromId });
            dossier.Follow(terms, now);
            write.Db.Add(dossier);
            await write.Db.SaveChangesAsync(token);

            write.Db.Add(filed.Details(dossier));
            write.Db.Add(new TimelineEntry
            {
                DossierId = dossier.Id,
                OrganisationId = key.OrganisationId,
                At = now,
                Kind = TimelineKind.Submitted,
                Actor = draft.ForUserId is null ? ActorKind.Dealer : ActorKind.Support,
                ActorId = key.OwnerId,
                RequestStatus = dossier.Status,
            });
            write.Db.AddRange(DossierSearchRows.Of(dossier));
            write.Db.Record(now, key.OwnerId, "dossier.submitted", nameof(Dossier), dossier.Id, draft.ForUserId is { } caller ? $"for {caller}" : null);

            if (receipt is not null)
                await mails.EnqueueAsync(write, receipt, token, dossier.Id);

            await write.Db.Attachments.Where(a => a.DraftId == key.Id).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.DossierId, dossier.Id).SetProperty(a => a.DraftId, (Guid?)null), token);
            // What was typed lives in the dossier now, under its rules of access and deletion.
            await own.ExecuteUpdateAsync(set => set.SetProperty(d => d.DossierId, dossier.Id).SetProperty(d => d.Pairs, "[]"), token);
            return new SendResult.Sent(number, true);
        }, ct);
    }

    /// <summary>Null where the owner does without.</summary>
    private async Task<RenderedMail?> RenderReceiptAsync(DraftKey key, string number, FiledDossier filed, CancellationToken ct)
    {
        var ownerId = await db.Drafts.AsNoTracking().Where(d => d.Id == key.Id && d.OwnerId == key.OwnerId).Select(d => d.ForUserId).SingleOrDefaultAsync(ct) ?? key.OwnerId;
        var owner = await db.Users.AsNoTracking().SingleAsync(u => u.Id == ownerId, ct);
        var modelName = filed.ModelId is { } id ? await db.Models.Where(m => m.Id == id).Select(m => m.Name).SingleAsync(ct) : null;
        // The key is not there yet; the write that makes it puts it into the mail's row.
        var dossier = filed.ToDossier(new Filing(number, key.OrganisationId, key.OwnerId, key.ForUserId ?? key.OwnerId, time.GetUtcNow().UtcDateTime));
        var details = filed.Details(dossier);
        var kind = kinds[filed.Type];
        var facts = DossierFacts.Of(dossier, kind, () => kind.Answers(details), modelName?.In(Languages.Normalise(owner.Language)));
        var mail = new DossierSubmitted(facts);
        return (mail.Topic & owner.MutedMails) != MailTopics.None
            ? null
            : mails.Render(mail, new MailRecipient(owner.Email!, owner.FullName, owner.Language, owner.Id));
    }
}
