using System.Net;
using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Figures;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Figures;

public sealed class FiguresTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;
    private int _numbers;

    private DateTime Now => _factory.Now;

    [Fact]
    public async Task Page_ShowsAnAdministratorTheirOrganisationAlone_AsPicturesTablesAndFiles()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var administrator = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var employee = await portal.Data.CreateMemberAsync(organisation);
        using var client = await _factory.NewClientAsync(administrator);
        var foreign = await portal.Data.CreateOrganisationAsync();
        var stranger = await portal.Data.CreateMemberAsync(foreign);
        for (var i = 0; i < 6; i++)
            await DoaAsync(foreign, stranger, "FREMD-1", Resolution.Accepted);
        // Filed on Friday the 6th, answered on Monday, completed after the armistice.
        await AddAsync(organisation, employee, DossierType.RepairRequest, Day(6), d => d.Complete(Resolution.Answered, null, Day(13)), (Day(9), TimelineKind.Message));
        await AddAsync(organisation, administrator, DossierType.RepairRequest, new DateTime(2026, 10, 31, 23, 30, 0, DateTimeKind.Utc));
        for (var i = 0; i < 5; i++)
            await DoaAsync(organisation, employee, "TV55QD8/BE", i < 3 ? Resolution.Accepted : Resolution.Refused);
        await DoaAsync(organisation, employee, "SELTEN", Resolution.Accepted);
        await DoaAsync(organisation, employee, "SELTEN", Resolution.Cancelled);
        await CountAsync();

        var page = await client.GetPageAsync("/figures?period=3");

        Assert.Equal(["septembre 2026 0 0", "octobre 2026 0 0", "novembre 2026 9 8", "Total 9 8"], RowsOf(page, "volumes", "tbody").Concat(RowsOf(page, "volumes", "tfoot")));
        Assert.Equal(["DOA technique 7 7", "Demande de réparation 2 1"], RowsOf(page, "types"));
        Assert.Equal(["Demande terminée 0 4 8", "Première réponse du support 1 1 1"], RowsOf(page, "steps"));
        Assert.Equal(["TV55QD8/BE 5 3 60 %"], RowsOf(page, "doa"));
        Assert.Contains("1 modèle a trop peu", page.TextOf("[aria-labelledby=doa]"), StringComparison.Ordinal);
        Assert.Contains("23 novembre 2026", page.MainText, StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll("svg[role=img]"), svg => Assert.Equal(2, svg.GetAttribute("aria-labelledby")!.Split(' ').Count(id => svg.QuerySelector("#" + id) is { TextContent.Length: > 0 })));
        Assert.Equal(4, page.Document.QuerySelectorAll("svg[role=img]").Length);
        Assert.DoesNotContain("FREMD", page.Body, StringComparison.Ordinal);

        var narrowed = await client.GetPageAsync("/figures?period=2026&type=RepairRequest");
        Assert.Equal(["Total 2 1"], RowsOf(narrowed, "volumes", "tfoot"));
        Assert.Null(narrowed.Document.QuerySelector("[aria-labelledby=doa]"));
        Assert.Equal("2026", narrowed.ValueOf("period"));

        var files = page.HrefsOf("a[href*='.csv']");
        var texts = new List<string[]>();
        foreach (var file in files)
            texts.Add((await client.GetPageAsync(file)).Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["Mois;Type;Reçus;Terminés", "2026-11;Demande de réparation;2;1", "2026-11;DOA technique;7;7"], texts[0]);
        Assert.StartsWith("Étape;Médiane;9 sur 10 en;Cas;0 j;1 j;", texts[1][0], StringComparison.Ordinal);
        Assert.StartsWith("Demande terminée;0;4;8;7;0;0;0;1;0;", texts[1][1], StringComparison.Ordinal);
        Assert.Equal(["Modèle;Décidés;Acceptés;Taux", "TV55QD8/BE;5;3;60", "SELTEN;1;1;"], texts[2]);

        using var colleague = await _factory.NewClientAsync(employee);
        foreach (var path in files.Append("/figures"))
            Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetPageAsync(path)).Status);
    }

    [Fact]
    public async Task Page_OfStaff_ShowsAll_OrOneOrganisation_AndNeverTakesAnUnclearOneForAll()
    {
        var organisation = await portal.Data.CreateOrganisationAsync("Zwalm Zahlen");
        var administrator = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        await AddAsync(organisation, administrator, DossierType.CreditQuestion, Day(20));
        await CountAsync();
        using var support = await _factory.NewClientAsync(await portal.Data.CreateStaffAsync());

        var all = await support.GetPageAsync("/admin/figures?period=12");
        var one = await support.GetPageAsync($"/admin/figures?period=12&org={organisation.VatNumber}");
        var unknown = await support.GetPageAsync("/admin/figures?org=nirgendwo");
        var none = await support.GetPageAsync("/admin/figures/volumes.csv?org=nirgendwo");

        var from = new DateTime(2025, 11, 30, 23, 0, 0, DateTimeKind.Utc);
        var total = await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().CountAsync(d => d.CreatedAt >= from && d.MergedIntoId == null));
        Assert.StartsWith($"Total {total} ", Assert.Single(RowsOf(all, "volumes", "tfoot")), StringComparison.Ordinal);
        Assert.Equal(["Total 1 0"], RowsOf(one, "volumes", "tfoot"));
        Assert.Contains("Zwalm Zahlen", one.TextOf(".lead-line"), StringComparison.Ordinal);
        Assert.Contains("Aucune organisation", unknown.TextOf(".notice"), StringComparison.Ordinal);
        Assert.Empty(unknown.Document.QuerySelectorAll("svg[role=img]"));
        Assert.Single(none.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));

        // In the administrator's place: what they see.
        await support.PostAsync("/admin/seat", ("membership", $"{await portal.Data.MembershipIdAsync(administrator)}"), ("mode", nameof(SeatMode.Look)));
        Assert.Equal(["Total 1 0"], RowsOf(await support.GetPageAsync("/figures?period=12"), "volumes", "tfoot"));
    }

    [Fact]
    public async Task Page_WithoutFigures_SaysWhy()
    {
        using var fresh = new PortalFactory();
        var organisation = await fresh.Data.CreateOrganisationAsync();
        using var client = await fresh.NewClientAsync(await fresh.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));

        var before = await client.GetPageAsync("/figures");
        await fresh.Services.GetRequiredService<FiguresHousekeeping>().RunOnceAsync(CancellationToken.None);
        var after = await client.GetPageAsync("/figures?period=12");

        Assert.Contains("en train d’être comptés", before.TextOf(".empty h2"), StringComparison.Ordinal);
        Assert.Equal("/dossiers/new", after.Document.QuerySelector(".empty a.btn-primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Count_OfChangingHistories_EqualsACountFromTheBeginning()
    {
        var organisations = new List<TestOrganisation>();
        foreach (var country in (string[])["BE", "LU", "BE"])
            organisations.Add(await portal.Data.CreateOrganisationAsync(country: country));
        var people = new Dictionary<int, TestUser>();
        foreach (var organisation in organisations)
            people[organisation.Id] = await portal.Data.CreateMemberAsync(organisation);
        DossierType[] types = [DossierType.RepairRequest, DossierType.TechnicalDoa, DossierType.ReturnRequest];
        var dossiers = new List<long>();
        var seed = 17;
        int Any(int below) => (seed = (int)(((long)seed * 48_271) % int.MaxValue)) % below;

        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 12; i++)
            {
                // Nothing is filed any more for the one that was merged.
                var organisation = organisations[Any(round > 4 ? 2 : 3)];
                dossiers.Add(await AddAsync(organisation, people[organisation.Id], types[Any(3)], Now.AddHours(-Any(9_000)).AddMinutes(-1), d => d.ModelCode = "M-" + Any(3)));
            }

            for (var i = 0; i < 25; i++)
                await ChangeAsync(dossiers[Any(dossiers.Count)], Any(7), Now.AddMinutes(-Any(200)), Any(2) == 0);
            if (round == 4)
                await MergeAsync(organisations[2], organisations[0]);
            // Also when several count at once, and when nothing happened.
            await Task.WhenAll(Enumerable.Range(0, round % 3 + 1).Select(_ => CountAsync()));
            await CountAsync();
            await CountAsync();
            await AssertCountedAsync();
            _factory.Time.Advance(TimeSpan.FromMinutes(12));
        }

        Assert.False(await _factory.ReadAsync(db => db.Set<FigureCell>().AnyAsync(c => c.Scope == organisations[2].Id)));
    }

    private async Task AssertCountedAsync()
    {
        var (cells, models) = await _factory.ReadAsync(async db =>
            (await db.Set<FigureCell>().ToListAsync(), await db.Set<FigureModel>().ToListAsync()));
        var histories = await _factory.ReadAsync(async db =>
        {
            var countries = await db.Organisations.ToDictionaryAsync(o => o.Id, o => o.Country);
            var calendar = await db.ReadWorkingDaysAsync(DateOnly.MinValue, CancellationToken.None);
            var timelines = (await db.Timeline.AllOrganisations().ToListAsync()).ToLookup(e => e.DossierId);
            return (await db.Dossiers.AllOrganisations().ToListAsync()).Select(d => (Dossier: d, Adds: Contributions.Of(
                new CountableDossier(d.Id, d.OrganisationId, d.Type, d.CreatedAt, d.CompletedAt, d.Resolution, d.ModelCode, d.MergedIntoId is not null, countries[d.OrganisationId]),
                [.. timelines[d.Id].Select(e => new CountableEntry(d.Id, e.OccurredAt ?? e.At, e.Kind, e.Actor, e.IsInternal, e.RequestStatus, e.RepairStatus, e.ReturnStatus))], calendar))).ToList();
        });
        var expected = from history in histories
                       from scope in (int[])[history.Dossier.OrganisationId, FigureScope.All]
                       from step in history.Adds.Steps
                       group step by (scope, step.Month, history.Dossier.Type, step.Measure) into cell
                       let days = string.Join(';', cell.Where(step => step.Days is not null).GroupBy(step => step.Days).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Count()}"))
                       select $"{cell.Key} {cell.Count()} {days}";
        Assert.Equal(expected.Order(StringComparer.Ordinal), cells.Select(c => $"{(c.Scope, c.Month, c.Type, c.Measure)} {c.Count} {c.Days}").Order(StringComparer.Ordinal));
        var decided = from history in histories
                      from scope in (int[])[history.Dossier.OrganisationId, FigureScope.All]
                      where history.Adds.Decision is not null
                      group history.Adds.Decision!.Value by (scope, history.Adds.Decision!.Value.Month, history.Adds.Decision!.Value.ModelCode) into model
                      select $"{model.Key} {model.Count()} {model.Count(decision => decision.Accepted)}";
        Assert.Equal(decided.Order(StringComparer.Ordinal), models.Select(m => $"{(m.Scope, m.Month, m.ModelCode)} {m.Decided} {m.Accepted}").Order(StringComparer.Ordinal));
    }

    /// <summary>Something happens to a dossier, as it does through the services: the row and its timeline in one write.</summary>
    private Task ChangeAsync(long id, int what, DateTime at, bool yes) => _factory.WriteAsync(async (write, ct) =>
    {
        var dossier = await write.Db.Dossiers.AllOrganisations().SingleAsync(d => d.Id == id, ct);
        var entry = new TimelineEntry { DossierId = id, OrganisationId = dossier.OrganisationId, At = at, Kind = TimelineKind.Message, Actor = yes ? ActorKind.Support : ActorKind.Dealer };
        switch (what)
        {
            case 0 when dossier.Complete(yes ? Resolution.Accepted : Resolution.Refused, null, at):
                entry = Entry(TimelineKind.RequestStatusChanged, request: RequestStatus.Completed);
                break;
            case 1 when dossier.MoveTo(RequestStatus.InProgress, at):
                entry = Entry(TimelineKind.RequestStatusChanged, request: RequestStatus.InProgress);
                break;
            case 2 when dossier.Type == DossierType.ReturnRequest && dossier.MoveReturnTo(ReturnTransitions.From(dossier.ReturnStatus)[0], null, at):
                entry = Entry(TimelineKind.ReturnStatusChanged, returned: dossier.ReturnStatus);
                break;
            case 3 or 4 when dossier.Type == DossierType.RepairRequest && RepairTransitions.From(dossier.RepairStatus) is [var next, ..] && dossier.MoveRepairTo(next, null, at):
                entry = Entry(TimelineKind.RepairStatusChanged, repair: next);
                break;
            case 5:
                dossier.ModelCode = "M-9";
                entry = Entry(TimelineKind.DataChanged);
                break;
            case 6 when yes && await write.Db.Dossiers.AllOrganisations().FirstAsync(d => d.Id != id && d.MergedIntoId == null, ct) is { } survivor && dossier.MergeInto(survivor, "", at):
                entry = Entry(TimelineKind.MergedIntoOther);
                break;
        }

        write.Db.Add(entry);

        TimelineEntry Entry(TimelineKind kind, RequestStatus? request = null, RepairStatus? repair = null, ReturnStatus? returned = null) => new()
        {
            DossierId = id,
            OrganisationId = dossier.OrganisationId,
            At = at,
            Kind = kind,
            Actor = ActorKind.Support,
            RequestStatus = request,
            RepairStatus = repair,
            ReturnStatus = returned,
        };
    });

    /// <summary>What merging two organisations does to dossiers.</summary>
    private Task MergeAsync(TestOrganisation from, TestOrganisation into) => _factory.WriteAsync(async (write, ct) =>
    {
        await write.Db.Dossiers.AllOrganisations().Where(d => d.OrganisationId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.OrganisationId, into.Id), ct);
        await write.Db.Organisations.Where(o => o.Id == from.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.MergedIntoId, into.Id), ct);
    });

    private Task<long> DoaAsync(TestOrganisation organisation, TestUser person, string model, Resolution resolution) =>
        AddAsync(organisation, person, DossierType.TechnicalDoa, Day(16), d =>
        {
            d.ModelCode = model;
            d.Complete(resolution, null, Day(16));
        });

    private Task<long> AddAsync(
        TestOrganisation organisation, TestUser person, DossierType type, DateTime at, Action<Dossier>? change = null, params (DateTime At, TimelineKind Kind)[] answers) =>
        _factory.WriteAsync(async (write, ct) =>
        {
            var dossier = new Dossier
            {
                Number = DossierNumber.Format(2026, 7_000_000 + (organisation.Id * 1_000) + ++_numbers),
                Type = type,
                OrganisationId = organisation.Id,
                AuthorId = person.Id,
                OwnerId = person.Id,
                CreatedAt = at,
            };
            change?.Invoke(dossier);
            write.Db.Add(dossier);
            await write.Db.SaveChangesAsync(ct);
            write.Db.Add(new TimelineEntry { DossierId = dossier.Id, OrganisationId = organisation.Id, At = at, Kind = TimelineKind.Submitted, Actor = ActorKind.Dealer });
            write.Db.AddRange(answers.Select(answer => new TimelineEntry { DossierId = dossier.Id, OrganisationId = organisation.Id, At = answer.At, Kind = answer.Kind, Actor = ActorKind.Support }));
            return dossier.Id;
        });

    private static IEnumerable<string> RowsOf(PortalPage page, string section, string part = "tbody") => page.Document.QuerySelectorAll($"[aria-labelledby={section}] {part} tr")
        .Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim().Replace('\u00A0', ' '))));

    private async Task CountAsync()
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FiguresCounting>().CountAsync(CancellationToken.None);
    }

    /// <summary>Ten o'clock on a day of November.</summary>
    private static DateTime Day(int day) => new(2026, 11, day, 9, 0, 0, DateTimeKind.Utc);
}
