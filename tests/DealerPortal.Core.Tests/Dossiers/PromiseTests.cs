using System.Globalization;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Core.Tests.Dossiers;

/// <summary>Until when a step should be taken: targets in working hours, from nine to five in Brussels, and what starts and holds the clock.</summary>
public sealed class PromiseTests
{
    private static readonly WorkingDays Days = new(new HashSet<DateOnly> { new(2026, 12, 2) });

    [Theory]
    // Monday at ten, in winter and in summer: what is left of the day, then the next one.
    [InlineData("BE", 8, "2026-11-23T09:00", "2026-11-24T09:00")]
    [InlineData("BE", 8, "2026-06-15T08:00", "2026-06-16T08:00")]
    [InlineData("BE", 4, "2026-11-23T09:00", "2026-11-23T13:00")]
    // Exactly the rest of the day ends with it, not with the next morning.
    [InlineData("BE", 7, "2026-11-23T09:00", "2026-11-23T16:00")]
    // Before the desk opens and after it has closed.
    [InlineData("BE", 2, "2026-11-23T05:00", "2026-11-23T10:00")]
    [InlineData("BE", 2, "2026-11-23T16:00", "2026-11-24T10:00")]
    [InlineData("BE", 2, "2026-11-23T23:30", "2026-11-24T10:00")]
    // Over the weekend, and from within it.
    [InlineData("BE", 8, "2026-11-27T15:00", "2026-11-30T15:00")]
    [InlineData("BE", 8, "2026-11-28T09:00", "2026-11-30T16:00")]
    // The national holidays: 21 July in Belgium, 23 June in Luxembourg.
    [InlineData("BE", 8, "2026-07-20T08:00", "2026-07-22T08:00")]
    [InlineData("LU", 8, "2026-07-20T08:00", "2026-07-21T08:00")]
    [InlineData("LU", 8, "2026-06-22T08:00", "2026-06-24T08:00")]
    [InlineData("BE", 8, "2026-06-22T08:00", "2026-06-23T08:00")]
    // The week of Christmas 2028, on a Monday: Saint Stephen's is a holiday in Luxembourg alone. Then the end of the year.
    [InlineData("BE", 8, "2028-12-22T09:00", "2028-12-26T09:00")]
    [InlineData("LU", 8, "2028-12-22T09:00", "2028-12-27T09:00")]
    [InlineData("BE", 8, "2026-12-31T09:00", "2027-01-04T09:00")]
    // The house is closed on 2 December 2026.
    [InlineData("BE", 8, "2026-12-01T09:00", "2026-12-03T09:00")]
    // Across the nights in which the clock moves: the hour that is missing or twice there is nobody's.
    [InlineData("BE", 8, "2026-10-23T10:00", "2026-10-26T11:00")]
    [InlineData("BE", 8, "2026-03-27T11:00", "2026-03-30T10:00")]
    [InlineData("BE", 16, "2026-03-28T01:30", "2026-03-31T15:00")]
    public void Hours_AreThoseInWhichTheDeskIsOpen(string country, int hours, string since, string expected)
    {
        var working = new WorkingHours(Days, new TimeOnly(9, 0), new TimeOnly(17, 0));

        Assert.Equal(Utc(expected), working.Add(Utc(since), hours * 60, country));
        Assert.Equal(hours * 60, working.Between(Utc(since), Utc(expected), country));
        Assert.Equal(0, working.Between(Utc(expected), Utc(since), country));
        Assert.Equal(Utc(since), working.Add(Utc(since), 0, country));
    }

    [Fact]
    public void Hours_ThroughANightInWhichTheClockMoves_AreRealOnes()
    {
        // Open around the clock on a Sunday would be needed to meet the missing hour; on working days only its length can be wrong.
        var night = new WorkingHours(new WorkingDays(new HashSet<DateOnly>()), new TimeOnly(0, 0), new TimeOnly(23, 59));

        Assert.Equal(Utc("2026-10-26T00:00"), night.Add(Utc("2026-10-23T21:58"), 61, "BE"));
    }

    [Fact]
    public void EveryStepOfEveryType_HasATarget_ThatSettingsMayChangeOrTakeAway()
    {
        var options = new PromiseOptions();
        Assert.All(Enum.GetValues<DossierType>(), type => Assert.All(PromiseSteps.Of(TrackOf(type)), step => Assert.NotNull(options.Target(type, step))));
        options.Hours[DossierType.RepairRequest] = new() { [PromiseStep.FirstAnswer] = 1.5, [PromiseStep.RepairParts] = 0 };

        Assert.Equal((90, null, 480), (options.Target(DossierType.RepairRequest, PromiseStep.FirstAnswer), options.Target(DossierType.RepairRequest, PromiseStep.RepairParts), options.Target(DossierType.TechnicalQuestion, PromiseStep.FirstAnswer)));
        Assert.True(options.IsPossible);
        Assert.False(new PromiseOptions { Opens = new(17, 0), Closes = new(9, 0) }.IsPossible);
        options.Hours[DossierType.RepairRequest][PromiseStep.Conclusion] = -1;
        Assert.False(options.IsPossible);
    }

    [Theory]
    [InlineData(DossierType.RepairRequest, PromiseStep.RepairOrder)]
    [InlineData(DossierType.AppliancePickup, PromiseStep.ReturnDecision)]
    [InlineData(DossierType.ReturnRequest, PromiseStep.ReturnDecision)]
    [InlineData(DossierType.TechnicalDoa, PromiseStep.Conclusion)]
    [InlineData(DossierType.MissingAccessory, PromiseStep.Conclusion)]
    [InlineData(DossierType.TechnicalQuestion, PromiseStep.Conclusion)]
    [InlineData(DossierType.CreditQuestion, PromiseStep.Conclusion)]
    [InlineData(DossierType.GeneralQuestion, PromiseStep.Conclusion)]
    public void Clock_OfEveryType_GoesFromTheFirstAnswerToTheNextStep(DossierType type, PromiseStep next)
    {
        var clock = new Clock(type, "2026-11-23T09:00");
        clock.AssertRuns(PromiseStep.FirstAnswer, clock.Due(PromiseStep.FirstAnswer, "2026-11-23T09:00"));

        clock.At("2026-11-23T10:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));
        clock.AssertRuns(next, clock.Due(next, "2026-11-23T10:00"));

        clock.At("2026-11-24T10:00", d => d.Complete(Resolution.Answered, "Fait.", clock.Now));
        Assert.Equal((null, null, null), (clock.Dossier.Step, clock.Dossier.DueAt, clock.Dossier.ClockSince));

        clock.At("2026-11-25T09:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));
        clock.AssertRuns(PromiseStep.FirstAnswer, clock.Due(PromiseStep.FirstAnswer, "2026-11-25T09:00"));
        clock.At("2026-11-25T10:00", d => d.Answered());
        clock.AssertRuns(next, clock.Due(next, "2026-11-25T10:00"));
    }

    [Fact]
    public void Clock_IsHeldWhileTheDealerHasToAnswer_AndGoesOnWithTheRest()
    {
        var clock = new Clock(DossierType.GeneralQuestion, "2026-11-23T09:00");
        clock.At("2026-11-23T10:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));
        // Three hours of forty are gone when the question is asked, and the weekend in between costs nothing.
        clock.At("2026-11-23T13:00", d => d.MoveTo(RequestStatus.WaitingForDealer, clock.Now));
        Assert.Equal((PromiseStep.Conclusion, null, null, 180), (clock.Dossier.Step, clock.Dossier.DueAt, clock.Dossier.ClockSince, clock.Dossier.ClockUsed));
        clock.At("2026-11-30T09:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));
        clock.AssertRuns(PromiseStep.Conclusion, clock.Terms.DueAt(DossierType.GeneralQuestion, PromiseStep.Conclusion, Utc("2026-11-30T09:00"), 180)!.Value);
        // Once more: what was used adds up. One that is over stays over.
        clock.At("2026-11-30T10:30", d => d.MoveTo(RequestStatus.WaitingForDealer, clock.Now));
        Assert.Equal(270, clock.Dossier.ClockUsed);
        clock.At("2027-02-01T09:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));
        clock.At("2027-03-01T09:00", d => d.MoveTo(RequestStatus.WaitingForDealer, clock.Now));
        clock.At("2027-03-02T09:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));
        clock.AssertRuns(PromiseStep.Conclusion, Utc("2027-03-02T09:00"));
    }

    [Fact]
    public void Clock_OfAFirstAnswerThatIsAQuestion_HasTheWholeNextStepAfterwards()
    {
        var clock = new Clock(DossierType.TechnicalQuestion, "2026-11-23T09:00");

        clock.At("2026-11-23T13:00", d => d.MoveTo(RequestStatus.WaitingForDealer, clock.Now));
        clock.At("2026-11-25T09:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now));

        clock.AssertRuns(PromiseStep.Conclusion, clock.Due(PromiseStep.Conclusion, "2026-11-25T09:00"));
    }

    [Fact]
    public void Clock_GoesOnAtTheServiceCentre_StepByStep_AndAVisitCountsFromItsEnd()
    {
        var clock = new Clock(DossierType.RepairRequest, "2026-11-23T09:00");
        clock.At("2026-11-23T10:00", d => d.Complete(Resolution.Accepted, "Accepté.", clock.Now));
        Assert.Null(clock.Dossier.Step);
        clock.At("2026-11-23T11:00", d => d.MoveRepairTo(RepairStatus.OrderReceived, null, clock.Now));
        Assert.Equal(WaitingOn.ServiceCentre, clock.Dossier.WaitingOn);
        clock.AssertRuns(PromiseStep.RepairStart, clock.Due(PromiseStep.RepairStart, "2026-11-23T11:00"));

        clock.At("2026-11-24T09:00", d => d.MoveRepairTo(RepairStatus.AppointmentScheduled, null, clock.Now), visit: "2026-12-04T13:00");
        clock.AssertRuns(PromiseStep.RepairVisit, clock.Due(PromiseStep.RepairVisit, "2026-12-04T13:00"));
        // The dealer's move before the visit takes nothing off it, and a moved appointment moves the promise.
        clock.At("2026-11-25T09:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now), visit: "2026-12-04T13:00");
        clock.AssertRuns(PromiseStep.FirstAnswer, clock.Due(PromiseStep.FirstAnswer, "2026-11-25T09:00"));
        clock.At("2026-11-25T10:00", d => d.MoveTo(RequestStatus.WaitingForDealer, clock.Now), visit: "2026-12-04T13:00");
        Assert.Equal((PromiseStep.RepairVisit, null, 0), (clock.Dossier.Step, clock.Dossier.DueAt, clock.Dossier.ClockUsed));
        clock.At("2026-11-26T10:00", d => d.MoveTo(RequestStatus.InProgress, clock.Now), visit: "2026-12-04T13:00");
        clock.AssertRuns(PromiseStep.RepairVisit, clock.Due(PromiseStep.RepairVisit, "2026-12-04T13:00"));
        clock.At("2026-11-27T10:00", d => d.MoveRepairTo(RepairStatus.AppointmentScheduled, null, clock.Now), visit: "2026-12-10T13:00");
        clock.AssertRuns(PromiseStep.RepairVisit, clock.Due(PromiseStep.RepairVisit, "2026-12-10T13:00"));

        clock.At("2026-12-10T14:00", d => d.MoveRepairTo(RepairStatus.WaitingForParts, null, clock.Now));
        clock.AssertRuns(PromiseStep.RepairParts, clock.Due(PromiseStep.RepairParts, "2026-12-10T14:00"));
        clock.At("2026-12-14T14:00", d => d.MoveRepairTo(RepairStatus.InRepair, null, clock.Now));
        clock.AssertRuns(PromiseStep.RepairEnd, clock.Due(PromiseStep.RepairEnd, "2026-12-14T14:00"));
        clock.At("2026-12-15T14:00", d => d.MoveRepairTo(RepairStatus.RepairCompleted, null, clock.Now));
        clock.AssertRuns(PromiseStep.Conclusion, clock.Due(PromiseStep.Conclusion, "2026-12-15T14:00"));
    }

    [Fact]
    public void Recount_FollowsOtherTargets_FromWhenTheClockBegan_AndTakesUpWhatHadNone()
    {
        var clock = new Clock(DossierType.GeneralQuestion, "2026-11-23T09:00");
        clock.Dossier.Recount(Terms("BE", (DossierType.GeneralQuestion, PromiseStep.FirstAnswer, 120)));
        clock.AssertRuns(PromiseStep.FirstAnswer, Utc("2026-11-23T11:00"));
        clock.Dossier.Recount(Terms("BE", (DossierType.GeneralQuestion, PromiseStep.FirstAnswer, null)));
        Assert.Equal((PromiseStep.FirstAnswer, null, Utc("2026-11-23T09:00")), (clock.Dossier.Step, clock.Dossier.DueAt, clock.Dossier.ClockSince));

        var old = New(DossierType.ReturnRequest, Utc("2026-11-20T09:00"));
        old.MoveTo(RequestStatus.InProgress, Utc("2026-11-23T09:00"));
        old.Recount(Terms("LU"));
        Assert.Equal((PromiseStep.ReturnDecision, Terms("LU").DueAt(old.Type, PromiseStep.ReturnDecision, Utc("2026-11-23T09:00"), 0)), (old.Step, old.DueAt));
    }

    [Fact]
    public void SoonUntil_IsInWorkingHours() => Assert.Equal(Utc("2026-11-30T09:00"), Terms("BE").SoonUntil(Utc("2026-11-27T15:00")));

    private static DossierTrack TrackOf(DossierType type) => type switch
    {
        DossierType.RepairRequest => DossierTrack.Repair,
        DossierType.AppliancePickup or DossierType.ReturnRequest => DossierTrack.Return,
        _ => DossierTrack.None,
    };

    private static PromiseTerms Terms(string country, params (DossierType Type, PromiseStep Step, int? Minutes)[] set) =>
        new(new PromiseTargets(new PromiseOptions(), set.ToDictionary(row => (row.Type, row.Step), row => row.Minutes)), Days, country, TrackOf);

    private static Dossier New(DossierType type, DateTime at) => new() { Number = "26-0000001-1", Type = type, OrganisationId = 1, AuthorId = 1, OwnerId = 1, CreatedAt = at };

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    /// <summary>A dossier of a Belgian organisation whose clock follows each change, as the door of all changes does it.</summary>
    private sealed class Clock
    {
        public Clock(DossierType type, string at)
        {
            Now = Utc(at);
            Dossier = New(type, Now);
            Dossier.Follow(Terms, Now);
        }

        public PromiseTerms Terms { get; } = PromiseTests.Terms("BE");

        public Dossier Dossier { get; }

        public DateTime Now { get; private set; }

        public void At(string at, Action<Dossier> change, string? visit = null)
        {
            Now = Utc(at);
            change(Dossier);
            Dossier.Follow(Terms, Now, visit is not null && PromiseSteps.IsVisit(Terms.StepOf(Dossier)) ? Utc(visit) : null);
        }

        public DateTime Due(PromiseStep step, string since) => Terms.DueAt(Dossier.Type, step, Utc(since), 0)!.Value;

        public void AssertRuns(PromiseStep step, DateTime due) => Assert.Equal((step, (DateTime?)due), (Dossier.Step, Dossier.DueAt));
    }
}
