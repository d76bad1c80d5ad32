using DealerPortal.KillTest;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>A few rounds of <c>tests/DealerPortal.KillTest</c>, which does more on its own.</summary>
public sealed class KilledProcessTests
{
    [Fact]
    public async Task Kill_WhileSending_LeavesNothingHalf()
    {
        var report = await KillRounds.RunAsync(5, _ => { });

        Assert.Empty(report.Faults);
        Assert.True(report.Dossiers > 0, report.ToString());
    }

    [Fact]
    public async Task Kill_WhileAFileOfModelsIsWritten_LosesAndDoublesNoRow() => Assert.Empty(await ImportKill.RunAsync(1, _ => { }));
}
