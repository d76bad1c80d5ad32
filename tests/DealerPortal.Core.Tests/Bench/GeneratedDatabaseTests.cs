using DealerPortal.Bench;
using DealerPortal.Bench.Generation;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Bench;

/// <summary>What the bench measures is a database as the portal would have it.</summary>
public sealed class GeneratedDatabaseTests(GeneratedDatabaseTests.Generated generated) : IClassFixture<GeneratedDatabaseTests.Generated>
{
    private const int Dossiers = 500;
    private const int SmallOrganisation = 1;

    [Fact]
    public Task Schema_IsThatOfTheMigrations() => generated.ReadAsync(async db =>
    {
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.False(db.Database.HasPendingModelChanges());
        var path = Path.Combine(generated.Folder, "migrated.db");
        DatabaseTemplate.CopyTo(path);
        Assert.Equal(await SchemaAsync(path), await SchemaAsync(generated.FilePath));
    });

    [Fact]
    public async Task Rows_ReferToRowsThatAreThere()
    {
        Assert.Empty(await RowsAsync(generated.FilePath, "PRAGMA foreign_key_check"));
        Assert.Equal(["ok"], await RowsAsync(generated.FilePath, "PRAGMA integrity_check"));
    }

    [Fact]
    public Task Dossiers_StandAsTheirRulesSay() => generated.ReadAsync(async db =>
    {
        var dossiers = await db.Dossiers.AllOrganisations().AsNoTracking().ToListAsync();
        Assert.Equal(Dossiers, dossiers.Count);
        foreach (var dossier in dossiers)
        {
            var stored = (dossier.IsOpen, dossier.WaitingOn, dossier.DueAt);
            dossier.Touch(dossier.UpdatedAt);
            Assert.Equal(stored, (dossier.IsOpen, dossier.WaitingOn, dossier.DueAt));
            Assert.Equal(dossier.WaitingOn is WaitingOn.Support or WaitingOn.ServiceCentre, dossier.DueAt is not null);
            Assert.Equal(dossier.IsOpen, dossier.Step is not null);
        }

        Assert.Equal(Enum.GetValues<RequestStatus>(), dossiers.Select(d => d.Status).Distinct().Order());
        Assert.Equal(Enum.GetValues<DossierType>(), dossiers.Select(d => d.Type).Distinct().Order());
        Assert.Equal(Enum.GetValues<WaitingOn>(), dossiers.Select(d => d.WaitingOn).OfType<WaitingOn>().Distinct().Order());
    });

    [Fact]
    public Task Dossiers_AreFoundByTheirWords() => generated.ReadAsync(async db =>
    {
        var dossiers = await db.Dossiers.AllOrganisations().AsNoTracking().ToListAsync();
        var stored = await db.DossierTokens.AllOrganisations().AsNoTracking().ToListAsync();
        Assert.Equal(Words(dossiers.SelectMany(DossierSearchRows.Of)), Words(stored));
    });

    [Fact]
    public Task Dossiers_HaveAnswersAndATimeline() => generated.ReadAsync(async db =>
    {
        var ids = await db.Dossiers.AllOrganisations().OrderBy(d => d.Id).Select(d => d.Id).ToListAsync();
        var filed = await db.Timeline.AllOrganisations().Where(e => e.Kind == TimelineKind.Submitted).Select(e => e.DossierId).ToListAsync();
        Assert.Equal(ids, filed.Order());
        var answered = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Where(e => typeof(IDossierDetails).IsAssignableFrom(e.ClrType)).Select(e => e.GetTableName()))
            answered.AddRange(await RowsAsync(generated.FilePath, $"SELECT DossierId FROM \"{table}\""));
        Assert.Equal(ids, answered.Select(long.Parse).Order());
    });

    [Fact]
    public Task Organisations_OneHasTheSizeThatIsMeasured() => generated.ReadAsync(async db =>
    {
        var sizes = await db.Dossiers.AllOrganisations().GroupBy(d => d.OrganisationId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        Assert.Equal(SmallOrganisation, Assert.Single(sizes, size => size.Count == 300).Key);
        Assert.True(await db.Memberships.AnyAsync(m => m.OrganisationId == SmallOrganisation && db.Users.Any(u => u.Id == m.UserId && u.Email == BenchPeople.SmallEmployee)));
    });

    [Fact]
    public async Task MeasuredOrganisation_IsTheSameInALargerDatabase()
    {
        var larger = Path.Combine(generated.Folder, "larger.db");
        await DatabaseGenerator.GenerateAsync(Options(larger, Dossiers + 200), _ => { }, CancellationToken.None);
        Assert.Equal(await FiledAsync(generated.FilePath), await FiledAsync(larger));
    }

    [Fact]
    public async Task IsThere_KnowsVersionAndSize()
    {
        Assert.True(await DatabaseGenerator.IsThereAsync(Options(generated.FilePath, Dossiers), CancellationToken.None));
        Assert.False(await DatabaseGenerator.IsThereAsync(Options(generated.FilePath, Dossiers + 1), CancellationToken.None));
        var empty = Path.Combine(generated.Folder, "empty.db");
        DatabaseTemplate.CopyTo(empty);
        Assert.False(await DatabaseGenerator.IsThereAsync(Options(empty, Dossiers), CancellationToken.None));
    }

    private static GenerationOptions Options(string file, int dossiers) => new(file, dossiers, new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc));

    private static IEnumerable<string> Words(IEnumerable<DossierSearchToken> tokens) =>
        tokens.Select(t => $"{t.OrganisationId} {t.OwnerId} {t.DossierId} {t.Token}").Order(StringComparer.Ordinal);

    private static Task<List<string>> SchemaAsync(string file) => RowsAsync(file, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql");

    private static Task<List<string>> FiledAsync(string file) => RowsAsync(
        file, $"SELECT CreatedAt || Type || Status || COALESCE(Reference, '') || COALESCE(SerialNumber, '') || COALESCE(EndUserName, '') FROM Dossiers WHERE OrganisationId = {SmallOrganisation} ORDER BY Id");

    private static async Task<List<string>> RowsAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetValue(0).ToString()!);
        return rows;
    }

    public sealed class Generated : IAsyncLifetime
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("dealerportal-generated-").FullName;

        public string FilePath => Path.Combine(Folder, "portal.db");

        public Task InitializeAsync() => DatabaseGenerator.GenerateAsync(Options(FilePath, Dossiers), _ => { }, CancellationToken.None);

        public async Task ReadAsync(Func<PortalDbContext, Task> read)
        {
            await using var services = BenchDatabase.Open(FilePath);
            await using var scope = services.CreateAsyncScope();
            await read(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
        }

        public Task DisposeAsync()
        {
            foreach (var file in Directory.EnumerateFiles(Folder, "*.db"))
                DatabaseTemplate.Delete(file);
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
