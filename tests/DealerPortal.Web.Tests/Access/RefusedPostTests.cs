using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Access;

/// <summary>quality.md S8, the other half of <see cref="AccessMatrixTests"/>: whom a post is refused, for that person it also does nothing.</summary>
[Collection(EveryForm.Name)]
public sealed class RefusedPostTests(OwnPortalFixture portal)
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public Task EveryPost_ByWhomItIsRefused_ChangesNothing() => EveryForm.OverAsync(_factory, async (host, route) =>
    {
        using var world = await AccessWorld.CreateAsync(host);
        var form = await FilledForms.OfAsync(route.Key, world, host);
        // Posts to a draft of each test's own name none of the world's: here the owner's is meant.
        var url = route.Pattern.Contains("{draftId:guid}", StringComparison.Ordinal) ? world.Url(route.Pattern) : form.Url;
        var refused = AccessMatrixTests.RefusedBy(route.Key).ToList();
        var before = await StoredRows.ReadAsync(host);

        foreach (var persona in refused)
            await (form with { Url = url }).SendByAsync(world.ClientOf(persona));

        var changes = (await StoredRows.ReadAsync(host)).ChangesSince(before);
        Assert.True(changes.Count == 0, $"{route.Key} by {string.Join(", ", refused)}: {string.Join(", ", changes.Select(change => change.Kind))}");
    });
}
