using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers;

public sealed class DossierListTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData(MembershipRole.Administrator, "/dossiers?q=partout")]
    [InlineData(MembershipRole.Employee, "/dossiers?q=partout")]
    [InlineData(MembershipRole.Administrator, "/dossiers?q=partout&status=Submitted")]
    [InlineData(MembershipRole.Administrator, "/dossiers?q=partout+ici")]
    [InlineData(MembershipRole.Administrator, "/dossiers?q=partout&type=RepairRequest")]
    [InlineData(MembershipRole.Employee, "/dossiers?q=partout+ici&type=RepairRequest&open=1")]
    public async Task List_WhenASearchFindsMoreThanIsCollected_StaysWithinTheOrganisation(MembershipRole role, string url)
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation, role);
        var elsewhere = await portal.Data.CreateOrganisationAsync();
        await AddManyAsync(organisation, person);
        // The same words in another organisation, and newer; the same person works there too.
        var foreign = await portal.Data.CreateDossierAsync(elsewhere, person, d => (d.Reference, d.CreatedAt) = ("partout ici", portal.Factory.Now.AddHours(1)));
        using var client = await portal.Factory.NewClientAsync(person);

        var page = await client.GetPageAsync(url);

        Assert.Contains("plus de 1", page.TextOf("main [role=status]"), StringComparison.Ordinal);
        Assert.Equal(DossierLists.PageSize, page.TextsOf("tbody tr").Count);
        Assert.DoesNotContain(foreign.Number, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_BeginsWithWhatWaitsForItsReader_UnlessItIsNarrowed()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        var colleague = await portal.Data.CreateMemberAsync(organisation);
        var waiting = await portal.Data.CreateDossierAsync(organisation, person, plan =>
        {
            plan.Status = RequestStatus.WaitingForDealer;
            plan.Timeline.Add((ActorKind.Support, TimelineKind.Message, "Bonjour,\nAvez-vous la preuve d’achat ?"));
        });
        await portal.Data.CreateDossierAsync(organisation, colleague, plan => plan.Status = RequestStatus.WaitingForDealer);
        await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);

        var page = await client.GetPageAsync("/dossiers");

        Assert.Equal([$"/dossiers/{waiting.Number}"], page.HrefsOf("section[aria-labelledby=mv] li a.t"));
        Assert.Equal("Avez-vous la preuve d’achat ?", page.TextOf("section[aria-labelledby=mv] li a.t"));
        Assert.Equal([$"/dossiers/{waiting.Number}#message"], page.HrefsOf("section[aria-labelledby=mv] li a.btn"));
        Assert.Empty((await client.GetPageAsync("/dossiers?open=1")).HrefsOf("section[aria-labelledby=mv] li a"));
        using var other = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation));
        Assert.Empty((await other.GetPageAsync("/dossiers")).HrefsOf("section[aria-labelledby=mv] a"));
    }

    private Task AddManyAsync(TestOrganisation organisation, TestUser owner) => portal.Factory.WriteAsync(async (write, ct) =>
    {
        var prefix = organisation.Id % 100;
        var dossiers = Enumerable.Range(1, DossierSearch.Bound + 1).Select(i => new Dossier
        {
            Number = $"{prefix:00}-9{i:000000}-{organisation.Id % 10}",
            Type = DossierType.RepairRequest,
            OrganisationId = organisation.Id,
            AuthorId = owner.Id,
            OwnerId = owner.Id,
            CreatedAt = portal.Factory.Now.AddMinutes(-i),
        }).ToList();
        write.Db.AddRange(dossiers);
        await write.Db.SaveChangesAsync(ct);
        write.Db.AddRange(dossiers.SelectMany(d => new[] { "partout", "ici" }.Select(word => new DossierSearchToken
        {
            OrganisationId = organisation.Id,
            OwnerId = owner.Id,
            Token = word,
            DossierId = d.Id,
        })));
    });

    [Fact]
    public async Task Get_ShowsTheEmployeeTheirOwnAndTheAdministratorAll()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var employee = await portal.Data.CreateMemberAsync(organisation);
        var administrator = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var own = await portal.Data.CreateDossierAsync(organisation, employee);
        var others = await portal.Data.CreateDossierAsync(organisation, administrator);
        await ForeignDossierAsync();

        Assert.Equal([own.Number], (await PageAsync(employee, "/dossiers")).TextsOf("a.key"));
        Assert.Equal([others.Number, own.Number], (await PageAsync(administrator, "/dossiers")).TextsOf("a.key"));
    }

    [Fact]
    public async Task Get_WhereColleaguesSeeAll_ShowsTheEmployeeAll()
    {
        var organisation = await portal.Data.CreateOrganisationAsync(colleaguesSeeAll: true);
        var employee = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));

        Assert.Equal([dossier.Number], (await PageAsync(employee, "/dossiers")).TextsOf("a.key"));
    }

    [Fact]
    public async Task Get_ShowsTheColumnsOfTheReference()
    {
        var (organisation, person) = await DealerAsync();
        await portal.Data.CreateDossierAsync(organisation, person, d =>
        {
            d.CreatedAt = new DateTime(2021, 2, 1, 8, 43, 0, DateTimeKind.Utc);
            d.Reference = "COMPTOIR-131";
            d.EndUserName = "Mme Spécimen";
            d.Status = RequestStatus.Completed;
        });

        var page = await PageAsync(person, "/dossiers");

        var row = page.TextOf("tbody tr");
        Assert.Contains("1 février 2021 (09:43h)", row, StringComparison.Ordinal);
        foreach (var part in (string[])["Demande de réparation", "COMPTOIR-131", "Mme Spécimen", "Terminé", "Répondu", "LW90T554/BE"])
            Assert.Contains(part, row, StringComparison.Ordinal);
        Assert.Equal("1 dossier trouvé", page.TextOf("[role=status] strong"));
    }

    [Theory]
    [InlineData("status=processing", "A,B")]
    [InlineData("status=WaitingForDealer", "C")]
    [InlineData("status=completed", "D")]
    [InlineData("type=RepairRequest", "A,B,C,D")]
    [InlineData("type=ReturnRequest", "")]
    [InlineData("open=1", "A,B,C")]
    [InlineData("from=2026-11-20", "A,B")]
    [InlineData("q=spec", "C")]
    [InlineData("q=réf-b", "B")]
    [InlineData("q=REF B", "B")]
    [InlineData("q=0045n", "D")]
    [InlineData("q=045n", "D")]
    [InlineData("q=spec&status=completed", "")]
    [InlineData("status=nonsense&type=99&from=31/02&by=x&branch=-1&page=zero&sort=?", "A,B,C,D")]
    public async Task Get_NarrowsByWhatTheAddressSays(string query, string expected)
    {
        var (organisation, person) = await DealerAsync();
        var day = new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc);
        await portal.Data.CreateDossierAsync(organisation, person, d => { d.CreatedAt = day; d.Reference = "A"; });
        await portal.Data.CreateDossierAsync(organisation, person, d => { d.CreatedAt = day.AddDays(-1); d.Reference = "Réf-B"; d.Status = RequestStatus.InProgress; });
        await portal.Data.CreateDossierAsync(organisation, person, d => { d.CreatedAt = day.AddDays(-5); d.Reference = "C"; d.EndUserName = "Mme Spécimen"; d.Status = RequestStatus.WaitingForDealer; });
        await portal.Data.CreateDossierAsync(organisation, person, d => { d.CreatedAt = day.AddDays(-9); d.Reference = "D"; d.SerialNumber = "7D6M5AB1800045N"; d.Status = RequestStatus.Completed; });

        var page = await PageAsync(person, "/dossiers?" + query);

        Assert.Equal(expected, string.Join(',', page.TextsOf("tbody tr td:nth-child(4)").Select(text => text[^1..])));
    }

    [Fact]
    public async Task Get_LeafsThroughPagesOfTwentyFiveAndKeepsTheFilterInTheAddress()
    {
        var (organisation, person) = await DealerAsync();
        for (var i = 0; i < 53; i++)
            await portal.Data.CreateDossierAsync(organisation, person, d => d.CreatedAt = portal.Factory.Now.AddMinutes(-i));

        var first = await PageAsync(person, "/dossiers?status=processing&sort=oldest");
        var next = first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await PageAsync(person, next);
        var last = await PageAsync(person, second.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("/dossiers?status=processing&sort=oldest&page=2", next);
        Assert.Equal((25, 25, 3), (first.TextsOf("a.key").Count, second.TextsOf("a.key").Count, last.TextsOf("a.key").Count));
        Assert.Equal(53, first.TextsOf("a.key").Concat(second.TextsOf("a.key")).Concat(last.TextsOf("a.key")).Distinct().Count());
        Assert.Equal("53 dossiers trouvés", first.TextOf("[role=status] strong"));
        Assert.Equal("51 à 53 sur 53", last.TextOf(".pager p"));
        Assert.Null(last.Document.QuerySelector("a[rel=next]"));
        var chip = first.Document.QuerySelector("a.chip")!;
        Assert.Equal("/dossiers?sort=oldest", chip.GetAttribute("href"));
        Assert.Equal("/dossiers?status=processing", first.Document.QuerySelector("th[aria-sort=ascending] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_SaysWhoseMoveItIs_AndSortsByTheLastChange()
    {
        var (organisation, person) = await DealerAsync();
        var now = portal.Factory.Now;
        foreach (var (days, status, repair) in new[]
        {
            (4, RequestStatus.WaitingForDealer, (RepairStatus?)null),
            (3, RequestStatus.InProgress, null),
            (2, RequestStatus.Completed, RepairStatus.InRepair),
            (1, RequestStatus.Completed, null),
        })
            await portal.Data.CreateDossierAsync(organisation, person, d => (d.CreatedAt, d.Status, d.RepairStatus) = (now.AddDays(-days), status, repair));
        await portal.Factory.WriteAsync(async (write, ct) =>
            (await write.Db.Dossiers.AllOrganisations().FirstAsync(d => d.OrganisationId == organisation.Id && d.Status == RequestStatus.WaitingForDealer, ct)).Touch(now));

        var oldest = await PageAsync(person, "/dossiers?sort=oldest");
        var changed = await PageAsync(person, "/dossiers?sort=changed");

        Assert.Equal(["vous", "support", "centre de service", ""], oldest.TextsOf("tbody tr td:last-child"));
        Assert.Equal("vous", changed.TextsOf("tbody tr td:last-child")[0]);
        Assert.Contains("Modifié le 23 novembre 2026", changed.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.Empty(changed.Document.QuerySelectorAll("th[aria-sort]"));
        Assert.Equal("changed", changed.ValueOf("sort"));
        Assert.Contains("export.csv?sort=changed", changed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_AreKeptUnderAName_BelongToThePersonAlone_AndAreMarkedWhereTheyAreShown()
    {
        var (organisation, person) = await DealerAsync();
        await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.WaitingForDealer);
        await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);

        var shown = await client.GetPageAsync("/dossiers?status=waitingfordealer&page=1&open=yes&sort=oldest");
        Assert.Null(shown.Document.QuerySelector(".tabs"));
        var form = await client.GetPageAsync(shown.Document.QuerySelector("a[href^='/dossiers/views?save=']")!.GetAttribute("href")!);
        var refused = await client.SubmitAsync(form, "#save", ("Name", " "));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf("Name"));
        var saved = await client.SubmitAsync(refused, "#save", ("Name", "À moi"));
        Assert.Equal("/dossiers?status=WaitingForDealer&sort=oldest", saved.Location);

        var own = await client.FollowAsync(saved);
        Assert.Equal(["À moi"], own.TextsOf(".tabs [aria-current=page]"));
        Assert.Single(own.TextsOf("a.key"));
        Assert.Null(own.Document.QuerySelector("a[href^='/dossiers/views?save=']"));
        Assert.Equal(["Tous"], (await client.GetPageAsync("/dossiers")).TextsOf(".tabs [aria-current=page]"));

        var view = (await client.GetPageAsync("/dossiers/views")).Document.QuerySelector("a[href^='/dossiers/views/']")!.GetAttribute("href")!;
        using var colleague = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
        Assert.Null((await colleague.GetPageAsync("/dossiers")).Document.QuerySelector(".tabs"));
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.PostAsync(view + "/remove")).Status);
        await client.SubmitAsync(await client.GetPageAsync(view), "#rename", ("Name", "À répondre"));
        Assert.Equal(["À répondre"], (await client.GetPageAsync("/dossiers/views")).TextsOf("main .list a.t"));

        for (var i = 2; i <= SavedView.MaxPerPerson; i++)
            await client.SubmitAsync(await client.GetPageAsync($"/dossiers/views?save=%3Fq%3D{i}"), "#save", ("Name", $"Vue {i}"));
        var full = await client.SubmitAsync(await client.GetPageAsync("/dossiers/views?save=%3Fq%3Dz"), "#save", ("Name", "Une de trop"));
        Assert.Contains("déjà 12 vues", full.ErrorOf("Name"), StringComparison.Ordinal);
        Assert.Equal("Une de trop", full.ValueOf("Name"));
    }

    [Fact]
    public async Task Get_WhenThereIsNothing_SaysWhatToDo()
    {
        var (organisation, person) = await DealerAsync();

        var none = await PageAsync(person, "/dossiers");
        await portal.Data.CreateDossierAsync(organisation, person);
        var noMatch = await PageAsync(person, "/dossiers?q=COMPTOIR-999&from=2026-11-01");
        var beyond = await PageAsync(person, "/dossiers?page=9");

        Assert.Equal("/dossiers/new", none.Document.QuerySelector(".empty a.btn-primary")!.GetAttribute("href"));
        Assert.Contains("COMPTOIR-999", noMatch.TextOf(".empty h2"), StringComparison.Ordinal);
        Assert.Equal("/dossiers?q=COMPTOIR-999", noMatch.Document.QuerySelector(".empty a.btn-primary")!.GetAttribute("href"));
        Assert.Equal("/dossiers", beyond.Document.QuerySelector(".empty a.btn-primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_ForANumberThatMayBeSeen_OpensIt()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);

        var exact = await client.GetPageAsync($"/dossiers?q={dossier.Number.Replace("-", "", StringComparison.Ordinal)}");
        var foreign = await client.GetPageAsync($"/dossiers?q={(await ForeignDossierAsync()).Number}");
        var filtered = await client.GetPageAsync($"/dossiers?q={dossier.Number}&status=processing");

        Assert.Equal((HttpStatusCode.Redirect, $"/dossiers/{dossier.Number}"), (exact.Status, exact.Location));
        Assert.Equal(HttpStatusCode.OK, foreign.Status);
        Assert.Empty(foreign.TextsOf("a.key"));
        Assert.Equal([dossier.Number], filtered.TextsOf("a.key"));
    }

    [Fact]
    public async Task Get_ByColleagueAndBranch_IsForAdministrators()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var administrator = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var employee = await portal.Data.CreateMemberAsync(organisation, lastName: "Modèle");
        var branch = await portal.Data.CreateBranchAsync(organisation, "Rue du Test 5");
        var dossier = await portal.Data.CreateDossierAsync(organisation, employee, d => d.BranchId = branch);
        await portal.Data.CreateDossierAsync(organisation, administrator);

        var page = await PageAsync(administrator, $"/dossiers?by={employee.Id}&branch={branch}");

        Assert.Equal([dossier.Number], page.TextsOf("a.key"));
        Assert.Equal(2, page.TextsOf("a.chip").Count);
        Assert.Null((await PageAsync(employee, "/dossiers")).Document.QuerySelector("[name=by]"));
    }

    [Theory]
    [InlineData("%' OR 1=1 --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("!!! ,,, ***")]
    [InlineData("￿\u0000\uD800")]
    [InlineData("🙂🙂")]
    [InlineData("a b c d e f g h i j k l m n o p")]
    public async Task Get_ForHostileText_FindsNothingAndShowsItAsText(string text)
    {
        var (organisation, person) = await DealerAsync();
        await portal.Data.CreateDossierAsync(organisation, person);

        var page = await PageAsync(person, $"/dossiers?q={Uri.EscapeDataString(text.Replace('\uD800', '?'))}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.TextsOf("a.key"));
        Assert.Empty(page.Document.QuerySelectorAll("main script, main [onerror]"));
    }

    [Fact]
    public async Task Get_ForALongText_AnswersSoon()
    {
        var (_, person) = await DealerAsync();

        var page = await PageAsync(person, "/dossiers?q=" + new string('x', 4000));

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task Get_ForAnyone_IsForMembersOnly()
    {
        using var nobody = portal.Factory.NewClient();

        var page = await nobody.GetPageAsync("/dossiers");

        Assert.StartsWith("/sign-in", page.Location, StringComparison.Ordinal);
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
    }

    private async Task<TestDossier> ForeignDossierAsync()
    {
        var (organisation, person) = await DealerAsync();
        return await portal.Data.CreateDossierAsync(organisation, person);
    }

    private async Task<PortalPage> PageAsync(TestUser person, string url)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        return await client.GetPageAsync(url);
    }
}
