using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Data;

/// <summary>
/// Brings a database to the schema of this version. SQLite, which belongs to one machine, is migrated when the portal
/// starts; a server's database only by the <c>migrate</c> verb, since several instances start at once.
/// </summary>
public static class DatabaseSetup
{
    /// <summary>Plain, so that a server whose policies forbid more still takes it.</summary>
    public const string CreateDatabaseSql = """
        IF DB_ID(@name) IS NULL
        BEGIN
            DECLARE @create nvarchar(300) = N'CREATE DATABASE ' + QUOTENAME(@name);
            EXEC (@create);
        END
        """;

    /// <summary>Readers do not wait for writers, as on SQLite. Azure SQL has it from the start.</summary>
    public const string ReadCommittedSnapshotSql = """
        IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
            ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
        """;

    /// <summary>Creates the database where it is absent and applies what is pending. Changes nothing when all is there.</summary>
    /// <returns>The migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> BringUpToDateAsync(this PortalDbContext db, ILogger log, CancellationToken ct)
    {
        if (db.Database.IsSqlServer())
            await PrepareServerAsync(db, log, ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        // Asking first spares the migration lock, which a killed process would leave behind.
        if (pending.Count > 0)
            await db.Database.MigrateAsync(ct);
        return pending;
    }

    private static async Task PrepareServerAsync(PortalDbContext db, ILogger log, CancellationToken ct)
    {
        var target = new SqlConnectionStringBuilder(db.Database.GetConnectionString());
        var name = target.InitialCatalog;
        target.InitialCatalog = "master";
        await using (var master = new SqlConnection(target.ConnectionString))
        {
            await master.OpenAsync(ct);
            await using var create = new SqlCommand(CreateDatabaseSql, master);
            create.Parameters.AddWithValue("@name", name);
            await create.ExecuteNonQueryAsync(ct);
        }

        try
        {
            await db.Database.ExecuteSqlRawAsync(ReadCommittedSnapshotSql, ct);
        }
        catch (SqlException exception)
        {
            log.LogWarning("READ_COMMITTED_SNAPSHOT could not be switched on (error {Number}); ask the database's administrator for it.", exception.Number);
        }
    }
}
