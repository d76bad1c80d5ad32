using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

/// <summary>Whatever the order in which reports come, a track ends where the transition table leads when they are played as they happened.</summary>
public sealed class ReportOrderTests
{
    private const string Reason = "Raison";
    private static readonly DateTime Start = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Repairs =>
    [
        // Status and the minute in which it happened.
        "OrderReceived@1 AppointmentScheduled@2 InRepair@3 WaitingForParts@4 InRepair@5 RepairCompleted@6",
        "OrderReceived@1 AppointmentScheduled@2 AppointmentScheduled@3 RepairCancelled@4",
        "OrderReceived@5 InRepair@3 WaitingForParts@4 AppointmentScheduled@2",
        "InRepair@1 RepairCancelled@3 RepairCompleted@2 InRepair@4 OrderReceived@5",
        "RepairCompleted@5 RepairCancelled@4 RepairCompleted@3 InRepair@2",
        "InRepair@2 WaitingForParts@2 AppointmentScheduled@2 OrderReceived@2",
        "RepairCancelled@2 RepairCompleted@2 InRepair@2",
        "InRepair@1 InRepair@5 WaitingForParts@3 InRepair@4",
    ];

    public static TheoryData<string> Returns =>
    [
        "Authorised@1 PickupPlanned@2 PickupPlanned@3 Collected@4 Inspected@5 Credited@6",
        "Authorised@4 PickupPlanned@3 Collected@2 Inspected@1",
        "Credited@3 Refused@2 Inspected@4 Collected@1",
        "Refused@2 Credited@2 PickupPlanned@3",
    ];

    [Theory]
    [MemberData(nameof(Repairs))]
    public void Repair_InEveryOrder_EndsTheSame(string reports)
    {
        var all = Parse<RepairStatus>(reports);
        var expected = Played<RepairStatus>(all, RepairTransitions.Allows);

        foreach (var order in Permutations(all))
        {
            var dossier = Reported(order, (d, status, at) => d.ReportRepair(status, Reason, at, Start));
            Assert.True(expected == dossier.RepairStatus, $"{string.Join(' ', order)}: {dossier.RepairStatus} instead of {expected}");
            Assert.Equal(dossier.RepairStatus == RepairStatus.RepairCancelled ? Reason : null, dossier.RepairCancelledReason);
        }
    }

    [Theory]
    [MemberData(nameof(Returns))]
    public void Return_InEveryOrder_EndsTheSame(string reports)
    {
        var all = Parse<ReturnStatus>(reports);
        var expected = Played<ReturnStatus>(all, ReturnTransitions.Allows);

        foreach (var order in Permutations(all))
        {
            var dossier = Reported(order, (d, status, at) => d.ReportReturn(status, Reason, at, Start));
            Assert.True(expected == dossier.ReturnStatus, $"{string.Join(' ', order)}: {dossier.ReturnStatus} instead of {expected}");
        }
    }

    /// <summary>Also where the reports contradict each other: 400 sets of five, in 120 orders each.</summary>
    [Fact]
    public void AnyReports_InEveryOrder_EndTheSame()
    {
        var random = new Random(4711);
        for (var round = 0; round < 400; round++)
        {
            var repairs = Some<RepairStatus>(random);
            var returns = Some<ReturnStatus>(random);
            var (repaired, returned) = (Played<RepairStatus>(repairs, RepairTransitions.Allows), Played<ReturnStatus>(returns, ReturnTransitions.Allows));

            Assert.All(Permutations(repairs), order =>
                Assert.True(repaired == Reported(order, (d, s, at) => d.ReportRepair(s, Reason, at, Start)).RepairStatus, string.Join(' ', order)));
            Assert.All(Permutations(returns), order =>
                Assert.True(returned == Reported(order, (d, s, at) => d.ReportReturn(s, Reason, at, Start)).ReturnStatus, string.Join(' ', order)));
        }
    }

    [Fact]
    public void Report_OverAnEndThatAPersonSet_ChangesNothing()
    {
        var dossier = NewDossier();
        Assert.True(dossier.MoveRepairTo(RepairStatus.RepairCancelled, "Par le support", Start.AddMinutes(10)));

        Assert.Equal(ReportEffect.Late, dossier.ReportRepair(RepairStatus.RepairCompleted, null, Start.AddMinutes(5), Start));
        Assert.Equal(ReportEffect.Refused, dossier.ReportRepair(RepairStatus.RepairCompleted, null, Start.AddMinutes(15), Start));
        Assert.Equal(ReportEffect.Repeated, dossier.ReportRepair(RepairStatus.RepairCancelled, "Par le centre", Start.AddMinutes(5), Start));
        Assert.Equal((RepairStatus.RepairCancelled, "Par le support"), (dossier.RepairStatus, dossier.RepairCancelledReason));
    }

    [Fact]
    public void Report_BetweenStates_CountsOnlyAfterWhatAPersonSet()
    {
        var dossier = NewDossier();
        Assert.True(dossier.MoveRepairTo(RepairStatus.InRepair, null, Start.AddMinutes(10)));

        Assert.Equal(ReportEffect.Late, dossier.ReportRepair(RepairStatus.WaitingForParts, null, Start.AddMinutes(9), Start));
        Assert.Equal(RepairStatus.InRepair, dossier.RepairStatus);
        Assert.Equal(ReportEffect.Moved, dossier.ReportRepair(RepairStatus.WaitingForParts, null, Start.AddMinutes(11), Start));
        Assert.Equal(ReportEffect.Moved, dossier.ReportRepair(RepairStatus.RepairCompleted, null, Start.AddMinutes(12), Start));
    }

    private static TStatus? Played<TStatus>(IReadOnlyList<(TStatus Status, int Minute)> reports, Func<TStatus?, TStatus, bool> allows)
        where TStatus : struct, Enum
    {
        TStatus? stands = null;
        foreach (var (status, _) in reports.OrderBy(report => report.Minute).ThenBy(report => report.Status))
        {
            if (stands is null || allows(stands, status))
                stands = status;
        }

        return stands;
    }

    private static Dossier Reported<TStatus>(IReadOnlyList<(TStatus Status, int Minute)> order, Func<Dossier, TStatus, DateTime, ReportEffect> report)
    {
        var dossier = NewDossier();
        foreach (var (status, minute) in order)
            report(dossier, status, Start.AddMinutes(minute));
        return dossier;
    }

    private static IReadOnlyList<(TStatus, int)> Parse<TStatus>(string reports)
        where TStatus : struct, Enum =>
        [.. reports.Split(' ').Select(report => report.Split('@')).Select(parts => (Enum.Parse<TStatus>(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))];

    private static IReadOnlyList<(TStatus, int)> Some<TStatus>(Random random)
        where TStatus : struct, Enum
    {
        var all = Enum.GetValues<TStatus>();
        return [.. Enumerable.Range(0, 5).Select(_ => (all[random.Next(all.Length)], random.Next(1, 5)))];
    }

    private static IEnumerable<IReadOnlyList<T>> Permutations<T>(IReadOnlyList<T> items)
    {
        if (items.Count <= 1)
        {
            yield return items;
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var rest in Permutations<T>([.. items.Take(i), .. items.Skip(i + 1)]))
                yield return [items[i], .. rest];
        }
    }

    private static Dossier NewDossier() => new()
    {
        Number = "26-0001234-2",
        Type = DossierType.RepairRequest,
        OrganisationId = 1,
        AuthorId = 1,
        OwnerId = 1,
        CreatedAt = Start,
    };
}
