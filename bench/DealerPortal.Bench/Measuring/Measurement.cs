namespace DealerPortal.Bench.Measuring;

/// <param name="App">The folder of the published portal.</param>
/// <param name="Small">The database of 1,000 dossiers.</param>
/// <param name="Large">The database of 1,000,000 dossiers.</param>
/// <param name="Only">The rows that are measured; empty for all.</param>
internal sealed record MeasurementOptions(string App, string Small, string Large, int Rounds, IReadOnlyList<string> Only)
{
    public bool Asks(string row) => Only.Count == 0 || Only.Contains(row, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The rows P3, P4 and P5 of the goals, what growing data costs and how long searching takes; and figures beside lists.</summary>
internal sealed class Measurement(MeasurementOptions options)
{
    private const string Queue = "support's queue";

    private const int WarmRequests = 5000;
    private const int Drawn = 200;
    private const int Queries = 30;
    private const int SequentialPerRound = 60;
    private const int ParallelPerRound = 320;
    private const int SlowestShown = 10;

    private readonly Report _report = new();

    /// <returns>Whether every goal was kept.</returns>
    public async Task<bool> RunAsync()
    {
        await using var large = await PublishedPortal.StartAsync(options.App, options.Large);
        if (options.Asks("P3"))
            await MeasureGrowthOfDatabaseAsync(large);
        if (options.Asks("P4"))
            await MeasureGrowthOfOrganisationAsync(large);
        if (options.Asks("P5"))
            await MeasureSearchAsync(large);
        if (options.Asks("Figures"))
            await MeasureFiguresAsync(large);
        return _report.IsKept();
    }

    private async Task MeasureGrowthOfDatabaseAsync(PublishedPortal large)
    {
        await using var small = await PublishedPortal.StartAsync(options.App, options.Small);
        using var sessions = new Sessions();
        var (before, after) = (await DatabaseProbesAsync(small, sessions), await DatabaseProbesAsync(large, sessions));
        await MeasurePairsAsync(before, after);
        _report.Title("P3  from 1,000 to 1,000,000 dossiers, the same organisation of 300; CPU per request at 16 connections, latency one by one");
        foreach (var (one, other) in before.Zip(after))
            _report.Growth("P3", one, other, goal: IsOfOrganisation(one) ? 1.2 : null);
    }

    /// <summary>The goal is about an organisation that stays as it is. The queue's views count what grows with all of them, up to the limit of counting.</summary>
    private static bool IsOfOrganisation(Probe probe) => !probe.Name.StartsWith(Queue, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<Probe>> DatabaseProbesAsync(PublishedPortal portal, Sessions sessions)
    {
        var administrator = await sessions.DealerAsync(portal, BenchPeople.SmallAdministrator);
        var employee = await sessions.DealerAsync(portal, BenchPeople.SmallEmployee);
        var agent = await sessions.AgentAsync(portal);
        var dossiers = await Samples.DrawAsync(portal.Database, Samples.SmallOrganisation, Drawn);
        return
        [
            new Probe("dealer's list", administrator, ["/dossiers"]),
            new Probe("an employee's own list", employee, ["/dossiers"]),
            new Probe("dossier", administrator, [.. dossiers.Select(d => $"/dossiers/{d.Number}")]),
            new Probe("home", administrator, ["/"]),
            new Probe("search in the organisation", administrator, TextQueries.Urls("/dossiers", dossiers, TextQueries.LastName, "", Queries)),
            new Probe($"{Queue}, first page and its counts", agent, ["/admin"]),
            new Probe($"{Queue}, all dossiers", agent, ["/admin?waits=all"]),
        ];
    }

    private async Task MeasureGrowthOfOrganisationAsync(PublishedPortal portal)
    {
        using var sessions = new Sessions();
        var small = Probes(await sessions.DealerAsync(portal, BenchPeople.SmallAdministrator), Generation.GenerationPlan.SmallSize);
        var large = Probes(await sessions.DealerAsync(portal, BenchPeople.LargeAdministrator), Generation.GenerationPlan.LargeSize);
        await MeasurePairsAsync(small, large);
        _report.Title("P4  from an organisation of 300 to one of 50,000, both among 1,000,000");
        double[] goals = [1.5, 2, 2, 2, 2, 2];
        for (var i = 0; i < small.Count; i++)
            _report.Growth("P4", small[i], large[i], goals[i]);
    }

    private static IReadOnlyList<Probe> Probes(PortalSession session, int size) =>
    [
        new("first page", session, ["/dossiers"]),
        new("status: completed", session, ["/dossiers?status=Completed"]),
        new("status: being processed", session, ["/dossiers?status=processing"]),
        new("status: waiting for the dealer", session, ["/dossiers?status=WaitingForDealer"]),
        new("open only", session, ["/dossiers?open=1"]),
        new("last page", session, [$"/dossiers?page={(size / Core.Dossiers.Lists.DossierLists.PageSize).ToString(System.Globalization.CultureInfo.InvariantCulture)}"]),
    ];

    /// <summary>Figures read counts and not dossiers: they may not cost more than the list of the same person.</summary>
    private async Task MeasureFiguresAsync(PublishedPortal portal)
    {
        using var sessions = new Sessions();
        var administrator = await sessions.DealerAsync(portal, BenchPeople.SmallAdministrator);
        var agent = await sessions.AgentAsync(portal);
        IReadOnlyList<Probe> lists = [new("an organisation's list, its figures", administrator, ["/dossiers"]), new("support's queue, all figures", agent, ["/admin"])];
        IReadOnlyList<Probe> figures = [new("figures", administrator, ["/figures"]), new("figures of all", agent, ["/admin/figures"])];
        await MeasurePairsAsync(lists, figures);
        _report.Title("Figures  beside the list of the same person, among 1,000,000; CPU per request at 16 connections");
        foreach (var (list, page) in lists.Zip(figures))
            _report.Growth("Figures", list, page, goal: 1);
    }

    private async Task MeasureSearchAsync(PublishedPortal portal)
    {
        using var sessions = new Sessions();
        var dealer = await sessions.DealerAsync(portal, BenchPeople.LargeAdministrator);
        var ofDealer = await Samples.DrawAsync(portal.Database, Samples.LargeOrganisation, Drawn);
        var dealers = SearchProbes(dealer, "/dossiers", ofDealer, [.. TextQueries.Filters, .. TextQueries.DealerFilters]);
        var ofAll = await Samples.DrawAsync(portal.Database, organisation: null, Drawn);
        var supports = SearchProbes(await sessions.AgentAsync(portal), "/admin", ofAll, [.. TextQueries.Filters, .. TextQueries.SupportFilters]);
        foreach (var probe in dealers.Concat(supports))
            await probe.WarmAsync(Queries * 2);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var probe in dealers.Concat(supports))
                await probe.RunAsync(Queries, parallel: 0);
        }

        _report.Title("P5  search in the organisation of 50,000; p50 of the quietest round");
        dealers.ForEach(probe => _report.Time("P5", probe, goal: 10));
        _report.Title("P5  search by support over 1,000,000; p50 of the quietest round");
        supports.ForEach(probe => _report.Time("P5", probe, goal: 25));
        _report.Title("The slowest query of each of the slowest kinds");
        _report.Slowest(dealers.Concat(supports), SlowestShown);
    }

    private static List<Probe> SearchProbes(PortalSession session, string path, IReadOnlyList<Core.Dossiers.Dossier> dossiers, IEnumerable<(string Kind, string Filter)> filters) =>
    [
        .. TextQueries.Kinds.Select(kind => new Probe(kind.Kind, session, TextQueries.Urls(path, dossiers, kind.Of, "", Queries))),
        .. filters.Select(filter => new Probe($"first name, {filter.Kind}", session, TextQueries.Urls(path, dossiers, TextQueries.FirstName, filter.Filter, Queries))),
    ];

    /// <summary>One after the other in every round, so that what else goes on in the machine meets both alike.</summary>
    private async Task MeasurePairsAsync(IReadOnlyList<Probe> before, IReadOnlyList<Probe> after)
    {
        foreach (var probe in before.Concat(after))
            await probe.WarmAsync(WarmRequests / before.Count);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (one, other) in before.Zip(after))
            {
                await one.RunAsync(SequentialPerRound, ParallelPerRound);
                await other.RunAsync(SequentialPerRound, ParallelPerRound);
            }
        }
    }

    /// <summary>Those who are signed in, each once per portal.</summary>
    private sealed class Sessions : IDisposable
    {
        private readonly List<PortalSession> _all = [];

        public Task<PortalSession> DealerAsync(PublishedPortal portal, string email) => KeepAsync(PortalSession.SignInAsync(portal, email, isStaff: false));

        public Task<PortalSession> AgentAsync(PublishedPortal portal) => KeepAsync(PortalSession.SignInAsync(portal, BenchPeople.Agent, isStaff: true));

        public void Dispose() => _all.ForEach(session => session.Dispose());

        private async Task<PortalSession> KeepAsync(Task<PortalSession> signingIn)
        {
            var session = await signingIn;
            _all.Add(session);
            return session;
        }
    }
}
