using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Handling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Dossiers.Queue.Bulk;

/// <summary>A dossier as the preview of a step shows it.</summary>
/// <param name="Language">The owner's, in which the dealer reads the text.</param>
/// <param name="GetsMail">Whether the owner gets a mail about it.</param>
public sealed record BulkRow(
    string Number, DossierType Type, string OrganisationName, RequestStatus Status, Resolution? Resolution, int? AssigneeId, string? AssigneeName, Guid Stamp, string Language, bool GetsMail);

/// <param name="Stamp">What the preview showed.</param>
public sealed record BulkTarget(string Number, Guid Stamp);

/// <summary>
/// Takes one step on several dossiers: each in a write of its own, with its own timeline, mail and audit row, exactly as if it
/// were taken alone. One that was changed since the preview, or fails, stops none of the others.
/// </summary>
public sealed partial class BulkHandling(PortalDatabase database, PortalDbContext db, SupportHandling handling, TimeProvider time, ILogger<BulkHandling> log)
{
    public const int MaxDossiers = 200;

    /// <summary>The dossiers of these numbers that exist, in the order of the numbers.</summary>
    public async Task<IReadOnlyList<BulkRow>> ReadAsync(Reader staff, IReadOnlyList<string> numbers, CancellationToken ct)
    {
        var rows = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(staff)
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            join owner in db.Users.AsNoTracking() on dossier.OwnerId equals owner.Id
            where numbers.Contains(dossier.Number)
            select new BulkRow(
                dossier.Number, dossier.Type, organisation.Name, dossier.Status, dossier.Resolution, dossier.AssigneeId,
                db.Users.Where(u => u.Id == dossier.AssigneeId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(),
                dossier.Stamp, owner.Language, dossier.NotifyByMail)).ToDictionaryAsync(row => row.Number, ct);
        return [.. numbers.Where(rows.ContainsKey).Distinct().Select(number => rows[number])];
    }

    /// <summary>What the step would do with a dossier as it stands.</summary>
    public static BulkOutcome Foresee(BulkRow row, BulkStep step) => step.Kind switch
    {
        BulkStepKind.Assign => row.AssigneeId == step.AssigneeId ? BulkOutcome.AlreadySo : BulkOutcome.Done,
        BulkStepKind.Close => Foresee(row, RequestStatus.Completed),
        _ => Foresee(row, step.Status!.Value),
    };

    /// <summary>Takes the step and keeps what became of each; the run's key leads to it.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxDossiers"/>.</exception>
    public async Task<Guid> RunAsync(Reader staff, BulkStep step, IReadOnlyList<BulkTarget> targets)
    {
        if (targets.Count > MaxDossiers)
            throw new ArgumentException("Too many dossiers.", nameof(targets));
        // What has begun is finished, though the person may have gone: half a run without its results would help nobody.
        var ct = CancellationToken.None;
        var rows = (await ReadAsync(staff, [.. targets.Select(target => target.Number)], ct)).ToDictionary(row => row.Number);
        var results = new List<BulkResult>();
        foreach (var target in targets)
            results.Add(new BulkResult(target.Number, await TakeAsync(staff, step, target, rows.GetValueOrDefault(target.Number), ct)));

        var run = new BulkRun { Id = Guid.CreateVersion7(), ById = staff.UserId, At = time.GetUtcNow().UtcDateTime, Kind = step.Kind, Results = BulkRun.Write(results) };
        await database.WriteAsync((write, _) =>
        {
            write.Db.Add(run);
            write.Db.Record(run.At, staff.UserId, "dossiers.bulk-step", nameof(BulkRun), run.Id, $"{step.Kind} {results.Count(result => result.Outcome == BulkOutcome.Done)}/{results.Count}");
            return Task.CompletedTask;
        }, ct);
        return run.Id;
    }

    /// <summary>A run of this person's own; null when there is none.</summary>
    public async Task<BulkRun?> FindAsync(Reader staff, Guid id, CancellationToken ct) =>
        await db.Set<BulkRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == id && run.ById == staff.UserId, ct);

    private static BulkOutcome Foresee(BulkRow row, RequestStatus status) =>
        row.Status == status ? BulkOutcome.AlreadySo
        : RequestTransitions.Allows(row.Status, status) ? BulkOutcome.Done
        : BulkOutcome.NotAllowed;

    private async Task<BulkOutcome> TakeAsync(Reader staff, BulkStep step, BulkTarget target, BulkRow? row, CancellationToken ct)
    {
        if (row is null)
            return BulkOutcome.NotFound;
        if (row.Stamp != target.Stamp)
            return BulkOutcome.Stale;
        if (Foresee(row, step) is not BulkOutcome.Done and var otherwise)
            return otherwise;
        try
        {
            return await HandleAsync(staff, step, target, row.Language, ct) switch
            {
                HandlingOutcome.Done => BulkOutcome.Done,
                HandlingOutcome.Stale => BulkOutcome.Stale,
                HandlingOutcome.NotFound => BulkOutcome.NotFound,
                _ => BulkOutcome.NotAllowed,
            };
        }
        catch (Exception exception)
        {
            Failed(log, exception);
            return BulkOutcome.Failed;
        }
    }

    private Task<HandlingOutcome> HandleAsync(Reader staff, BulkStep step, BulkTarget target, string language, CancellationToken ct) => step.Kind == BulkStepKind.Assign
        ? handling.AssignAsync(new SupportAssignment(staff, target.Number, target.Stamp, step.AssigneeId), ct)
        : handling.ChangeStatusAsync(
            new SupportStatusChange(
                staff, target.Number, target.Stamp, step.Kind == BulkStepKind.Close ? RequestStatus.Completed : step.Status!.Value, step.TextOf?.Invoke(language), step.Resolution), ct);

    [LoggerMessage(LogLevel.Error, "A step on several dossiers failed for one of them")]
    private static partial void Failed(ILogger log, Exception exception);
}
