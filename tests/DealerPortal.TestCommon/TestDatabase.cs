using DealerPortal.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.TestCommon;

/// <summary>
/// A migrated SQLite database of a test's own, with the services that the portal registers around it and a clock
/// that the test moves; for what needs no web host.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dealerportal-test-{Guid.NewGuid():N}.db");
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly ServiceProvider _services;

    private TestDatabase(Action<IServiceCollection>? more)
    {
        DatabaseTemplate.CopyTo(_path);
        _services = CreateInstance(more);
    }

    public IServiceProvider Services => _services;

    public TestClock Time { get; } = new();

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <param name="more">Registers what the test needs beyond the database; what it registers replaces what is here.</param>
    public static Task<TestDatabase> CreateAsync(Action<IServiceCollection>? more = null) => Task.Run(() => new TestDatabase(more));

    /// <summary>The services of another instance of the portal on the same database, clock and keys; the caller disposes them.</summary>
    public ServiceProvider CreateInstance(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IDataProtectionProvider>(_protection);
        services.AddDatabase(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = DatabaseOptions.Sqlite,
            ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(_path),
        }).Build());
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public async Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDatabase>().WriteAsync(work);
    }

    public async Task WriteAsync(Func<WriteScope, CancellationToken, Task> work)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PortalDatabase>().WriteAsync(work);
    }

    public async Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> read)
    {
        await using var scope = _services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        DatabaseTemplate.Delete(_path);
    }
}
