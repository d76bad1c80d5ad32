using DealerPortal.Bench;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Data;

public sealed class PreparedInsertTests : IAsyncDisposable
{
    private static readonly Guid Import = new("0199f3b2-7c1e-7abc-8def-0123456789ab");
    private static readonly DateTime Now = new(2026, 11, 26, 8, 30, 15, 250, DateTimeKind.Utc);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dealerportal-{Guid.NewGuid():N}.db");
    private readonly ServiceProvider _services;

    public PreparedInsertTests()
    {
        DatabaseTemplate.CopyTo(_path);
        _services = BenchDatabase.Open(_path);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        DatabaseTemplate.Delete(_path);
    }

    [Fact]
    public async Task Rows_AreStoredAsEfStoresThem()
    {
        await WriteAsync(write => write.Db.AddRange([Full("1"), Bare("2")]));
        await WriteAsync(write => write.Insert<Credit>([Full("1001"), Bare("1002")]));

        var rows = await StoredAsync();

        Assert.Equal(4, rows.Count);
        Assert.Equal(rows[0], rows[2]);
        Assert.Equal(rows[1], rows[3]);
    }

    [Fact]
    public async Task Row_ThatIsThereAlready_FailsAsASaveDoes_AndNothingOfItsWriteStays()
    {
        await WriteAsync(write => write.Insert<Credit>([Full("1")]));

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => WriteAsync(write => write.Insert<Credit>([Full("2"), Full("1")])));

        Assert.True(exception.IsUniqueViolation());
        Assert.Single(await StoredAsync());
    }

    private static Credit Bare(string number) => new CreditData
    {
        GrmsNumber = number,
        CustomerNumber = "D-7",
        Kind = CreditKind.Credit,
        State = CreditState.InProcess,
        Beneficiary = Beneficiary.Shop,
        AmountCents = -5,
        RequestedOn = new DateOnly(2026, 2, 28),
    }.ToCredit(null, Import, Now);

    private static Credit Full(string number) => (CreditData.Of(Bare(number)) with
    {
        Kind = CreditKind.Correction,
        State = CreditState.Issued,
        ModelCode = "LW90T554/BE",
        SerialNumber = "0012",
        Imei = "490154203237518",
        Reference = "Zoé 1.50",
        Beneficiary = Beneficiary.Distributor,
        BeneficiaryName = "Grossiste",
        InvoiceNumber = "F-1",
        InvoiceDate = new DateOnly(2026, 3, 1),
        ValueCents = 45000,
        Depreciation = 43.50m,
        DossierNumber = "26-0001234-2",
    }).ToCredit(null, Import, Now);

    private async Task WriteAsync(Action<WriteScope> work)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PortalDatabase>().WriteAsync((write, _) =>
        {
            work(write);
            return Task.CompletedTask;
        });
    }

    /// <summary>Type and bytes of every column but those that differ from row to row, in the rows' order.</summary>
    private async Task<List<string>> StoredAsync()
    {
        await using var connection = new SqliteConnection(DatabaseTemplate.ConnectionTo(_path));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        string[] own = [nameof(Credit.Id), nameof(Credit.GrmsNumber), nameof(Credit.Stamp)];
        command.CommandText = "SELECT name FROM pragma_table_info('Credits')";
        var columns = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                columns.Add(reader.GetString(0));
        }

        // The stamps are drawn: their form alone must be the same.
        var stored = columns.Except(own).Select(column => $"'{column} ' || typeof({column}) || ' ' || quote({column})").Append("typeof(Stamp) || length(Stamp) || (Stamp = upper(Stamp))");
        command.CommandText = $"SELECT {string.Join(" || ', ' || ", stored)} FROM Credits ORDER BY Id";
        var rows = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
