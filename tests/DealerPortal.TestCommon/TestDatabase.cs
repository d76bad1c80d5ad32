using DealerPortal.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DealerPortal.TestCommon;

/// <summary>
/// A migrated SQLite database of a test's own, with the services that the portal registers around it and a clock
/// that the test moves. Migrated once per run, then copied.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> _template = new(MigrateTemplateAsync);

    private readonly ServiceProvider _services;
    private readonly string _path;

    private TestDatabase(string path, FakeTimeProvider time, ServiceProvider services)
    {
        _path = path;
        Time = time;
        _services = services;
    }

    public IServiceProvider Services => _services;

    /// <summary>Stands at 23 November 2026, 10:00 UTC, until the test moves it.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>For a second process or a second service provider on the same database.</summary>
    public string ConnectionString => ConnectionTo(_path);

    /// <param name="more">Registers what the test needs beyond the database; what it registers replaces what is here.</param>
    public static async Task<TestDatabase> CreateAsync(Action<IServiceCollection>? more = null)
    {
        var path = NewPath();
        await File.WriteAllBytesAsync(path, await _template.Value);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        return new TestDatabase(path, time, Build(path, time, more));
    }

    /// <summary>The services of another instance of the portal on the same database and clock; the caller disposes them.</summary>
    public ServiceProvider CreateInstance(Action<IServiceCollection>? more = null) => Build(_path, Time, more);

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
        Delete(_path);
    }

    private static ServiceProvider Build(string path, FakeTimeProvider time, Action<IServiceCollection>? more)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddDatabase(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = DatabaseOptions.Sqlite,
            ["Database:ConnectionString"] = ConnectionTo(path),
        }).Build());
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    private static async Task<byte[]> MigrateTemplateAsync()
    {
        var path = NewPath();
        await using (var services = Build(path, new FakeTimeProvider(), null))
        {
            await using var scope = services.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<PortalDbContext>().Database;
            await database.MigrateAsync();
            // Fold the write-ahead log into the one file that is copied.
            await database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        SqliteConnection.ClearAllPools();
        var bytes = await File.ReadAllBytesAsync(path);
        Delete(path);
        return bytes;
    }

    private static string NewPath() => Path.Combine(Path.GetTempPath(), $"dealerportal-test-{Guid.NewGuid():N}.db");

    private static string ConnectionTo(string path) => $"Data Source={path}";

    private static void Delete(string path)
    {
        using (var connection = new SqliteConnection(ConnectionTo(path)))
            SqliteConnection.ClearPool(connection);
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            File.Delete(file);
    }
}
