namespace DealerPortal.EndToEndTests;

/// <summary>A portal with demo data for all tests of a class.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    public PortalRun Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await PortalRun.StartAsync();

    public async Task DisposeAsync() => await Portal.DisposeAsync();
}
