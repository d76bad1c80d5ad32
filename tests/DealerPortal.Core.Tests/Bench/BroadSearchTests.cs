using DealerPortal.Bench;
using DealerPortal.Bench.Generation;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Search;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Bench;

/// <summary>Broad words with filters and pages far down, which are read in ways of their own, hold what reading everything finds.</summary>
public sealed class BroadSearchTests(BroadSearchTests.Generated generated) : IClassFixture<BroadSearchTests.Generated>
{
    private static readonly DateTime Now = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Reader Agent = new(1, StaffRole.SupportAgent, SeesWholeOrganisation: false);

    private const string Broad = "be";
    private const string BroadTwo = "be 26";
    private const string Few = "mar";
    private const string FewOfTwoNear = "ma de";

    private static readonly Dictionary<string, DossierFilter> Filters = new()
    {
        ["none"] = new(),
        ["second page"] = new() { Page = 2 },
        ["completed"] = new() { Statuses = [RequestStatus.Completed] },
        ["waiting for the dealer"] = new() { Statuses = [RequestStatus.WaitingForDealer] },
        ["two statuses"] = new() { Statuses = [RequestStatus.Submitted, RequestStatus.InProgress] },
        ["type"] = new() { Type = DossierType.RepairRequest },
        ["type that has none"] = new() { Type = DossierType.CreditQuestion },
        ["type and status"] = new() { Type = DossierType.ReturnRequest, Statuses = [RequestStatus.Completed] },
        ["support's move"] = new() { WaitingOn = [WaitingOn.Support], Sort = DossierSort.Promise },
        ["whatever is open"] = new() { WaitingOn = [.. Enum.GetValues<WaitingOn>()], Sort = DossierSort.Promise },
        ["overdue"] = new() { DueBefore = Now },
        ["due soon"] = new() { DueFrom = Now, DueBefore = Now.AddDays(2), Sort = DossierSort.Promise },
        ["nobody's"] = new() { Assignee = new AssigneeFilter(null) },
        ["somebody's"] = new() { Assignee = new AssigneeFilter(3) },
        ["one organisation"] = new() { OrganisationId = 1 },
        ["old"] = new() { CreatedUntil = Now.AddDays(-60), Sort = DossierSort.Oldest },
        ["new"] = new() { CreatedFrom = Now.AddDays(-20), Sort = DossierSort.Changed },
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var name in Filters.Keys)
        {
            foreach (var words in (string[])[Broad, BroadTwo, Few, FewOfTwoNear])
                cases.Add(words, name);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Search_FindsWhatReadingEverythingFinds(string words, string name)
    {
        await using var services = BenchDatabase.Open(generated.FilePath);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var filter = Filters[name] with { Text = words };
        var lists = new DossierLists(db, new DossierSearch(db));
        var matching = generated.Dossiers.Where(d => HasAll(d, words)).ToList();
        Assert.True(words is Broad or BroadTwo ? matching.Count > DossierSearch.Bound : matching.Count is > 10 and < DossierSearch.Bound, $"«{words}» finds {matching.Count}");

        var page = await lists.ReadQueueAsync(Agent, filter, CancellationToken.None);
        var count = await lists.CountAsync(Agent, filter, CancellationToken.None);
        var ids = await lists.IdsAsync(Agent, filter, int.MaxValue, CancellationToken.None);

        var expected = InOrder(matching.Where(d => Passes(d, filter)), filter.Order).Select(d => d.Id).ToList();
        Assert.Equal(expected, ids);
        Assert.Equal(Math.Min(expected.Count, DossierLists.CountLimit + 1), count);
        Assert.Equal(count, page.Count);
        Assert.Equal(ids.Skip((filter.Page - 1) * filter.PageSize).Take(filter.PageSize), page.Rows.Select(row => row.Id));
    }

    [Theory]
    [InlineData(DossierSort.Newest, 60)]
    [InlineData(DossierSort.Oldest, 80)]
    [InlineData(DossierSort.Changed, 160)]
    [InlineData(DossierSort.Newest, 161)]
    public async Task PageFarDown_HoldsWhatFollowsThePagesBefore(DossierSort sort, int number)
    {
        await using var services = BenchDatabase.Open(generated.FilePath);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var filter = new DossierFilter { Sort = sort, Page = number };

        var page = await new DossierLists(db, new DossierSearch(db)).ReadQueueAsync(Agent, filter, CancellationToken.None);

        var expected = InOrder(generated.Dossiers, sort).Skip((number - 1) * filter.PageSize).Take(filter.PageSize).Select(d => d.Id);
        Assert.Equal(expected, page.Rows.Select(row => row.Id));
        Assert.Equal(number * filter.PageSize < generated.Dossiers.Count, page.HasNext);
        Assert.Equal(DossierLists.CountLimit + 1, page.Count);
    }

    private static bool Passes(Dossier dossier, DossierFilter filter) =>
        (filter.Statuses.Count == 0 || filter.Statuses.Contains(dossier.Status))
        && (filter.WaitingOn.Count == 0 || (dossier.WaitingOn is { } party && filter.WaitingOn.Contains(party)))
        && (filter.Type is null || filter.Type == dossier.Type)
        && (filter.CreatedFrom is null || filter.CreatedFrom <= dossier.CreatedAt)
        && (filter.CreatedUntil is null || dossier.CreatedAt <= filter.CreatedUntil)
        && (filter.DueBefore is null || dossier.DueAt < filter.DueBefore)
        && (filter.DueFrom is null || dossier.DueAt >= filter.DueFrom)
        && (filter.OrganisationId is null || filter.OrganisationId == dossier.OrganisationId)
        && (filter.Assignee is null || filter.Assignee.Id == dossier.AssigneeId);

    private static IEnumerable<Dossier> InOrder(IEnumerable<Dossier> dossiers, DossierSort sort) => sort switch
    {
        DossierSort.Promise => dossiers.OrderBy(d => d.DueAt is null).ThenBy(d => d.DueAt).ThenBy(d => d.Id),
        DossierSort.Changed => dossiers.OrderByDescending(d => d.UpdatedAt).ThenByDescending(d => d.Id),
        DossierSort.Oldest => dossiers.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id),
        _ => dossiers.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id),
    };

    private static bool HasAll(Dossier dossier, string words)
    {
        var tokens = DossierSearchRows.Of(dossier).Select(t => t.Token).ToList();
        return SearchTokens.OfQuery(words).All(word => tokens.Any(token => token.StartsWith(word, StringComparison.Ordinal)));
    }

    public sealed class Generated : IAsyncLifetime
    {
        private const int Count = 4000;

        public string FilePath { get; } = Path.Combine(Path.GetTempPath(), $"dealerportal-broad-{Guid.NewGuid():N}.db");

        public IReadOnlyList<Dossier> Dossiers { get; private set; } = [];

        public async Task InitializeAsync()
        {
            await DatabaseGenerator.GenerateAsync(new GenerationOptions(FilePath, Count, Now), _ => { }, CancellationToken.None);
            await using var services = BenchDatabase.Open(FilePath);
            await using var scope = services.CreateAsyncScope();
            Dossiers = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Dossiers.AllOrganisations().AsNoTracking().ToListAsync();
        }

        public Task DisposeAsync()
        {
            DatabaseTemplate.Delete(FilePath);
            return Task.CompletedTask;
        }
    }
}
