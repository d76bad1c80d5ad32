using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Organisations;

/// <summary>With which branch new forms begin.</summary>
public sealed class BranchServiceTests : IDisposable
{
    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task SetDefault_MovesIt_AndWritesEachMoveOnce()
    {
        var (organisation, actor, second) = await TwoBranchesAsync();

        Assert.True(await SetAsync(organisation, organisation.BranchId, actor));
        _factory.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await SetAsync(organisation, second, actor));
        var since = _factory.Now;
        _factory.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await SetAsync(organisation, second, actor));

        Assert.Equal([(second, since)], await DefaultsAsync(organisation));
        Assert.True(await SetAsync(organisation, null, actor));
        Assert.True(await SetAsync(organisation, null, actor));
        Assert.Empty(await DefaultsAsync(organisation));
        Assert.Equal(
            [("branch.default", $"{organisation.BranchId}"), ("branch.default", $"{second}"), ("branch.no-default", $"{second}")],
            await _factory.ReadAsync(async db => (await db.Set<AuditEntry>().Where(a => a.ActorId == actor.Id).OrderBy(a => a.Id).ToListAsync()).Select(a => (a.Action, a.SubjectId)).ToList()));
    }

    [Fact]
    public async Task SetOpen_WhenTheDefaultIsClosed_LeavesNone_AlsoWhenItOpensAgain()
    {
        var (organisation, actor, second) = await TwoBranchesAsync();
        await SetAsync(organisation, second, actor);

        foreach (var open in (bool[])[false, true])
        {
            Assert.True(await CallAsync(service => service.SetOpenAsync(organisation.Id, second, open, actor.Id, CancellationToken.None)));
            Assert.Empty(await DefaultsAsync(organisation));
        }
    }

    [Fact]
    public async Task SetDefault_ToABranchThatIsClosedOrOfOthers_ChangesNothing()
    {
        var (organisation, actor, second) = await TwoBranchesAsync();
        var other = await _factory.Data.CreateOrganisationAsync();
        await SetAsync(organisation, organisation.BranchId, actor);
        await CallAsync(service => service.SetOpenAsync(organisation.Id, second, open: false, actor.Id, CancellationToken.None));

        Assert.False(await SetAsync(organisation, second, actor));
        Assert.False(await SetAsync(organisation, other.BranchId, actor));

        Assert.Equal([organisation.BranchId], (await DefaultsAsync(organisation)).Select(d => d.Id));
        Assert.Empty(await DefaultsAsync(other));
    }

    private async Task<(TestOrganisation Organisation, TestUser Actor, int Second)> TwoBranchesAsync()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        return (organisation, await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator), await _factory.Data.CreateBranchAsync(organisation, "Rue Deux 2"));
    }

    private Task<bool> SetAsync(TestOrganisation organisation, int? branch, TestUser actor) =>
        CallAsync(service => service.SetDefaultAsync(organisation.Id, branch, actor.Id, CancellationToken.None));

    private async Task<bool> CallAsync(Func<BranchService, Task<bool>> call)
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<BranchService>());
    }

    private Task<List<(int Id, DateTime Since)>> DefaultsAsync(TestOrganisation organisation) => _factory.ReadAsync(async db =>
        (await db.Branches.AllOrganisations().AsNoTracking().Where(b => b.OrganisationId == organisation.Id && b.DefaultSince != null).ToListAsync()).ConvertAll(b => (b.Id, b.DefaultSince!.Value)));
}
