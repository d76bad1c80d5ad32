using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Bench.Generation;

/// <param name="Dossiers">How many; at least a few more than the measured organisation of 300.</param>
/// <param name="AsOf">The instant as of which the database stands, UTC: the same seed and instant give the same rows.</param>
public sealed record GenerationOptions(string File, int Dossiers, DateTime AsOf, int Seed = 7);

/// <summary>
/// Fills a database of the portal: the project's own migrations make the schema, the model says how rows are written, Core's
/// rules say what is in them. Indexes are set aside while rows come in, and made again as the schema held them.
/// </summary>
public static class DatabaseGenerator
{
    /// <summary>Of what is generated; a file of another version is made anew.</summary>
    public const int Version = 2;

    private const int BatchSize = 20_000;

    /// <summary>Whether the file is a finished database of this version and size. One of an older schema is brought up to date.</summary>
    public static async Task<bool> IsThereAsync(GenerationOptions options, CancellationToken ct)
    {
        if (!File.Exists(options.File))
            return false;
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.File, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            if (command.ExecuteScalar() is not (long)Version)
                return false;
        }

        await using var services = BenchDatabase.Open(options.File);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await db.Database.MigrateAsync(ct);
        return await db.Dossiers.AllOrganisations().CountAsync(ct) == options.Dossiers;
    }

    public static async Task GenerateAsync(GenerationOptions options, Action<string> say, CancellationToken ct)
    {
        Delete(options.File);
        var plan = new GenerationPlan(options.Dossiers, options.Seed);
        await using var services = BenchDatabase.Open(options.File);
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        var db = provider.GetRequiredService<PortalDbContext>();
        await db.Database.MigrateAsync(ct);
        var random = new Random(options.Seed);
        var models = await Catalogue.AddAsync(provider.GetRequiredService<PortalDatabase>(), random, ct);
        var passwordHash = provider.GetRequiredService<IPasswordHasher<User>>().HashPassword(null!, BenchPeople.Password);
        var authenticatorKey = provider.GetRequiredService<AuthenticatorKeys>().Protect(BenchPeople.AuthenticatorKey);
        // From here on one connection has the file for itself.
        ClosePool(options.File);

        using var file = new SqliteFile(options.File);
        using var writers = new EntityWriters(file.Connection, db.Model);
        var indexes = file.SetIndexesAside();
        file.Run("BEGIN");
        var population = new Population(writers, random, passwordHash, authenticatorKey, options.AsOf);
        var agents = population.WriteStaff();
        var organisations = population.WriteOrganisations(plan);
        say($"{organisations.Count} organisations");
        Fill(file, writers, plan, organisations, new DossierMaker(models, agents, options.Seed, options.AsOf), say, ct);
        file.Run("COMMIT");
        for (var i = 0; i < indexes.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            file.Run(indexes[i]);
        }

        say($"{indexes.Count} indexes");
        file.Release();
        // Last, so that a file whose making was broken off is known.
        file.Run($"PRAGMA user_version = {Version}");
    }

    private static void Fill(
        SqliteFile file, EntityWriters writers, GenerationPlan plan, IReadOnlyList<GeneratedOrganisation> organisations, DossierMaker maker, Action<string> say, CancellationToken ct)
    {
        var sequences = new int[organisations.Count];
        var tokens = new List<DossierSearchToken>();
        var id = 0L;
        foreach (var filing in plan.Filings())
        {
            var made = maker.Make(++id, organisations[filing.Organisation], sequences[filing.Organisation]++, filing.MinutesAgo);
            writers.Write(made.Dossier);
            foreach (var row in made.Answers.Concat(made.Timeline))
                writers.Write(row);
            tokens.AddRange(DossierSearchRows.Of(made.Dossier));
            if (id % BatchSize != 0)
                continue;
            WriteTokens(writers, tokens);
            file.Run("COMMIT");
            file.Run("BEGIN");
            say($"{id} dossiers");
            ct.ThrowIfCancellationRequested();
        }

        WriteTokens(writers, tokens);
        foreach (var (year, last) in maker.Sequences)
            writers.Write(new DossierCounter { Year = year, Next = last + 1 });
    }

    /// <summary>In the order of the table's key, whose index cannot be set aside: page after page instead of all over it.</summary>
    private static void WriteTokens(EntityWriters writers, List<DossierSearchToken> tokens)
    {
        tokens.Sort((one, other) =>
            one.OrganisationId != other.OrganisationId ? one.OrganisationId.CompareTo(other.OrganisationId)
            : string.CompareOrdinal(one.Token, other.Token) is var order and not 0 ? order
            : one.DossierId.CompareTo(other.DossierId));
        tokens.ForEach(writers.Write);
        tokens.Clear();
    }

    private static void Delete(string file)
    {
        ClosePool(file);
        foreach (var each in (string[])[file, file + "-wal", file + "-shm"])
            File.Delete(each);
    }

    private static void ClosePool(string file)
    {
        using var connection = new SqliteConnection(BenchDatabase.ConnectionTo(file));
        SqliteConnection.ClearPool(connection);
    }
}
