using DealerPortal.Core.Dossiers;

namespace DealerPortal.Bench.Generation;

/// <summary>What became of a dossier since it was filed, step by step as support and service centres take them.</summary>
internal sealed class DossierSteps(Dossier dossier, Random random, DateTime asOf, IReadOnlyList<int> agents)
{
    private readonly List<TimelineEntry> _entries = [];
    private DateTime _now = dossier.CreatedAt;

    public IReadOnlyList<TimelineEntry> Entries => _entries;

    private bool HasRepair => TrackOf(dossier.Type) == DossierTrack.Repair;
    private bool HasReturn => TrackOf(dossier.Type) == DossierTrack.Return;

    public static DossierTrack TrackOf(DossierType type) => type switch
    {
        DossierType.RepairRequest => DossierTrack.Repair,
        DossierType.ReturnRequest or DossierType.AppliancePickup => DossierTrack.Return,
        _ => DossierTrack.None,
    };

    public void Take()
    {
        Enter(TimelineKind.Submitted, ActorKind.Dealer, status: RequestStatus.Submitted);
        if (random.Chance(0.6))
            dossier.AssigneeId = random.Of(agents);
        if (random.Chance(ShareOpen((asOf - dossier.CreatedAt).TotalDays)))
            StayOpen();
        else
            End();
    }

    /// <summary>Of what was filed so many days ago; a few are open for years.</summary>
    private static double ShareOpen(double days) => days switch
    {
        < 4 => 0.9,
        < 40 => 0.25,
        _ => 0.004,
    };

    private void StayOpen()
    {
        var stage = random.NextDouble();
        if (stage < 0.4)
            return;
        Move(RequestStatus.InProgress);
        if (stage > 0.9 && (HasRepair || HasReturn))
            CompleteWithTrackUnderWay();
        else if (stage > 0.7)
            Move(RequestStatus.WaitingForDealer);
    }

    private void CompleteWithTrackUnderWay()
    {
        Complete(Resolution.Accepted);
        if (HasRepair)
            Repair(random.Of([RepairStatus.OrderReceived, RepairStatus.AppointmentScheduled, RepairStatus.WaitingForParts]));
        else
            Return(random.Of([ReturnStatus.Authorised, ReturnStatus.PickupPlanned, ReturnStatus.Collected]));
    }

    private void End()
    {
        if (random.Chance(0.5))
            Move(RequestStatus.InProgress);
        var resolution = random.NextDouble() switch
        {
            < 0.45 => Resolution.Answered,
            < 0.85 => Resolution.Accepted,
            < 0.94 => Resolution.Refused,
            _ => Resolution.Cancelled,
        };
        Complete(resolution);
        if (resolution is Resolution.Refused or Resolution.Cancelled)
            return;
        if (HasRepair)
        {
            Repair(RepairStatus.OrderReceived);
            Repair(random.Chance(0.93) ? RepairStatus.RepairCompleted : RepairStatus.RepairCancelled);
        }
        else if (HasReturn)
        {
            Return(ReturnStatus.Authorised);
            dossier.GrmsNumber = DossierMaker.Grms(random);
            Return(random.Chance(0.9) ? ReturnStatus.Credited : ReturnStatus.Refused);
        }
    }

    private void Move(RequestStatus status)
    {
        Wait();
        if (!dossier.MoveTo(status, _now))
            throw new InvalidOperationException($"{dossier.Status} does not lead to {status}.");
        Enter(TimelineKind.RequestStatusChanged, ActorKind.Support, status: status);
    }

    private void Complete(Resolution resolution)
    {
        Wait();
        var text = random.Of(Vocabulary.Answers);
        if (!dossier.Complete(resolution, text, _now))
            throw new InvalidOperationException($"{dossier.Status} cannot be completed.");
        Enter(TimelineKind.RequestStatusChanged, ActorKind.Support, text, RequestStatus.Completed, resolution: resolution);
    }

    private void Repair(RepairStatus status)
    {
        Wait();
        dossier.ServiceOrderNumber ??= $"SO{random.Next(10_000_000, 99_999_999)}";
        if (dossier.ReportRepair(status, null, _now, _now) != ReportEffect.Moved)
            throw new InvalidOperationException($"{dossier.RepairStatus} does not lead to {status}.");
        Enter(TimelineKind.RepairStatusChanged, ActorKind.ServiceCentre, repair: status);
    }

    private void Return(ReturnStatus status)
    {
        Wait();
        if (!dossier.MoveReturnTo(status, null, _now))
            throw new InvalidOperationException($"{dossier.ReturnStatus} does not lead to {status}.");
        Enter(TimelineKind.ReturnStatusChanged, ActorKind.Support, returned: status);
    }

    /// <summary>Some hours go by, but never beyond now.</summary>
    private void Wait()
    {
        var later = _now.AddMinutes(random.Next(10, 2500));
        _now = later < asOf ? later : _now + ((asOf - _now) / 2);
    }

    private void Enter(
        TimelineKind kind,
        ActorKind actor,
        string? text = null,
        RequestStatus? status = null,
        RepairStatus? repair = null,
        ReturnStatus? returned = null,
        Resolution? resolution = null) => _entries.Add(new TimelineEntry
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            At = _now,
            Kind = kind,
            Actor = actor,
            ActorId = actor switch
            {
                ActorKind.Dealer => dossier.AuthorId,
                ActorKind.Support => dossier.AssigneeId ?? agents[0],
                _ => null,
            },
            Text = text,
            RequestStatus = status,
            RepairStatus = repair,
            ReturnStatus = returned,
            Resolution = resolution,
        });
}
