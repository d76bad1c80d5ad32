using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DealerPortal.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.TestCommon;

/// <summary>
/// The portal's services on SQL Server without a server: every statement is written down and answered with nothing,
/// so that what production would send can be parsed as T-SQL.
/// </summary>
public sealed class SqlServerRecorder : IAsyncDisposable
{
    private readonly Recorder _recorder = new();

    public SqlServerRecorder(Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = DatabaseOptions.SqlServer,
            ["Database:ConnectionString"] = "Server=nowhere;Database=DealerPortal",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddDatabase(configuration);
        services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_recorder, new NoConnection(), new NoTransaction()));
        more?.Invoke(services);
        Services = services.BuildServiceProvider();
    }

    public ServiceProvider Services { get; }

    /// <summary>The statements so far, in their order.</summary>
    public IReadOnlyCollection<string> Statements => _recorder.Statements;

    /// <summary>What a query that starts like this gives back; others give no rows.</summary>
    public void Answer(string start, DataTable rows) => _recorder.Answers[start] = rows;

    public static DataTable OneValue<T>(T value)
        where T : notnull
    {
        var table = new DataTable();
        table.Columns.Add("Value", typeof(T));
        table.Rows.Add(value);
        return table;
    }

    public ValueTask DisposeAsync() => Services.DisposeAsync();

    /// <summary>Without rows, but with as many columns as any query asks for.</summary>
    private static DataTable NoRows()
    {
        var table = new DataTable();
        for (var column = 0; column < 100; column++)
            table.Columns.Add();
        return table;
    }

    private sealed class Recorder : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Statements { get; } = new();

        public Dictionary<string, DataTable> Answers { get; } = [];

        public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
            InterceptionResult<DbCommand>.SuppressWithResult(new RecordingCommand(this));

        public DbDataReader Read(string sql)
        {
            Statements.Enqueue(sql);
            var answer = Answers.Where(known => sql.StartsWith(known.Key, StringComparison.Ordinal)).Select(known => known.Value).FirstOrDefault();
            return (answer ?? NoRows()).CreateDataReader();
        }
    }

    /// <summary>Takes parameters as SQL Server's own command does, and goes nowhere.</summary>
    private sealed class RecordingCommand(Recorder recorder) : DbCommand
    {
        private readonly SqlCommand _parameters = new();

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => _parameters.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
            // Nothing runs.
        }

        public override int ExecuteNonQuery()
        {
            using var reader = recorder.Read(CommandText);
            return 1;
        }

        public override object? ExecuteScalar()
        {
            using var reader = recorder.Read(CommandText);
            return reader.Read() ? reader.GetValue(0) : null;
        }

        public override void Prepare()
        {
            // Nothing to prepare for.
        }

        protected override DbParameter CreateDbParameter() => new SqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => recorder.Read(CommandText);

        protected override void Dispose(bool disposing)
        {
            _parameters.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(InterceptionResult.Suppress());

        public override ValueTask<InterceptionResult> ConnectionClosingAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => ValueTask.FromResult(InterceptionResult.Suppress());
    }

    private sealed class NoTransaction : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(InterceptionResult<DbTransaction>.SuppressWithResult(new Nothing(connection)));

        private sealed class Nothing(DbConnection connection) : DbTransaction
        {
            public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

            protected override DbConnection? DbConnection => connection;

            public override void Commit()
            {
                // Nothing was begun.
            }

            public override void Rollback()
            {
                // Nothing was begun.
            }
        }
    }
}
