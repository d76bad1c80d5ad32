using DealerPortal.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.TestCommon;

/// <summary>An empty SQLite database with all migrations, made once per run and copied for each that needs one.</summary>
public static class DatabaseTemplate
{
    private static readonly Lazy<byte[]> _content = new(Migrate);

    public static string ConnectionTo(string path) => $"Data Source={path}";

    public static void CopyTo(string path) => File.WriteAllBytes(path, _content.Value);

    public static void Delete(string path)
    {
        using (var connection = new SqliteConnection(ConnectionTo(path)))
            SqliteConnection.ClearPool(connection);
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            File.Delete(file);
    }

    private static byte[] Migrate()
    {
        var path = Path.Combine(Path.GetTempPath(), $"dealerportal-template-{Guid.NewGuid():N}.db");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = DatabaseOptions.Sqlite,
            ["Database:ConnectionString"] = ConnectionTo(path),
        }).Build();
        using (var services = new ServiceCollection().AddDatabase(configuration).BuildServiceProvider())
        using (var scope = services.CreateScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<PortalDbContext>().Database;
            database.Migrate();
            // Fold the write-ahead log into the one file that is copied.
            database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (var connection = new SqliteConnection(ConnectionTo(path)))
            SqliteConnection.ClearPool(connection);
        var content = File.ReadAllBytes(path);
        Delete(path);
        return content;
    }
}
