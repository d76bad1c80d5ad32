using DealerPortal.TestCommon;
using DealerPortal.Web.Access;

namespace DealerPortal.Web.Tests.Access;

/// <summary>Tests that go through every post of the portal and look at everything stored before and after: one after another, on a host of their own.</summary>
[CollectionDefinition(Name)]
public sealed class EveryForm : ICollectionFixture<OwnPortalFixture>
{
    public const string Name = "every form";

    private const int RoutesPerHost = 8;
    private const int AtOnce = 2;

    /// <summary>Without those of machines, which read no forms and no cookies: <c>EventsTests</c> tries what they are sent.</summary>
    internal static IEnumerable<Route> RoutesOf(PortalFactory factory) =>
        Route.AllOf(factory).Where(route => route.Method != "GET" && route.Endpoint.Metadata.GetMetadata<MachineAccessAttribute>() is null);

    /// <summary>Tries every route, some at a time on a host of their own: what is stored is read often, so it must stay little.</summary>
    internal static Task OverAsync(PortalFactory factory, Func<PortalFactory, Route, Task> tryAsync) =>
        Parallel.ForEachAsync(RoutesOf(factory).Chunk(RoutesPerHost), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (routes, _) =>
        {
            using var host = new PortalFactory();
            foreach (var route in routes)
                await tryAsync(host, route);
        });
}
