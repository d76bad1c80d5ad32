using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

public sealed class RepeatRepairTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Since_CountsFromTheEndOfTheEarlierRepair() =>
        Assert.Equal(TimeSpan.FromDays(10), RepeatRepair.Since(New(0), New(100, completedDaysAgo: 10)));

    [Fact]
    public void Since_OfARepairUnderWay_CountsFromItsFiling() => Assert.Equal(TimeSpan.FromDays(20), RepeatRepair.Since(New(0), New(20)));

    [Fact]
    public void Since_OnTheLastDayOfTheWindow_IsARepeat_AndNotAfter()
    {
        Assert.NotNull(RepeatRepair.Since(New(0), New(200, completedDaysAgo: 90)));
        Assert.Null(RepeatRepair.Since(New(0), New(200, completedDaysAgo: 91)));
    }

    [Fact]
    public void Since_OfALaterOne_IsNone() => Assert.Null(RepeatRepair.Since(New(20), New(0)));

    [Fact]
    public void Since_OfACancelledRepair_IsNone()
    {
        var refused = New(20);
        refused.Complete(Resolution.Cancelled, null, Now.AddDays(-19));
        var stopped = New(20);
        stopped.MoveRepairTo(RepairStatus.OrderReceived, null, Now.AddDays(-19));
        stopped.MoveRepairTo(RepairStatus.RepairCancelled, "Pièce introuvable.", Now.AddDays(-18));

        Assert.Null(RepeatRepair.Since(New(0), refused));
        Assert.Null(RepeatRepair.Since(New(0), stopped));
    }

    [Theory]
    [InlineData(DossierType.RepairRequest, DossierType.TechnicalDoa)]
    [InlineData(DossierType.ReturnRequest, DossierType.RepairRequest)]
    public void Since_OfOtherTypes_IsNone(DossierType later, DossierType earlier) => Assert.Null(RepeatRepair.Since(New(0, type: later), New(20, type: earlier)));

    private static Dossier New(int daysAgo, int? completedDaysAgo = null, DossierType type = DossierType.RepairRequest)
    {
        var dossier = new Dossier
        {
            Number = "26-0001234-2",
            Type = type,
            OrganisationId = 1,
            AuthorId = 1,
            OwnerId = 1,
            CreatedAt = Now.AddDays(-daysAgo),
            NotifyByMail = false,
        };
        if (completedDaysAgo is { } days)
            dossier.Complete(Resolution.Answered, null, Now.AddDays(-days));
        return dossier;
    }
}
