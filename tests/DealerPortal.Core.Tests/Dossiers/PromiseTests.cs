using System.Globalization;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Core.Tests.Dossiers;

/// <summary>Until when support should have acted: targets in working days, and whose move it is.</summary>
public sealed class PromiseTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    // Monday: the next day. 17:00 in Brussels is 16:00 in winter and 15:00 in summer.
    [InlineData("BE", DossierType.RepairRequest, "2026-11-23T09:00", "2026-11-24T16:00")]
    [InlineData("BE", DossierType.RepairRequest, "2026-06-15T09:00", "2026-06-16T15:00")]
    // Over the weekend, and from within it.
    [InlineData("BE", DossierType.RepairRequest, "2026-11-27T09:00", "2026-11-30T16:00")]
    [InlineData("BE", DossierType.RepairRequest, "2026-11-28T09:00", "2026-11-30T16:00")]
    [InlineData("BE", DossierType.TechnicalDoa, "2026-11-27T09:00", "2026-12-01T16:00")]
    // Filed late in the evening of Brussels, which is the day before in UTC only.
    [InlineData("BE", DossierType.RepairRequest, "2026-11-23T22:30", "2026-11-24T16:00")]
    [InlineData("BE", DossierType.RepairRequest, "2026-11-23T23:30", "2026-11-25T16:00")]
    // The national holidays: 21 July in Belgium, 23 June in Luxembourg.
    [InlineData("BE", DossierType.RepairRequest, "2026-07-20T09:00", "2026-07-22T15:00")]
    [InlineData("LU", DossierType.RepairRequest, "2026-07-20T09:00", "2026-07-21T15:00")]
    [InlineData("LU", DossierType.RepairRequest, "2026-06-22T09:00", "2026-06-24T15:00")]
    [InlineData("BE", DossierType.RepairRequest, "2026-06-22T09:00", "2026-06-23T15:00")]
    // The house is closed on 2 December 2026.
    [InlineData("BE", DossierType.RepairRequest, "2026-12-01T09:00", "2026-12-03T16:00")]
    [InlineData("BE", DossierType.CreditQuestion, "2026-11-30T09:00", "2026-12-04T16:00")]
    // Across the night in which the clock moves.
    [InlineData("BE", DossierType.RepairRequest, "2026-10-23T10:00", "2026-10-26T16:00")]
    public void DueAt_IsTheEndOfTheWorkingDay(string country, DossierType type, string since, string expected)
    {
        var terms = new PromiseTerms(new PromiseOptions(), new WorkingDays(new HashSet<DateOnly> { new(2026, 12, 2) }), country);

        Assert.Equal(Utc(expected), terms.DueAt(type, Utc(since)));
    }

    [Fact]
    public void DueAt_OfEveryType_HasATarget() =>
        Assert.All(Enum.GetValues<DossierType>(), type => Assert.True(new PromiseOptions().Days[type] >= 1));

    [Fact]
    public void Dossier_WaitsOnWhoseMoveItIs_AndIsPromisedToNobodyElse()
    {
        var dossier = New();
        AssertWaits(dossier, WaitingOn.Support, isPromised: true);
        dossier.MoveTo(RequestStatus.WaitingForDealer, Now);
        AssertWaits(dossier, WaitingOn.Dealer, isPromised: false);
        dossier.Promise(Now);
        Assert.Null(dossier.DueAt);
        dossier.MoveTo(RequestStatus.InProgress, Now);
        AssertWaits(dossier, WaitingOn.Support, isPromised: false);
        dossier.Promise(Now);
        dossier.MoveRepairTo(RepairStatus.InRepair, null, Now);
        AssertWaits(dossier, WaitingOn.Support, isPromised: true);
        dossier.Complete(Resolution.Answered, "Fait.", Now);
        AssertWaits(dossier, WaitingOn.ServiceCentre, isPromised: false);
        dossier.MoveRepairTo(RepairStatus.RepairCompleted, null, Now);
        AssertWaits(dossier, null, isPromised: false);
        dossier.MoveTo(RequestStatus.InProgress, Now);
        AssertWaits(dossier, WaitingOn.Support, isPromised: false);
    }

    private static void AssertWaits(Dossier dossier, WaitingOn? party, bool isPromised) =>
        Assert.Equal((party, isPromised, party is not null), (dossier.WaitingOn, dossier.DueAt is not null, dossier.IsOpen));

    private static Dossier New()
    {
        var dossier = new Dossier { Number = "26-0000001-1", Type = DossierType.RepairRequest, OrganisationId = 1, AuthorId = 1, OwnerId = 1, CreatedAt = Now };
        dossier.Promise(Now.AddDays(1));
        return dossier;
    }

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
