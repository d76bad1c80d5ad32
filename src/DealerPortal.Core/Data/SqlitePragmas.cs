using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace DealerPortal.Core.Data;

/// <summary>
/// Readers beside the writer (WAL), waiting instead of failing, and commits that survive a power cut. Pages are read where the
/// system has them anyway: a search looks up hundreds of rows all over the file, each of which would be a call and a copy.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=1073741824;";

    // A connection is opened for every query, and the pool hands out the same few files again: they have been told already.
    private static readonly ConditionalWeakTable<sqlite3, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var file = ((SqliteConnection)connection).Handle!;
        if (_told.TryGetValue(file, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _told.AddOrUpdate(file, file);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous way.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
