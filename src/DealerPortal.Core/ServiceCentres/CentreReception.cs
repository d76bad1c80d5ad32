using System.Text.Json;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>By which way an event came.</summary>
/// <param name="KeyId">The machine's key; null for a file.</param>
/// <param name="UploadId">The file; null for a machine.</param>
public sealed record CentreSender(int CentreId, int? KeyId = null, Guid? UploadId = null);

/// <summary>What the sender of an event is told.</summary>
public abstract record CentreAnswer
{
    /// <param name="IsRepeated">It came before; this is what was told then.</param>
    public sealed record Received(CentreEventOutcome Outcome, DateTime At, bool IsRepeated) : CentreAnswer;

    /// <summary>Another event has this id. Nothing was stored.</summary>
    public sealed record Conflict : CentreAnswer;

    /// <summary>Its code asks for more than it brings. Nothing was stored.</summary>
    public sealed record Lacking(IReadOnlyList<ReportProblem> Problems) : CentreAnswer;
}

/// <summary>
/// Takes the events of service centres: stores each once, and applies it to its dossier in the same write. The same event
/// again changes nothing and is answered as the first time. Source: design.md «Dossiers», docs/decisions/0010.
/// </summary>
public sealed class CentreReception(PortalDatabase database, PortalDbContext db, DossierHandling handling, DossierKinds kinds, TimeProvider time)
{
    private const int MaxAttempts = 10;
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <param name="body">The event as JSON, as received.</param>
    public async Task<CentreAnswer> ReceiveAsync(CentreSender sender, CentreReport report, string body, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var known = await db.CentreEvents.AsNoTracking().SingleOrDefaultAsync(e => e.CentreId == sender.CentreId && e.EventId == report.EventId, ct);
            if (known is not null && known.ContentHash != report.ContentHash)
                return new CentreAnswer.Conflict();
            if (known is not null && known.Outcome != CentreEventOutcome.NoDossier)
                return new CentreAnswer.Received(known.Answered, known.ReceivedAt, IsRepeated: true);

            var plan = await PlanAsync(sender.CentreId, report, ct);
            if (plan.Lacks.Count > 0)
                return new CentreAnswer.Lacking(plan.Lacks);
            var receivedAt = time.GetUtcNow().UtcDateTime;
            if (await TakeAsync(plan, report, () => Stored(sender, report, body, receivedAt), ct) is { } outcome)
                return new CentreAnswer.Received(outcome, receivedAt, IsRepeated: false);
            if (attempt == MaxAttempts)
                throw new TimeoutException("Others changed what the event is about again and again.");
        }
    }

    /// <summary>Applies an event whose code had no meaning when it came.</summary>
    /// <returns>Null when it waits for nothing any more.</returns>
    public async Task<CentreEventOutcome?> ApplyWaitingAsync(long eventRowId, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var waiting = await db.CentreEvents.AsNoTracking().SingleOrDefaultAsync(e => e.Id == eventRowId && e.Outcome == CentreEventOutcome.UnknownCode, ct);
            if (waiting is null)
                return null;
            var report = CentreReport.Read(JsonSerializer.Deserialize<CentreEventBody>(waiting.Body, CentreEventBody.Json)!, waiting.DossierNumber, now: null, out _)!;
            var plan = await PlanAsync(waiting.CentreId, report, ct);
            if (await TakeAsync(plan, report, fresh: null, ct) is { } outcome)
                return outcome;
        }

        return null;
    }

    /// <summary>What would become of an event that was not received yet; changes nothing.</summary>
    public async Task<(CentreRowState State, IReadOnlyList<ReportProblem> Problems)> LookAsync(int centreId, CentreReport report, CancellationToken ct)
    {
        var plan = await PlanAsync(centreId, report, ct);
        return plan switch
        {
            { DossierId: null } => (CentreRowState.NoDossier, []),
            { Lacks.Count: > 0 } => (CentreRowState.Invalid, plan.Lacks),
            { Meaning: null } => (CentreRowState.UnknownCode, []),
            _ => (CentreRowState.Good, []),
        };
    }

    private static CentreEvent Stored(CentreSender sender, CentreReport report, string body, DateTime receivedAt) => new()
    {
        CentreId = sender.CentreId,
        EventId = report.EventId,
        ContentHash = report.ContentHash,
        DossierNumber = report.DossierNumber,
        Code = report.Code,
        CodeKey = report.CodeKey,
        OccurredAt = report.OccurredAt,
        ReceivedAt = receivedAt,
        Body = body,
        OrderNumber = report.OrderNumber,
        GrmsNumber = report.GrmsNumber?.Value,
        KeyId = sender.KeyId,
        UploadId = sender.UploadId,
        Outcome = CentreEventOutcome.UnknownCode,
        Answered = CentreEventOutcome.UnknownCode,
    };

    /// <summary>Stores and applies an event, or applies a waiting one.</summary>
    /// <param name="fresh">Its row; null for one that is stored and waits.</param>
    /// <returns>Null when somebody was faster and it has to be looked at again.</returns>
    private async Task<CentreEventOutcome?> TakeAsync(CentrePlan plan, CentreReport report, Func<CentreEvent>? fresh, CancellationToken ct)
    {
        try
        {
            if (plan.DossierId is null)
                return await database.WriteAsync((write, token) => KeepWithoutDossierAsync(write, plan, report, fresh, token), ct);

            CentreEventOutcome? outcome = null;
            await handling.ChangeAsync(
                plan.Target,
                async (change, token) =>
                {
                    outcome = null;
                    if (!plan.IsOf(change.Dossier) || await RowAsync(change.Write, plan.CentreId, report.EventId, fresh, token) is not { } row)
                        return HandlingOutcome.NotAllowed;
                    change.Dossier.ServiceCentreId ??= plan.CentreId;
                    row.DossierId = change.Dossier.Id;
                    if (await new CentreApplication(change, report, plan).ApplyAsync(token) is not { } reached)
                        return HandlingOutcome.NotAllowed;
                    await EndAsync(change.Write, row, reached, isNew: fresh is not null, token);
                    outcome = reached;
                    return HandlingOutcome.Done;
                },
                plan.Mails(report),
                ct);
            return outcome;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation() || exception is DbUpdateConcurrencyException)
        {
            return null;
        }
    }

    private async Task<CentreEventOutcome?> KeepWithoutDossierAsync(WriteScope write, CentrePlan plan, CentreReport report, Func<CentreEvent>? fresh, CancellationToken ct)
    {
        if (await RowAsync(write, plan.CentreId, report.EventId, fresh, ct) is not { } row)
            return null;
        await EndAsync(write, row, CentreEventOutcome.NoDossier, isNew: fresh is not null, ct);
        return CentreEventOutcome.NoDossier;
    }

    /// <summary>The event's row in this write; null when it is no longer what it was taken for.</summary>
    private static async Task<CentreEvent?> RowAsync(WriteScope write, int centreId, string eventId, Func<CentreEvent>? fresh, CancellationToken ct)
    {
        var known = await write.Db.CentreEvents.SingleOrDefaultAsync(e => e.CentreId == centreId && e.EventId == eventId, ct);
        if (known is not null)
            return known.Outcome == (fresh is null ? CentreEventOutcome.UnknownCode : CentreEventOutcome.NoDossier) ? known : null;
        if (fresh?.Invoke() is { } row)
        {
            write.Db.Add(row);
            return row;
        }

        return null;
    }

    private async Task EndAsync(WriteScope write, CentreEvent row, CentreEventOutcome outcome, bool isNew, CancellationToken ct)
    {
        row.Outcome = outcome;
        if (!isNew)
            return;
        row.Answered = outcome;
        var now = time.GetUtcNow().UtcDateTime;
        if (row.KeyId is { } keyId)
        {
            await write.Db.CentreKeys.Where(k => k.Id == keyId && (k.LastUsedAt == null || k.LastUsedAt < now - UseIsNotedEvery))
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), ct);
        }
    }

    private async Task<CentrePlan> PlanAsync(int centreId, CentreReport report, CancellationToken ct)
    {
        var target = DossierTarget.ForServiceCentre(await SurvivorOfAsync(report.DossierNumber, ct));
        var plan = new CentrePlan { CentreId = centreId, Target = target };
        var found = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(target.By)
            join owner in db.Users.AsNoTracking() on dossier.OwnerId equals owner.Id
            where dossier.Number == target.Number && (dossier.ServiceCentreId == null || dossier.ServiceCentreId == centreId)
            select new { dossier.Id, dossier.Type, owner.Language }).SingleOrDefaultAsync(ct);
        // What is neither repaired nor collected is no centre's business.
        if (found is null || kinds[found.Type].Track == DossierTrack.None)
            return plan;

        plan = plan with { DossierId = found.Id, Track = kinds[found.Type].Track };
        var (own, common) = (CentreCode.KeyOf(centreId, report.CodeKey), CentreCode.KeyOf(null, report.CodeKey));
        var codes = await db.CentreCodes.AsNoTracking().Where(c => c.Key == own || c.Key == common).ToListAsync(ct);
        if ((codes.Find(c => c.Key == own) ?? codes.FirstOrDefault()) is not { } code)
            return plan;
        string?[] words = [code.Text?.In(found.Language), report.Reason, report.Text];
        return plan with
        {
            Meaning = code.Meaning,
            Text = words.Any(part => part is not null) ? string.Join('\n', words.Where(part => part is not null).Distinct()) : null,
            Sequence = code.Meaning.NeedsAppointment() ? await handling.NextAppointmentSequenceAsync(target, ct) : 0,
            Lacks = [.. LacksOf(code, report)],
        };
    }

    /// <summary>The number itself; of a duplicate that was merged, that of the dossier in which it goes on. A merged dossier takes in no other, so this ends.</summary>
    private async Task<string> SurvivorOfAsync(string number, CancellationToken ct)
    {
        var dossiers = db.Dossiers.AsNoTracking().VisibleTo(Reader.Portal);
        while (await dossiers.Where(d => d.Number == number).Join(dossiers, d => d.MergedIntoId, survivor => survivor.Id, (_, survivor) => survivor.Number).SingleOrDefaultAsync(ct) is { } survivor)
            number = survivor;
        return number;
    }

    private static IEnumerable<ReportProblem> LacksOf(CentreCode code, CentreReport report)
    {
        if (code.Meaning.NeedsAppointment() && report.Appointment is null)
            yield return new ReportProblem("appointment", ReportFault.Missing);
        if (code.Meaning.NeedsReason() && code.Text is null && report.Reason is null)
            yield return new ReportProblem("reason", ReportFault.Missing);
    }
}
