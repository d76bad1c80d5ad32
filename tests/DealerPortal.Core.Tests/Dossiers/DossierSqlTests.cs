using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Tests.Data;
using DealerPortal.TestCommon;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Dossiers;

/// <summary>The SQL of lists and search: T-SQL for the one database, served by indexes in the other.</summary>
public sealed class DossierSqlTests
{
    private static readonly string[] Words = ["specimen", "lw90t554"];

    private static readonly Reader[] Readers =
    [
        new(7, StaffRole.None, SeesWholeOrganisation: true),
        new(7, StaffRole.None, SeesWholeOrganisation: false),
        new(8, StaffRole.SupportAgent, SeesWholeOrganisation: false),
    ];

    private static readonly Dictionary<string, DossierFilter> Filters = new()
    {
        ["all"] = new(),
        ["oldest"] = new() { OldestFirst = true },
        ["page"] = new() { Page = 12 },
        ["waiting"] = new() { Statuses = [RequestStatus.WaitingForDealer] },
        ["processing"] = new() { Statuses = [RequestStatus.Submitted, RequestStatus.InProgress], Page = 2 },
        ["type"] = new() { Type = DossierType.RepairRequest },
        ["everything"] = new()
        {
            Statuses = [RequestStatus.Completed],
            Type = DossierType.RepairRequest,
            CreatedFrom = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
            OwnerId = 7,
            BranchId = 3,
            OpenOnly = true,
        },
        ["colleague"] = new() { OwnerId = 9 },
        ["open"] = new() { OpenOnly = true },
    };

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in Filters.Keys.Concat(["few", "walk", "match"]))
        {
            for (var reader = 0; reader < Readers.Length; reader++)
                cases.Add(name, reader);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Query_ForSqlServer_IsTSql(string name, int reader)
    {
        using var db = DesignTime.Create(DatabaseOptions.SqlServer);
        db.GetService<CurrentTenant>().Set(1);

        foreach (var query in Queries(db, name, Readers[reader]))
            TSql.Parse(query.ToQueryString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Query_OnSqlite_IsServedByIndexes(string name, int reader)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(1);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();

        foreach (var query in Queries(db, name, Readers[reader]))
        {
            var plan = await PlanAsync(db, query);
            var made = plan.Where(step => step.StartsWith("CO-ROUTINE ", StringComparison.Ordinal) || step.StartsWith("MATERIALIZE ", StringComparison.Ordinal))
                .Select(step => "SCAN " + step.Split(' ')[1]).ToList();
            // What a step before has made may be read whole; a table only in the order of an index, until the page is full.
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN ", StringComparison.Ordinal)
                && !made.Contains(step) && !step.Contains(" USING INDEX ", StringComparison.Ordinal) && !step.Contains(" USING COVERING INDEX ", StringComparison.Ordinal)
                && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal));
            // A broad search of an employee sorts what they own, which is as much as one person files.
            if (name is "all" or "oldest" or "page" or "waiting" or "type" or "open" || (name == "walk" && Readers[reader] is not { IsStaff: false, SeesWholeOrganisation: false }))
                Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", plan);
            if (name == "open" && !Readers[reader].IsStaff)
                Assert.Contains(plan, step => step.Contains("(OrganisationId=? AND IsOpen=?)", StringComparison.Ordinal) || step.Contains("(OrganisationId=? AND OwnerId=?)", StringComparison.Ordinal));
            if (name is "walk" or "match")
                Assert.Contains(plan, step => step.Contains("DossierId=? AND Token>?", StringComparison.Ordinal));
            if (name == "few")
                Assert.Contains(plan, step => step.StartsWith("SEARCH d USING INTEGER PRIMARY KEY", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Query_OfADealer_NamesTheOrganisation(string name, int reader)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(1);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();

        // «few» is looked up by keys that were found within the organisation, and sifted.
        if (Readers[reader].IsStaff || name == "few")
            return;
        Assert.All(Queries(db, name, Readers[reader]), query => Assert.Contains("\"OrganisationId\" = @", query.ToQueryString(), StringComparison.Ordinal));
    }

    private static IEnumerable<IQueryable> Queries(PortalDbContext db, string name, Reader reader)
    {
        var search = new DossierSearch(db);
        var lists = new DossierLists(db, search);
        var visible = db.Dossiers.AsNoTracking().VisibleTo(reader);
        var filter = Filters.GetValueOrDefault(name, new DossierFilter());
        switch (name)
        {
            case "match":
                yield return search.Matches(reader, Words).Take(DossierSearch.Bound + 1);
                yield break;
            case "few":
                yield return lists.Keys([.. Enumerable.Range(1, 900).Select(i => (long)i)]);
                yield return lists.Rows([3, 5, 8], reader, oldestFirst: false);
                yield break;
            case "walk":
                visible = search.Walk(visible, reader, Words);
                break;
        }

        var matching = DossierLists.Restrict(visible, filter);
        yield return lists.Page(matching, reader, filter);
        yield return DossierLists.Counted(matching);
    }

    private static async Task<List<string>> PlanAsync(PortalDbContext db, IQueryable query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = (SqliteCommand)query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        var plan = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            plan.Add(rows.GetString(3));
        return plan;
    }
}
