using System.Globalization;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Figures;

/// <summary>What of a dossier decides on its figures.</summary>
/// <param name="Country">The organisation's, whose working days count.</param>
/// <param name="IsTakenOver">Whether it was filed in an earlier portal: nobody knows when it was first answered there.</param>
public sealed record CountableDossier(
    long Id, int OrganisationId, DossierType Type, DateTime CreatedAt, DateTime? CompletedAt, Resolution? Resolution, string? ModelCode, bool IsDuplicate, string Country, bool IsTakenOver = false);

/// <summary>What of a timeline does.</summary>
/// <param name="At">When it happened, UTC.</param>
public sealed record CountableEntry(
    long DossierId, DateTime At, TimelineKind Kind, ActorKind Actor, bool IsInternal, RequestStatus? RequestStatus, RepairStatus? RepairStatus, ReturnStatus? ReturnStatus);

/// <param name="Days">Working days it took; null where none are counted.</param>
public readonly record struct CountedStep(int Month, FigureMeasure Measure, int? Days);

/// <summary>The decision on a technical DOA.</summary>
public readonly record struct CountedDecision(int Month, string ModelCode, bool Accepted);

/// <summary>
/// What one dossier adds to the counts. Working days are those after the day on which something began up to the day on which it
/// ended: the same day is none, Friday to Monday one. A duplicate that was merged adds nothing; the dossier that goes on counts.
/// </summary>
public sealed record Contributions(IReadOnlyList<CountedStep> Steps, CountedDecision? Decision)
{
    public static readonly Contributions None = new([], null);

    private const char Separator = ';';

    private static readonly (RepairStatus Status, FigureMeasure Measure)[] Repair =
    [
        (RepairStatus.OrderReceived, FigureMeasure.OrderReceived),
        (RepairStatus.AppointmentScheduled, FigureMeasure.AppointmentScheduled),
        (RepairStatus.RepairCompleted, FigureMeasure.RepairCompleted),
    ];

    private static readonly (ReturnStatus Status, FigureMeasure Measure)[] Return =
    [
        (ReturnStatus.Authorised, FigureMeasure.Authorised),
        (ReturnStatus.PickupPlanned, FigureMeasure.PickupPlanned),
        (ReturnStatus.Collected, FigureMeasure.Collected),
        (ReturnStatus.Inspected, FigureMeasure.Inspected),
        (ReturnStatus.Credited, FigureMeasure.Credited),
    ];

    /// <param name="timeline">The dossier's own, in any order.</param>
    public static Contributions Of(CountableDossier dossier, IReadOnlyCollection<CountableEntry> timeline, WorkingDays calendar)
    {
        if (dossier.IsDuplicate)
            return None;
        var steps = new List<CountedStep> { new(MonthOf(dossier.CreatedAt), FigureMeasure.Received, null) };
        Step(FigureMeasure.Completed, dossier.CreatedAt, dossier.CompletedAt);
        if (!dossier.IsTakenOver)
            Step(FigureMeasure.FirstAnswer, dossier.CreatedAt, First(timeline.Where(IsAnswer)));
        // What a centre reported too late moved nothing.
        var moves = timeline.Where(entry => entry.Kind != TimelineKind.CentreReport).ToList();
        Track(Repair.Select(step => (step.Measure, First(moves.Where(entry => entry.RepairStatus == step.Status)))));
        Track(Return.Select(step => (step.Measure, First(moves.Where(entry => entry.ReturnStatus == step.Status)))));
        var decision = dossier is { Type: DossierType.TechnicalDoa, CompletedAt: { } at, Resolution: Resolution.Accepted or Resolution.Refused, ModelCode: { } model }
            ? new CountedDecision(MonthOf(at), model, dossier.Resolution == Resolution.Accepted)
            : (CountedDecision?)null;
        return new Contributions(steps, decision);

        void Track(IEnumerable<(FigureMeasure Measure, DateTime? At)> track)
        {
            var before = dossier.CreatedAt;
            foreach (var (measure, reached) in track)
            {
                Step(measure, before, reached);
                before = reached ?? before;
            }
        }

        void Step(FigureMeasure measure, DateTime from, DateTime? to)
        {
            if (to is { } reached)
                steps.Add(new CountedStep(MonthOf(reached), measure, Math.Clamp(calendar.Between(DateOf(from), DateOf(reached), dossier.Country), 0, DayCounts.Longest)));
        }
    }

    /// <summary>The month it is in Brussels at an instant, such as 202611.</summary>
    public static int MonthOf(DateTime utc)
    {
        var local = Formats.ToBrussels(utc);
        return (local.Year * 100) + local.Month;
    }

    public static Contributions Parse(string text)
    {
        var steps = new List<CountedStep>();
        CountedDecision? decision = null;
        foreach (var part in text.Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = part.Split(':');
            var month = int.Parse(fields[0], CultureInfo.InvariantCulture);
            if (fields[1] is "A" or "R")
                decision = new CountedDecision(month, fields[2], fields[1] == "A");
            else
                steps.Add(new CountedStep(month, (FigureMeasure)byte.Parse(fields[1], CultureInfo.InvariantCulture), fields.Length > 2 ? int.Parse(fields[2], CultureInfo.InvariantCulture) : null));
        }

        return new Contributions(steps, decision);
    }

    /// <summary>As <see cref="CountedDossier"/> keeps them: month, measure and days, <c>202611:2:3</c>, and for a decision A or R with the model.</summary>
    public override string ToString()
    {
        var parts = Steps.Select(step => step.Days is { } days
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Month}:{(byte)step.Measure}:{days}")
            : string.Create(CultureInfo.InvariantCulture, $"{step.Month}:{(byte)step.Measure}"));
        if (Decision is { } decision)
            parts = parts.Append(string.Create(CultureInfo.InvariantCulture, $"{decision.Month}:{(decision.Accepted ? 'A' : 'R')}:{decision.ModelCode}"));
        return string.Join(Separator, parts);
    }

    private static bool IsAnswer(CountableEntry entry) => entry is { Actor: ActorKind.Support, IsInternal: false } && (entry.Kind == TimelineKind.Message
        || entry is { Kind: TimelineKind.RequestStatusChanged, RequestStatus: RequestStatus.WaitingForDealer or RequestStatus.Completed });

    private static DateTime? First(IEnumerable<CountableEntry> entries) => entries.Min(entry => (DateTime?)entry.At);

    private static DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(Formats.ToBrussels(utc));
}
