using DealerPortal.Bench.Generation;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Work;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Bench.Measuring;

/// <summary>
/// The row P9: a file of credits through the portal's own service, from the upload to the last row, beside a bare prepared insert
/// of the same rows into a copy of the same database, in the same transactions of 1,000.
/// </summary>
internal sealed class ImportMeasurement(string folder, int credits, int rounds)
{
    private const int Dossiers = 20_000;
    /// <summary>As the goal names them.</summary>
    public const int UsualCredits = 100_000;

    private const int RowsPerTransaction = 1000;

    /// <summary>Flat: all rows need no more than this times what the first fifth of them needed.</summary>
    private const double Flat = 1.25;

    private readonly Report _report = new();

    /// <returns>Whether every goal was kept.</returns>
    public async Task<bool> RunAsync()
    {
        Directory.CreateDirectory(folder);
        var basis = new GenerationOptions(Path.Combine(folder, "credits.db"), Dossiers, DateTime.UtcNow.Date);
        if (!await DatabaseGenerator.IsThereAsync(basis, CancellationToken.None))
            await DatabaseGenerator.GenerateAsync(basis, _ => { }, CancellationToken.None);
        var organisations = await CountOrganisationsAsync(basis.File);
        var csv = Path.Combine(folder, "credits.csv");
        await File.WriteAllLinesAsync(csv, CreditFile.Lines(credits, organisations));
        var (portal, bare) = (new List<ImportCost>(), new List<Cost>());
        // The first round is for the compiler.
        for (var round = 0; round <= rounds; round++)
        {
            var (imported, inserted) = (Path.Combine(folder, "imported.db"), Path.Combine(folder, "inserted.db"));
            Copy(basis.File, imported);
            Copy(basis.File, inserted);
            var cost = await ImportAsync(imported, csv);
            var limit = await InsertAsync(imported, inserted);
            Console.WriteLine($"{(round == 0 ? "warm" : "round")} {round}: check {cost.Check}, write {cost.Write}, bare {limit}; memory {cost.MemoryAtFifth} → {cost.MemoryPeak} MiB");
            if (round == 0)
                continue;
            portal.Add(cost);
            bare.Add(limit);
        }

        _report.Title($"P9  {credits} credits of {organisations} organisations among {Dossiers} dossiers, a file of {new FileInfo(csv).Length >> 20} MiB");
        Compare("write, processor", cost => cost.Write.Cpu, limit => limit.Cpu);
        Compare("write, time", cost => cost.Write.Elapsed, limit => limit.Elapsed);
        Compare("check and write, processor", cost => cost.Check.Cpu + cost.Write.Cpu, limit => limit.Cpu);
        Compare("check and write, time", cost => cost.Check.Elapsed + cost.Write.Elapsed, limit => limit.Elapsed);
        var flat = Probe.Percentile(portal.Select(cost => (double)cost.MemoryPeak / cost.MemoryAtFifth), 0.5);
        _report.Ratio("P9 memory, first fifth → peak", $"{portal.Max(cost => cost.MemoryAtFifth)} → {portal.Max(cost => cost.MemoryPeak)} MiB of its own", flat, Flat);
        return _report.IsKept();

        void Compare(string what, Func<ImportCost, double> ofPortal, Func<Cost, double> ofBare)
        {
            var ratio = Probe.Percentile(portal.Zip(bare, (one, other) => ofPortal(one) / ofBare(other)), 0.5);
            _report.Ratio($"P9 {what}", $"{Probe.Percentile(portal.Select(ofPortal), 0.5):0.0} s beside {Probe.Percentile(bare.Select(ofBare), 0.5):0.0} s", ratio, 3);
        }
    }

    private async Task<ImportCost> ImportAsync(string database, string csv)
    {
        await using var services = Open(database);
        await using var memory = MemoryWatch.Start();
        Guid id;
        int agent;
        await using (var scope = services.CreateAsyncScope())
        {
            agent = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Users.ActiveStaff().Select(u => u.Id).FirstAsync();
            await using var content = File.OpenRead(csv);
            var (kept, fault) = await scope.ServiceProvider.GetRequiredService<CreditImports>().KeepAsync(agent, "credits.csv", content, CancellationToken.None);
            id = kept ?? throw new InvalidOperationException($"The file is refused: {fault}.");
        }

        var check = await WorkAsync(services);
        await using (var scope = services.CreateAsyncScope())
        {
            if (!await scope.ServiceProvider.GetRequiredService<CreditImports>().ConfirmAsync(id, agent, CancellationToken.None))
                throw new InvalidOperationException("The check found nothing to write.");
        }

        memory.Begin();
        var write = await WorkAsync(services);
        var (fifth, peak) = memory.End();
        await using var last = services.CreateAsyncScope();
        var done = await last.ServiceProvider.GetRequiredService<CreditImports>().FindAsync(id, CancellationToken.None);
        if (done?.State != WorkState.Done || done.Added != credits)
            throw new InvalidOperationException($"The import ended as {done?.State} with {done?.Added} credits.");
        return new ImportCost(check, write, fifth, peak);
    }

    private static Task<Cost> WorkAsync(ServiceProvider services) => Cost.OfAsync(async () =>
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CreditImporting>().WorkNextAsync(CancellationToken.None);
    });

    /// <summary>Only the inserts count, not the reading of what is inserted.</summary>
    private static async Task<Cost> InsertAsync(string from, string to)
    {
        await using var source = BenchDatabase.Open(from);
        await using var target = BenchDatabase.Open(to);
        await using var reading = source.CreateAsyncScope();
        await using var writing = target.CreateAsyncScope();
        var imported = reading.ServiceProvider.GetRequiredService<PortalDbContext>().Credits.AllOrganisations().AsNoTracking();
        // The portal's own connection, with its pragmas.
        var db = writing.ServiceProvider.GetRequiredService<PortalDbContext>();
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var entity = db.Model.FindEntityType(typeof(Credit))!;
        using var shape = new PreparedInsert(connection, entity);
        var total = default(Cost);
        for (var last = 0L; ;)
        {
            var rows = await imported.Where(c => c.Id > last).OrderBy(c => c.Id).Take(RowsPerTransaction).ToListAsync();
            if (rows.Count == 0)
                return total;
            last = rows[^1].Id;
            var values = rows.ConvertAll(shape.ValuesOf);
            total += await Cost.OfAsync(() =>
            {
                using var transaction = connection.BeginTransaction();
                using var insert = new PreparedInsert(connection, entity) { Transaction = transaction };
                values.ForEach(insert.WriteValues);
                transaction.Commit();
                return Task.CompletedTask;
            });
        }
    }

    private static async Task<int> CountOrganisationsAsync(string database)
    {
        await using var services = BenchDatabase.Open(database);
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Organisations.CountAsync();
    }

    private ServiceProvider Open(string database)
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = BenchDatabase.Services(database);
        services.Configure<PortalOptions>(_ => { });
        services.AddPortalFiles(configuration).AddPortalMail(configuration).AddPortalDossiers().AddDossierHandling().AddPortalCredits();
        services.AddSingleton(new FileSystemFileStoreOptions { Path = Path.Combine(folder, "files") });
        return services.BuildServiceProvider();
    }

    private static void Copy(string from, string to)
    {
        // Pooled connections have the file mapped.
        SqliteConnection.ClearAllPools();
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(to + suffix);
        File.Copy(from, to);
    }

    /// <param name="MemoryAtFifth">The most that was its own, in MiB, while the first fifth was written.</param>
    private sealed record ImportCost(Cost Check, Cost Write, long MemoryAtFifth, long MemoryPeak);
}
