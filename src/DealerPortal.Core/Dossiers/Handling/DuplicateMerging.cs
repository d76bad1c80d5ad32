using DealerPortal.Core.Files;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>A duplicate and the dossier of the same organisation that goes on.</summary>
/// <param name="Text">What the dealer reads on the duplicate.</param>
public sealed record Merge(Reader By, string Number, Guid Stamp, string Survivor, string Text);

/// <summary>What became of a merge.</summary>
public enum MergeOutcome
{
    Done,
    NotFound,
    Stale,

    /// <summary>No such dossier of the same organisation, or it is the duplicate itself.</summary>
    SurvivorUnknown,

    /// <summary>The survivor is a duplicate itself.</summary>
    SurvivorMerged,

    /// <summary>The duplicate's repair or return is under way, or it was merged before.</summary>
    UnderWay,

    /// <summary>The survivor would have more files than <see cref="FileLimits.MaxFilesPerDossier"/>.</summary>
    TooManyFiles,
}

/// <summary>
/// Makes one dossier of two: messages and files of the duplicate go on in the survivor, with who wrote them and when; the
/// duplicate ends, keeps what the form said, and leads to the survivor.
/// </summary>
public sealed class DuplicateMerging(DossierHandling handling)
{
    public async Task<MergeOutcome> MergeAsync(Merge merge, CancellationToken ct)
    {
        var refusal = MergeOutcome.UnderWay;
        var outcome = await handling.ChangeAsync(new DossierTarget(merge.By, merge.Number, merge.Stamp), async (change, token) =>
        {
            if (await RefusalAsync(change, merge, token) is { } reason)
            {
                refusal = reason;
                return HandlingOutcome.NotAllowed;
            }

            return HandlingOutcome.Done;
        }, facts => new DossierCompleted(facts, Resolution.Cancelled, merge.Text), ct);
        return outcome switch
        {
            HandlingOutcome.Done => MergeOutcome.Done,
            HandlingOutcome.Stale => MergeOutcome.Stale,
            HandlingOutcome.NotAllowed => refusal,
            _ => MergeOutcome.NotFound,
        };
    }

    /// <summary>Merges; null when that was possible.</summary>
    private static async Task<MergeOutcome?> RefusalAsync(DossierChange change, Merge merge, CancellationToken ct)
    {
        var db = change.Write.Db;
        var duplicate = change.Dossier;
        var survivor = await db.Dossiers.VisibleTo(merge.By).SingleOrDefaultAsync(d => d.Number == merge.Survivor && d.OrganisationId == duplicate.OrganisationId, ct);
        if (survivor is null || survivor.Id == duplicate.Id)
            return MergeOutcome.SurvivorUnknown;
        if (survivor.MergedIntoId is not null)
            return MergeOutcome.SurvivorMerged;
        var files = await db.Attachments.AsNoTracking().ScopedTo(merge.By).Where(a => a.DossierId == duplicate.Id).ToListAsync(ct);
        if (await db.Attachments.ScopedTo(merge.By).CountAsync(a => a.DossierId == survivor.Id, ct) + files.Count > FileLimits.MaxFilesPerDossier)
            return MergeOutcome.TooManyFiles;
        var wasOpen = duplicate.Status != RequestStatus.Completed;
        if (!duplicate.MergeInto(survivor, merge.Text, change.Now))
            return MergeOutcome.UnderWay;

        if (wasOpen)
            change.Entry(TimelineKind.RequestStatusChanged, merge.Text, request: RequestStatus.Completed, resolution: Resolution.Cancelled);
        change.Entry(TimelineKind.MergedIntoOther, survivor.Number);
        change.Done("dossier.merged", survivor.Number);
        var kept = change.To(survivor);
        var entry = kept.Entry(TimelineKind.DuplicateMerged, duplicate.Number);
        kept.Done("dossier.duplicate-merged", duplicate.Number);
        await MoveAsync(change, survivor, entry, merge.By, ct);
        return null;
    }

    private static async Task MoveAsync(DossierChange change, Dossier survivor, TimelineEntry entry, Reader by, CancellationToken ct)
    {
        var db = change.Write.Db;
        var messages = await db.Timeline.AsNoTracking().ScopedTo(by)
            .Where(e => e.DossierId == change.Dossier.Id && (e.Kind == TimelineKind.Message || e.Kind == TimelineKind.InternalNote)).OrderBy(e => e.Id).ToListAsync(ct);
        var copies = messages.ToDictionary(message => message.Id, message => new TimelineEntry
        {
            DossierId = survivor.Id,
            OrganisationId = survivor.OrganisationId,
            At = message.At,
            Kind = message.Kind,
            Actor = message.Actor,
            ActorId = message.ActorId,
            IsInternal = message.IsInternal,
            Text = message.Text,
            CameByMail = message.CameByMail,
        });
        db.AddRange(copies.Values);
        await db.SaveChangesAsync(ct);

        var files = db.Attachments.ScopedTo(by).Where(a => a.DossierId == change.Dossier.Id);
        foreach (var (original, copy) in copies)
        {
            await files.Where(a => a.TimelineEntryId == original)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.DossierId, survivor.Id).SetProperty(a => a.TimelineEntryId, copy.Id), ct);
        }

        // What the duplicate's form brought comes with the entry that tells of the merge; its slots are taken in the survivor.
        await files.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.DossierId, survivor.Id).SetProperty(a => a.TimelineEntryId, entry.Id).SetProperty(a => a.Slot, (string?)null), ct);
    }
}
