using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Dossiers.Queue.Bulk;

/// <summary>A dossier as the preview of a step shows it.</summary>
/// <param name="GetsMail">Whether the owner asked for mails about it.</param>
/// <param name="IsMerged">Whether it is a duplicate of another now, where its story goes on.</param>
public sealed record BulkRow(
    long Id, string Number, DossierType Type, string OrganisationName, RequestStatus Status, Resolution? Resolution, int? AssigneeId, string? AssigneeName, Guid Stamp, bool GetsMail, bool IsMerged)
{
    /// <summary>The template, filled for this dossier; null where there is none or it is for other types.</summary>
    public string? FilledText { get; init; }
}

/// <param name="Stamp">What the preview showed.</param>
public sealed record BulkTarget(string Number, Guid Stamp);

/// <summary>
/// Takes one step on several dossiers: each in a write of its own, with its own timeline, mail and audit row, exactly as if it
/// were taken alone. One that was changed since the preview, or fails, stops none of the others.
/// </summary>
public sealed partial class BulkHandling(PortalDatabase database, PortalDbContext db, SupportHandling handling, AnswerTemplates templates, TimeProvider time, ILogger<BulkHandling> log)
{
    public const int MaxDossiers = 200;

    /// <summary>The dossiers of these numbers that exist, in the order of the numbers, with what a template says about each.</summary>
    public async Task<IReadOnlyList<BulkRow>> ReadAsync(Reader staff, IReadOnlyList<string> numbers, int? templateId, CancellationToken ct)
    {
        var rows = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(staff)
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            where numbers.Contains(dossier.Number)
            select new BulkRow(
                dossier.Id, dossier.Number, dossier.Type, organisation.Name, dossier.Status, dossier.Resolution, dossier.AssigneeId,
                db.Users.Where(u => u.Id == dossier.AssigneeId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(),
                dossier.Stamp, dossier.NotifyByMail, dossier.MergedIntoId != null)).ToDictionaryAsync(row => row.Number, ct);
        var texts = templateId is { } id ? await templates.FillAsync(id, staff, [.. rows.Values.Select(row => row.Id)], ct) : new Dictionary<long, string>();
        return [.. numbers.Distinct().Where(rows.ContainsKey).Select(number => rows[number]).Select(row => row with { FilledText = texts.GetValueOrDefault(row.Id) })];
    }

    /// <summary>What the step would do with a dossier as it stands.</summary>
    public static BulkOutcome Foresee(BulkRow row, BulkStep step) => step.Reaches switch
    {
        _ when row.IsMerged => BulkOutcome.NotFound,
        null => row.AssigneeId == step.AssigneeId ? BulkOutcome.AlreadySo : BulkOutcome.Done,
        { } status when row.Status == status => BulkOutcome.AlreadySo,
        { } status when !RequestTransitions.Allows(row.Status, status) => BulkOutcome.NotAllowed,
        _ when step.TemplateId is not null && row.FilledText is not { Length: <= Dossier.ResolutionTextMaxLength } => BulkOutcome.NoText,
        _ => BulkOutcome.Done,
    };

    /// <summary>Takes the step and keeps what became of each; the run's key leads to it.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxDossiers"/>.</exception>
    public async Task<Guid> RunAsync(Reader staff, BulkStep step, IReadOnlyList<BulkTarget> targets)
    {
        if (targets.Count > MaxDossiers)
            throw new ArgumentException("Too many dossiers.", nameof(targets));
        // What has begun is finished, though the person may have gone: half a run without its results would help nobody.
        var ct = CancellationToken.None;
        var rows = (await ReadAsync(staff, [.. targets.Select(target => target.Number)], step.TemplateId, ct)).ToDictionary(row => row.Number);
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
            return await HandleAsync(staff, step, target, row, ct) switch
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

    private Task<HandlingOutcome> HandleAsync(Reader staff, BulkStep step, BulkTarget target, BulkRow row, CancellationToken ct) => step.Reaches is { } status
        ? handling.ChangeStatusAsync(new SupportStatusChange(staff, target.Number, target.Stamp, status, step.TemplateId is null ? step.Text : row.FilledText, step.Resolution), ct)
        : handling.AssignAsync(new SupportAssignment(staff, target.Number, target.Stamp, step.AssigneeId), ct);

    [LoggerMessage(LogLevel.Error, "A step on several dossiers failed for one of them")]
    private static partial void Failed(ILogger log, Exception exception);
}
