using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Data;

/// <summary>Which database, as configured under <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Sqlite = "Sqlite";
    public const string SqlServer = "SqlServer";

    /// <summary><see cref="Sqlite"/> (default) or <see cref="SqlServer"/>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>For SQLite a data source; by default <c>var/portal.db</c> under the current directory.</summary>
    public string ConnectionString { get; set; } = "Data Source=var/portal.db";

    /// <summary>SQL Server only: how many statements one round trip may carry; the provider's own default when unset.</summary>
    public int? MaxBatchSize { get; set; }

    public bool IsSqlite => Provider == Sqlite;

    /// <exception cref="InvalidOperationException">The provider is not one of the two.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        return options.Provider is Sqlite or SqlServer
            ? options
            : throw new InvalidOperationException($"Database:Provider must be {Sqlite} or {SqlServer}, not '{options.Provider}'.");
    }
}

public static class DatabaseServices
{
    /// <summary>Registers the context, the write door and the tenant; used by the application, the tests and the migration tools alike.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => DatabaseOptions.From(configuration));
        services.AddSingleton(provider => new WriteGate(provider.GetRequiredService<DatabaseOptions>().IsSqlite));
        services.AddScoped<CurrentTenant>();
        services.AddScoped<PortalDatabase>();
        // Without version 3 the passkey table is missing from the model, silently.
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContext<PortalDbContext>((provider, context) => Use(context, provider.GetRequiredService<DatabaseOptions>()));
        return services;
    }

    private static void Use(DbContextOptionsBuilder context, DatabaseOptions options)
    {
        context.AddInterceptors(new WriteGuard());
        if (options.IsSqlite)
        {
            var source = new SqliteConnectionStringBuilder(options.ConnectionString);
            if (Path.GetDirectoryName(Path.GetFullPath(source.DataSource)) is { } folder && source.Mode != SqliteOpenMode.Memory)
                Directory.CreateDirectory(folder);
            context.AddInterceptors(new SqlitePragmas());
            context.UseSqlite(options.ConnectionString, sqlite => sqlite.MigrationsAssembly("DealerPortal.Migrations.Sqlite"));
        }
        else
        {
            context.UseSqlServer(options.ConnectionString, server =>
            {
                server.MigrationsAssembly("DealerPortal.Migrations.SqlServer");
                server.EnableRetryOnFailure();
                server.UseCompatibilityLevel(160);
                if (options.MaxBatchSize is { } size)
                    server.MaxBatchSize(size);
            });
        }
    }

    /// <summary>Whether a save failed because the row exists already (2601 and 2627 on SQL Server, extended codes 1555 and 2067 on SQLite).</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 1555 or 2067,
        Microsoft.Data.SqlClient.SqlException server => server.Number is 2601 or 2627,
        _ => false,
    };
}
