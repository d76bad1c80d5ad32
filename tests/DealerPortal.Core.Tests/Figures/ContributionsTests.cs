using System.Globalization;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Figures;

namespace DealerPortal.Core.Tests.Figures;

public sealed class ContributionsTests
{
    private static readonly WorkingDays Calendar = new(new HashSet<DateOnly> { new(2026, 11, 2) });

    [Theory]
    // A weekend and the armistice, which Luxembourg does not keep.
    [InlineData("BE", "202611:1;202611:2:4;202611:3:1;202611:10:1;202611:11:2;202611:12:1")]
    [InlineData("LU", "202611:1;202611:2:5;202611:3:1;202611:10:1;202611:11:3;202611:12:1")]
    public void Steps_CountWorkingDaysSinceTheStepBefore(string country, string expected)
    {
        var dossier = Dossier("2026-11-06T15:00") with { Country = country, CompletedAt = At("2026-11-13T16:00"), Resolution = Resolution.Answered };

        Assert.Equal(expected, Counted(dossier,
            Repair("2026-11-13T15:00", RepairStatus.RepairCompleted), Repair("2026-11-12T08:00", RepairStatus.AppointmentScheduled), Repair("2026-11-09T08:00", RepairStatus.OrderReceived),
            // A moved appointment is the same step.
            Repair("2026-11-12T18:00", RepairStatus.AppointmentScheduled), Message("2026-11-09T07:00")));
    }

    [Theory]
    // Half past midnight in Brussels, on New Year's Day; the answer comes on the Monday after.
    [InlineData("2026-12-31T23:30", "2027-01-04T09:00", "202701:1;202701:3:1")]
    [InlineData("2026-12-31T22:59", "2027-01-04T09:00", "202612:1;202701:3:1")]
    // The clock goes back; Sunday has 25 hours and is no working day.
    [InlineData("2026-10-23T21:59", "2026-10-25T23:30", "202610:1;202610:3:1")]
    // A closing day.
    [InlineData("2026-10-30T10:00", "2026-11-03T10:00", "202610:1;202611:3:1")]
    // So long that it is no longer told how long.
    [InlineData("2026-01-05T10:00", "2026-06-05T10:00", "202601:1;202606:3:30")]
    public void Months_AreThoseOfBrussels(string filed, string answered, string expected) => Assert.Equal(expected, Counted(Dossier(filed), Message(answered)));

    [Fact]
    public void Steps_ThatWereSkipped_DoNotCount_AndTheNextIsMeasuredFromTheOneReached() => Assert.Equal(
        "202611:1;202611:20:0;202611:24:2",
        Counted(Dossier("2026-11-16T10:00"), Return("2026-11-16T12:00", ReturnStatus.Authorised), Return("2026-11-18T12:00", ReturnStatus.Credited)));

    [Fact]
    public void Timeline_HoldsWhatCountsForNothing()
    {
        Assert.Equal("202611:1", Counted(
            Dossier("2026-11-16T10:00"),
            Message("2026-11-17T10:00") with { IsInternal = true },
            Message("2026-11-17T10:00") with { Actor = ActorKind.Dealer },
            Repair("2026-11-17T10:00", RepairStatus.OrderReceived) with { Kind = TimelineKind.CentreReport },
            Repair("2026-11-17T10:00", RepairStatus.RepairCancelled)));
        Assert.Empty(Contributions.Of(Dossier("2026-11-16T10:00") with { IsDuplicate = true }, [], Calendar).ToString());
        // A centre's clock that is behind.
        Assert.Equal("202611:1;202611:10:0", Counted(Dossier("2026-11-16T10:00"), Repair("2026-11-12T10:00", RepairStatus.OrderReceived)));
    }

    [Theory]
    [InlineData(Resolution.Accepted, "202611:1;202611:2:1;202611:A:TV55QD8/BE")]
    [InlineData(Resolution.Refused, "202611:1;202611:2:1;202611:R:TV55QD8/BE")]
    [InlineData(Resolution.Cancelled, "202611:1;202611:2:1")]
    public void Doa_CountsOnceItIsDecided(Resolution resolution, string expected)
    {
        var doa = Dossier("2026-11-16T10:00") with { Type = DossierType.TechnicalDoa, ModelCode = "TV55QD8/BE", CompletedAt = At("2026-11-17T10:00"), Resolution = resolution };

        Assert.Equal(expected, Counted(doa));
        Assert.Equal(expected, Contributions.Parse(expected).ToString());
    }

    [Fact]
    public void Days_GiveTheMedianAndNineOfTen()
    {
        var days = new DayCounts();
        Assert.Null(days.Median);
        foreach (var taken in (int[])[0, 1, 1, 4, 45])
            days.Add(taken, 1);
        Assert.Equal((1, 30, 5), (days.Median!.Value, days.NineOfTen!.Value, days.Total));
        days.Add(2, 5);
        Assert.Equal((2, 4), (days.Median!.Value, days.NineOfTen!.Value));
        days.Add(0, 1);
        days.Add(1, 1);
        Assert.Equal("0:2;1:3;2:5;4:1;30:1", days.ToString());
        var two = new DayCounts();
        two.Add("1:1;2:1");
        Assert.Equal(1.5, two.Median);
        two.Add("2:1");
        Assert.Equal("1:1;2:2", two.ToString());
        two.Add("");
        two.Add(days.ToString());
        Assert.Equal("0:2;1:4;2:7;4:1;30:1", two.ToString());
    }

    private static string Counted(CountableDossier dossier, params CountableEntry[] timeline) => Contributions.Of(dossier, timeline, Calendar).ToString();

    private static CountableDossier Dossier(string at) => new(1, 1, DossierType.RepairRequest, At(at), null, null, null, false, "BE");

    private static CountableEntry Message(string at) => new(1, At(at), TimelineKind.Message, ActorKind.Support, false, null, null, null);

    private static CountableEntry Repair(string at, RepairStatus status) => new(1, At(at), TimelineKind.RepairStatusChanged, ActorKind.ServiceCentre, false, null, status, null);

    private static CountableEntry Return(string at, ReturnStatus status) => new(1, At(at), TimelineKind.ReturnStatusChanged, ActorKind.Support, false, null, null, status);

    private static DateTime At(string utc) => DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
