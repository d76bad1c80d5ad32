using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.KillTest;

/// <summary>The database of a portal that may not be running.</summary>
internal sealed class StoredDatabase(string path)
{
    public Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> read) => UseAsync(read);

    /// <summary>Does something with a service of the portal, in this process.</summary>
    public async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = DatabaseOptions.Sqlite,
            ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(path),
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddDatabase(configuration).AddCatalogue().BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>What the database itself finds broken.</summary>
    public async Task<List<string>> FaultsAsync()
    {
        var faults = new List<string>();
        if (await PragmaAsync("PRAGMA integrity_check") is var integrity && integrity != "ok")
            faults.Add($"integrity_check: {integrity}");
        if (await PragmaAsync("PRAGMA foreign_key_check") is { } key)
            faults.Add($"foreign_key_check: {key}");
        return faults;
    }

    private async Task<string?> PragmaAsync(string pragma)
    {
        await using var connection = new SqliteConnection(DatabaseTemplate.ConnectionTo(path));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
