namespace DealerPortal.TestCommon;

/// <summary>
/// The one host that the test classes of an assembly share, side by side: every test makes its own organisations
/// and people. A test that moves the clock, counts all rows or changes settings uses <see cref="OwnPortalFixture"/>.
/// </summary>
public sealed class PortalFixture
{
    private static readonly Lazy<PortalFactory> _shared = new(Start);

    public PortalFactory Factory => _shared.Value;

    public TestData Data => Factory.Data;

    private static PortalFactory Start()
    {
        var factory = new PortalFactory(isShared: true);
        // Started here, once: the factory would start a second host for a second thread.
        _ = factory.Services;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => factory.Dispose();
        return factory;
    }
}

/// <summary>A host for one test class alone, which may move its clock.</summary>
public sealed class OwnPortalFixture : IDisposable
{
    public PortalFactory Factory { get; } = new();

    public TestData Data => Factory.Data;

    public void Dispose() => Factory.Dispose();
}
