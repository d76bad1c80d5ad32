using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

/// <summary>Every pair of both tables, against what design.md says.</summary>
public sealed class TransitionTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private static readonly HashSet<(RequestStatus, RequestStatus)> Requests =
    [
        (RequestStatus.Submitted, RequestStatus.InProgress),
        (RequestStatus.Submitted, RequestStatus.WaitingForDealer),
        (RequestStatus.Submitted, RequestStatus.Completed),
        (RequestStatus.InProgress, RequestStatus.WaitingForDealer),
        (RequestStatus.InProgress, RequestStatus.Completed),
        (RequestStatus.WaitingForDealer, RequestStatus.InProgress),
        (RequestStatus.WaitingForDealer, RequestStatus.Completed),
        (RequestStatus.Completed, RequestStatus.InProgress),
    ];

    public static TheoryData<RequestStatus, RequestStatus> RequestPairs()
    {
        var pairs = new TheoryData<RequestStatus, RequestStatus>();
        foreach (var from in Enum.GetValues<RequestStatus>())
        {
            foreach (var to in Enum.GetValues<RequestStatus>())
                pairs.Add(from, to);
        }

        return pairs;
    }

    public static TheoryData<RepairStatus?, RepairStatus> RepairPairs()
    {
        var pairs = new TheoryData<RepairStatus?, RepairStatus>();
        foreach (var from in Enum.GetValues<RepairStatus>().Select(s => (RepairStatus?)s).Prepend(null))
        {
            foreach (var to in Enum.GetValues<RepairStatus>())
                pairs.Add(from, to);
        }

        return pairs;
    }

    public static TheoryData<ReturnStatus?, ReturnStatus> ReturnPairs()
    {
        var pairs = new TheoryData<ReturnStatus?, ReturnStatus>();
        foreach (var from in Enum.GetValues<ReturnStatus>().Select(s => (ReturnStatus?)s).Prepend(null))
        {
            foreach (var to in Enum.GetValues<ReturnStatus>())
                pairs.Add(from, to);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(RequestPairs))]
    public void Request_MovesAsTheTableSaysAndOtherwiseStays(RequestStatus from, RequestStatus to)
    {
        var dossier = At(from);
        var isAllowed = Requests.Contains((from, to));

        var moved = to == RequestStatus.Completed ? dossier.Complete(Resolution.Answered, "Texte", Now) : dossier.MoveTo(to, Now);

        Assert.Equal(isAllowed, moved);
        Assert.Equal(isAllowed ? to : from, dossier.Status);
        Assert.Equal(dossier.Status == RequestStatus.Completed, dossier.Resolution is not null);
        Assert.Equal(dossier.Status != RequestStatus.Completed, dossier.IsOpen);
    }

    [Theory]
    [MemberData(nameof(RepairPairs))]
    public void Repair_MovesAsTheTableSaysAndOtherwiseStays(RepairStatus? from, RepairStatus to)
    {
        var dossier = At(RequestStatus.Completed);
        if (from is { } start)
            Assert.True(dossier.MoveRepairTo(start, "Raison", Now));
        var isEnd = from is RepairStatus.RepairCompleted or RepairStatus.RepairCancelled;
        // A report never goes back to the order, and twice the same is nothing new, but an appointment may move.
        var isAllowed = !isEnd && (from is null || (to != RepairStatus.OrderReceived && (to != from || to == RepairStatus.AppointmentScheduled)));

        var moved = dossier.MoveRepairTo(to, "Raison", Now);

        Assert.Equal(isAllowed, moved);
        Assert.Equal(isAllowed ? to : from, dossier.RepairStatus);
        Assert.Equal(dossier.RepairStatus == RepairStatus.RepairCancelled ? "Raison" : null, dossier.RepairCancelledReason);
        Assert.Equal(dossier.RepairStatus is not (RepairStatus.RepairCompleted or RepairStatus.RepairCancelled), dossier.IsOpen);
    }

    [Theory]
    [MemberData(nameof(ReturnPairs))]
    public void Return_MovesForwardOnlyAndEndsAtItsEnd(ReturnStatus? from, ReturnStatus to)
    {
        var dossier = At(RequestStatus.Completed);
        if (from is { } start)
            Assert.True(dossier.MoveReturnTo(start, "Raison", Now));
        var isEnd = from is ReturnStatus.Credited or ReturnStatus.Refused;
        // A planned pickup may be planned again; nothing else comes twice or goes back.
        var isAllowed = !isEnd && (from is null || to > from || (to == from && to == ReturnStatus.PickupPlanned));

        var moved = dossier.MoveReturnTo(to, "Raison", Now);

        Assert.Equal(isAllowed, moved);
        Assert.Equal(isAllowed ? to : from, dossier.ReturnStatus);
        Assert.Equal(dossier.ReturnStatus == ReturnStatus.Refused ? "Raison" : null, dossier.ReturnRefusedReason);
        Assert.Equal(dossier.ReturnStatus is not (ReturnStatus.Credited or ReturnStatus.Refused), dossier.IsOpen);
    }

    [Fact]
    public void CanReopen_EndsAfterThirtyDays()
    {
        var dossier = At(RequestStatus.Completed);

        Assert.True(dossier.CanReopen(Now.AddDays(30)));
        Assert.False(dossier.CanReopen(Now.AddDays(30).AddSeconds(1)));
    }

    private static Dossier At(RequestStatus status)
    {
        var dossier = new Dossier
        {
            Number = "26-0001234-2",
            Type = DossierType.RepairRequest,
            OrganisationId = 1,
            AuthorId = 1,
            OwnerId = 1,
            CreatedAt = Now,
        };
        if (status == RequestStatus.Completed)
            Assert.True(dossier.Complete(Resolution.Answered, "Texte", Now));
        else if (status != RequestStatus.Submitted)
            Assert.True(dossier.MoveTo(status, Now));
        return dossier;
    }
}
