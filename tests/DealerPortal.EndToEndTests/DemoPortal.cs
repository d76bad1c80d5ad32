namespace DealerPortal.EndToEndTests;

/// <summary>One portal with demo data for all classes that leave its people as they are; they may file dossiers.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    private static readonly Lazy<Task<PortalRun>> _shared = new(StartAsync);

    public PortalRun Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await _shared.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<PortalRun> StartAsync()
    {
        var portal = await PortalRun.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => portal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return portal;
    }
}

/// <summary>A portal with demo data of its own, for a class that changes a person's language.</summary>
public sealed class OwnDemoPortal : IAsyncLifetime
{
    public PortalRun Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await PortalRun.StartAsync();

    public async Task DisposeAsync() => await Portal.DisposeAsync();
}
