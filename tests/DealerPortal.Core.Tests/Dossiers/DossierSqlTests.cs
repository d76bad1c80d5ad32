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
    private static readonly SearchWord[] Words = [new("specimen", null), new("lw90t554", null)];
    private static readonly SearchWord[] NearWords = [new("specimen", 300), new("lw90t554", 400)];

    private static readonly Reader[] Readers =
    [
        new(7, StaffRole.None, SeesWholeOrganisation: true),
        new(7, StaffRole.None, SeesWholeOrganisation: false),
        new(8, StaffRole.SupportAgent, SeesWholeOrganisation: false),
    ];

    private static readonly Dictionary<string, DossierFilter> Filters = new()
    {
        ["all"] = new(),
        ["oldest"] = new() { Sort = DossierSort.Oldest },
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
        ["waiting, changed"] = new() { Statuses = [RequestStatus.WaitingForDealer], Sort = DossierSort.Changed },
        ["processing, changed"] = new() { Statuses = [RequestStatus.Submitted, RequestStatus.InProgress], Sort = DossierSort.Changed },
    };

    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Support's queue, with the index that serves each: those of open dossiers, which are few, wherever only open ones are asked for.</summary>
    private static readonly Dictionary<string, (DossierFilter Filter, string Index)> Queues = new()
    {
        ["to do"] = (Queue(WaitingOn.Support), "WaitingOn_DueAt"),
        ["to do, newest"] = (Queue(WaitingOn.Support) with { Sort = DossierSort.Newest }, "WaitingOn_CreatedAt"),
        ["to do, oldest"] = (Queue(WaitingOn.Support) with { Sort = DossierSort.Oldest, Page = 7 }, "WaitingOn_CreatedAt"),
        ["to do, changed"] = (Queue(WaitingOn.Support) with { Sort = DossierSort.Changed }, "WaitingOn_UpdatedAt"),
        ["overdue"] = (Queue(WaitingOn.Support) with { DueBefore = Now }, "WaitingOn_DueAt"),
        ["overdue, whosever move"] = (Queue([.. Enum.GetValues<WaitingOn>()]) with { DueBefore = Now }, "WaitingOn_DueAt"),
        ["due soon"] = (Queue([.. Enum.GetValues<WaitingOn>()]) with { DueFrom = Now, DueBefore = Now.AddHours(2) }, "WaitingOn_DueAt"),
        ["due soon, mine"] = (Queue(WaitingOn.Support) with { DueFrom = Now, DueBefore = Now.AddHours(2), Assignee = new AssigneeFilter(8) }, "AssigneeId_WaitingOn_DueAt"),
        ["waits for the centre"] = (Queue(WaitingOn.ServiceCentre), "WaitingOn_DueAt"),
        ["mine"] = (Queue([.. Enum.GetValues<WaitingOn>()]) with { Assignee = new AssigneeFilter(8) }, "AssigneeId_WaitingOn_DueAt"),
        ["nobody's"] = (Queue(WaitingOn.Support) with { Assignee = new AssigneeFilter(null) }, "AssigneeId_WaitingOn_DueAt"),
        ["waits for the dealer"] = (Queue(WaitingOn.Dealer) with { Sort = DossierSort.Oldest }, "WaitingOn_CreatedAt"),
        ["DOA to judge"] = (Queue(WaitingOn.Support) with { Type = DossierType.TechnicalDoa }, "Type_WaitingOn_DueAt"),
        ["open"] = (Queue([.. Enum.GetValues<WaitingOn>()]), "WaitingOn_DueAt"),
        ["open, newest"] = (Queue([.. Enum.GetValues<WaitingOn>()]) with { Sort = DossierSort.Newest }, "WaitingOn_CreatedAt"),
        ["all"] = (Queue(), "CreatedAt"),
        ["all, changed"] = (Queue() with { Sort = DossierSort.Changed }, "UpdatedAt"),
        ["all of a type"] = (Queue() with { Type = DossierType.CreditQuestion }, "Type_CreatedAt"),
        ["all of a status"] = (Queue() with { Statuses = [RequestStatus.Completed] }, "Status_CreatedAt"),
        ["all of a person"] = (Queue() with { Assignee = new AssigneeFilter(8) }, "AssigneeId_WaitingOn_CreatedAt"),
        ["all of an organisation"] = (Queue() with { OrganisationId = 3 }, "OrganisationId_CreatedAt"),
        ["old ones"] = (Queue() with { CreatedUntil = Now, Sort = DossierSort.Oldest }, "CreatedAt"),
    };

    public static TheoryData<string> QueueNames => [.. Queues.Keys];

    private static DossierFilter Queue(params WaitingOn[] parties) => new() { WaitingOn = parties, Sort = parties.Length == 0 ? DossierSort.Newest : DossierSort.Promise, PageSize = 50 };

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in Filters.Keys.Concat(["few", "walk", "match", "met", "set", "passing"]))
        {
            for (var reader = 0; reader < Readers.Length; reader++)
                cases.Add(name, reader);
        }

        return cases;
    }

    [Theory]
    [InlineData(0, "OrganisationId_IsOpen_UpdatedAt")]
    [InlineData(1, "OrganisationId_OwnerId_UpdatedAt")]
    public async Task Pulse_IsTakenByIndexes(int reader, string index)
    {
        using (var server = DesignTime.Create(DatabaseOptions.SqlServer))
        {
            server.GetService<CurrentTenant>().Set(1);
            TSql.Parse(new PulseReading(server).Query(Readers[reader], 1).ToQueryString());
        }

        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(1);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();

        var plan = await PlanAsync(db, new PulseReading(db).Query(Readers[reader], 1));

        // The few that wait are made into a list, which is counted.
        var made = plan.Where(step => step.StartsWith("CO-ROUTINE ", StringComparison.Ordinal)).Select(step => "SCAN " + step.Split(' ')[1]).ToList();
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !made.Contains(step));
        Assert.Contains(plan, step => step.Contains($"IX_Dossiers_{index}", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal));
        // Those that wait are counted in the index alone.
        var waiting = reader == 0 ? "(OrganisationId=? AND Status=?)" : "(OrganisationId=? AND OwnerId=? AND Status=?)";
        Assert.Contains(plan, step => step.Contains(" USING COVERING INDEX ", StringComparison.Ordinal) && step.EndsWith(waiting, StringComparison.Ordinal));
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
            // Whoever sees the whole organisation: each status has its rows in the order of their last change.
            if (name.EndsWith(", changed", StringComparison.Ordinal) && Readers[reader] is { IsStaff: false, SeesWholeOrganisation: true } && query is IQueryable<DossierRow>)
                Assert.Contains(plan, step => step.Contains("IX_Dossiers_OrganisationId_Status_UpdatedAt", StringComparison.Ordinal));
            if (name == "waiting, changed" && !Readers[reader].IsStaff)
                Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", plan);
            if (name == "open" && !Readers[reader].IsStaff)
                Assert.Contains(plan, step => step.Contains("(OrganisationId=? AND IsOpen=?)", StringComparison.Ordinal) || step.Contains("(OrganisationId=? AND OwnerId=?)", StringComparison.Ordinal));
            // The set of the matches is made once, not asked for with each row.
            if (name == "set")
                Assert.Contains(plan, step => step.StartsWith("LIST SUBQUERY", StringComparison.Ordinal));
            if (name == "passing")
                Assert.Contains(plan, step => step.StartsWith("SEARCH d", StringComparison.Ordinal) && step.Contains("INTEGER PRIMARY KEY", StringComparison.Ordinal));
            if (name is "walk" or "match" or "set" or "passing")
                Assert.Contains(plan, step => step.Contains("DossierId=? AND Token>?", StringComparison.Ordinal));
            if (name == "few")
                Assert.Contains(plan, step => step.StartsWith("SEARCH d USING INTEGER PRIMARY KEY", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("all", 0, "OrganisationId_CreatedAt")]
    [InlineData("all", 1, "OrganisationId_OwnerId_CreatedAt")]
    [InlineData("all", 2, "CreatedAt")]
    [InlineData("waiting", 0, "OrganisationId_Status_CreatedAt")]
    [InlineData("type", 0, "OrganisationId_Type_CreatedAt")]
    public async Task KeysOfAPageFarDown_AreSteppedOverInTheIndexAlone(string name, int reader, string index)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(1);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var visible = db.Dossiers.AsNoTracking().VisibleTo(Readers[reader]);

        var plan = await PlanAsync(db, DossierLists.Keys(visible, Filters[name] with { Page = 2000 }));

        Assert.Contains(plan, step => step.Contains($" d USING COVERING INDEX IX_Dossiers_{index}", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains(" d USING ", StringComparison.Ordinal) && !step.Contains(" COVERING ", StringComparison.Ordinal));
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

    [Theory]
    [MemberData(nameof(QueueNames))]
    public void Queue_ForSqlServer_IsTSql(string name)
    {
        using var db = DesignTime.Create(DatabaseOptions.SqlServer);

        foreach (var query in QueueQueries(db, Queues[name].Filter))
            TSql.Parse(query.ToQueryString());
    }

    [Theory]
    [MemberData(nameof(QueueNames))]
    public async Task Queue_OnSqlite_IsWalkedInTheOrderOfItsIndex_AndSoIsItsCount(string name)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var (filter, index) = Queues[name];

        var queries = QueueQueries(db, filter).ToList();
        var (page, count) = (await PlanAsync(db, queries[0]), await PlanAsync(db, queries[1]));

        var reads = page.Where(step => step.Contains(" d USING ", StringComparison.Ordinal) || step.Contains(" d0 USING ", StringComparison.Ordinal) || step.Contains(" d1 USING ", StringComparison.Ordinal)).ToList();
        Assert.True(reads.Count > 0 && reads.All(step => step.Contains($"INDEX IX_Dossiers_{index} ", StringComparison.Ordinal) || step.EndsWith($"INDEX IX_Dossiers_{index}", StringComparison.Ordinal)), string.Join('\n', page));
        // Counting never reads the table, nor more of an index than it counts; where nothing restricts, any index will do.
        Assert.All(count, step => Assert.StartsWith(filter.HasOnlyText ? "SCAN d USING COVERING INDEX" : "SEARCH d USING COVERING INDEX", step, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Concat(count), step => step.Contains("SCAN d ", StringComparison.Ordinal) && !step.Contains(" INDEX ", StringComparison.Ordinal));
    }

    private static IEnumerable<IQueryable> QueueQueries(PortalDbContext db, DossierFilter filter)
    {
        var lists = new DossierLists(db, new DossierSearch(db));
        var visible = db.Dossiers.AsNoTracking().VisibleTo(Readers[2]);
        yield return lists.QueueRows(DossierLists.Page(visible, filter));
        yield return DossierLists.Counted(DossierLists.Restrict(visible, filter));
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
            case "met":
                yield return search.Matches(reader, NearWords).Take(DossierSearch.Bound + 1);
                yield break;
            case "passing":
                yield return search.Passing(visible, reader, Words, Filters["type"]).Take(DossierSearch.Bound + 1);
                yield break;
            case "few":
                yield return lists.AmongFound([.. Enumerable.Range(1, 900).Select(i => (long)i)], reader, Filters["type"]);
                yield return Rows(lists, lists.Known([3, 5, 8], DossierSort.Newest), reader);
                yield break;
            case "walk":
                visible = search.Walk(visible, reader, Words);
                break;
            case "set":
                visible = search.AmongMatches(visible, reader, Words);
                break;
        }

        yield return Rows(lists, DossierLists.Page(visible, filter), reader);
        yield return DossierLists.Counted(DossierLists.Restrict(visible, filter));
    }

    private static IQueryable Rows(DossierLists lists, IQueryable<Dossier> dossiers, Reader reader) => reader.IsStaff ? lists.QueueRows(dossiers) : DossierLists.Rows(dossiers);

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
