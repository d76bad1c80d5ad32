using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>
/// A step of a repair or of a return, whoever makes or reports it: how it moves the dossier, what it leaves in the
/// timeline, and what it tells the owner.
/// </summary>
/// <param name="Text">What the dealer reads; the reason where it ends without what was hoped for.</param>
/// <param name="Planned">With an appointment or a pickup, and only then.</param>
/// <param name="GrmsNumber">What the manufacturer calls it; null leaves what is known.</param>
internal abstract record TrackStep(string? Text, PlannedAppointment? Planned, GrmsNumber? GrmsNumber)
{
    /// <summary>As the audit names it.</summary>
    public abstract string Action { get; }

    /// <summary>The status that it reaches.</summary>
    public abstract string Name { get; }

    public abstract DossierTrack Track { get; }

    public abstract bool IsEnd { get; }

    /// <summary>Moves the dossier by a person's decision; false when the table does not allow it, which changes nothing.</summary>
    public abstract bool Move(Dossier dossier, DateTime now);

    /// <summary>Takes a service centre's report of it.</summary>
    public abstract ReportEffect Report(Dossier dossier, DateTime occurredAt, DateTime now);

    /// <summary>Whether it is the appointment of the status on which the dossier stands.</summary>
    public abstract bool IsStanding(Dossier dossier);

    /// <param name="occurredAt">Where a service centre says it.</param>
    public abstract void WriteEntry(DossierChange change, DateTime? occurredAt = null);

    /// <summary>The report as one that moved nothing.</summary>
    public abstract void WriteReport(DossierChange change, DateTime occurredAt, bool isInternal);

    /// <param name="sequence">Of the appointment, for calendars.</param>
    public abstract Func<DossierFacts, PortalMail>? Mail(int sequence);
}

internal sealed record RepairStep(RepairStatus Status, string? Text, PlannedAppointment? Planned = null, GrmsNumber? GrmsNumber = null)
    : TrackStep(Text, Planned, GrmsNumber)
{
    public override string Action => "dossier.repair-changed";

    public override string Name => Status.ToString();

    public override DossierTrack Track => DossierTrack.Repair;

    public override bool IsEnd => RepairTransitions.IsEnd(Status);

    public override bool Move(Dossier dossier, DateTime now) => dossier.MoveRepairTo(Status, Text, now);

    public override ReportEffect Report(Dossier dossier, DateTime occurredAt, DateTime now) => dossier.ReportRepair(Status, Text, occurredAt, now);

    public override bool IsStanding(Dossier dossier) => dossier.RepairStatus == Status;

    public override void WriteEntry(DossierChange change, DateTime? occurredAt = null) => change.Entry(
        Planned is null ? TimelineKind.RepairStatusChanged : TimelineKind.AppointmentScheduled, Text, repair: Status, appointment: Planned, occurredAt: occurredAt);

    public override void WriteReport(DossierChange change, DateTime occurredAt, bool isInternal) =>
        change.Entry(TimelineKind.CentreReport, Text, isInternal, repair: Status, appointment: Planned, occurredAt: occurredAt);

    public override Func<DossierFacts, PortalMail>? Mail(int sequence) => (Status, Planned) switch
    {
        (_, { } planned) => facts => new AppointmentConfirmed(facts, planned.Date, planned.From, planned.Until, planned.Place, sequence, planned.ComesBy, Text),
        (RepairStatus.OrderReceived, _) => facts => new RepairOrderReceived(facts, Text),
        (RepairStatus.WaitingForParts, _) => facts => new RepairWaitsForParts(facts, Text),
        (RepairStatus.RepairCompleted, _) => facts => new RepairCompleted(facts, Text),
        (RepairStatus.RepairCancelled, _) => facts => new RepairCancelled(facts, Text),
        _ => null,
    };
}

internal sealed record ReturnStep(ReturnStatus Status, string? Text, PlannedAppointment? Planned = null, GrmsNumber? GrmsNumber = null)
    : TrackStep(Text, Planned, GrmsNumber)
{
    public override string Action => "dossier.return-changed";

    public override string Name => Status.ToString();

    public override DossierTrack Track => DossierTrack.Return;

    public override bool IsEnd => ReturnTransitions.IsEnd(Status);

    public override bool Move(Dossier dossier, DateTime now) => dossier.MoveReturnTo(Status, Text, now);

    public override ReportEffect Report(Dossier dossier, DateTime occurredAt, DateTime now) => dossier.ReportReturn(Status, Text, occurredAt, now);

    public override bool IsStanding(Dossier dossier) => dossier.ReturnStatus == Status;

    public override void WriteEntry(DossierChange change, DateTime? occurredAt = null) => change.Entry(
        Planned is null ? TimelineKind.ReturnStatusChanged : TimelineKind.PickupPlanned, Text, returned: Status, appointment: Planned, occurredAt: occurredAt);

    public override void WriteReport(DossierChange change, DateTime occurredAt, bool isInternal) =>
        change.Entry(TimelineKind.CentreReport, Text, isInternal, returned: Status, appointment: Planned, occurredAt: occurredAt);

    public override Func<DossierFacts, PortalMail>? Mail(int sequence) => (Status, Planned) switch
    {
        (_, { } planned) => facts => new PickupPlanned(facts, planned.Date, planned.From, planned.Until, planned.Place, sequence, planned.ComesBy, Text),
        (ReturnStatus.Authorised, _) => facts => new ReturnAuthorised(facts, Text),
        (ReturnStatus.Credited, _) => facts => new ReturnCredited(facts, GrmsNumber?.Value, Text),
        (ReturnStatus.Refused, _) => facts => new ReturnRefused(facts, Text),
        _ => null,
    };
}
