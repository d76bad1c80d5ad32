using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Access;

/// <summary>Tests that go through every post of the portal and look at everything stored before and after: one after another, on a host of their own.</summary>
[CollectionDefinition(Name)]
public sealed class EveryForm : ICollectionFixture<OwnPortalFixture>
{
    public const string Name = "every form";

    internal static IEnumerable<Route> RoutesOf(PortalFactory factory) => Route.AllOf(factory).Where(route => route.Method != "GET");
}
