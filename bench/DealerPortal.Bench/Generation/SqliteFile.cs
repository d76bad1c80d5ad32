using Microsoft.Data.Sqlite;

namespace DealerPortal.Bench.Generation;

/// <summary>A database file that is being filled: nobody else reads it, and one that was not finished is thrown away.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const string ForFilling =
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-262144; PRAGMA temp_store=FILE; PRAGMA threads=2;";

    public SqliteFile(string file)
    {
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        Connection.Open();
        Run(ForFilling);
    }

    public SqliteConnection Connection { get; }

    public void Run(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Drops every index the schema holds, but those that are part of a table, and says how to make them again.</summary>
    public IReadOnlyList<string> SetIndexesAside()
    {
        var indexes = new List<(string Name, string Sql)>();
        using (var command = Connection.CreateCommand())
        {
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                indexes.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var (name, _) in indexes)
            Run($"DROP INDEX \"{name}\"");
        return [.. indexes.Select(index => index.Sql)];
    }

    /// <summary>As the portal leaves its databases.</summary>
    public void Release() => Run("PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=WAL;");

    public void Dispose() => Connection.Dispose();
}
