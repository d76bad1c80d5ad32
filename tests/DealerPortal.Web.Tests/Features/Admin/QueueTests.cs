using System.Net;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Support's queue: what it shows, in which order, and what its address says. The clock stands at Monday 23 November 2026, 10:00 in Brussels.</summary>
public sealed class QueueTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private DateTime Now => portal.Factory.Now;

    [Fact]
    public async Task Get_WithoutAnything_ShowsWhatIsToDo_TheMostOverdueFirst()
    {
        var (organisation, person) = await DealerAsync();
        var later = await AddAsync(organisation, person, d => d.DueAt = Now.AddHours(7));
        var late = await AddAsync(organisation, person, d => { d.DueAt = Now.AddDays(-2); d.Status = RequestStatus.InProgress; });
        var waits = await AddAsync(organisation, person, d => d.Status = RequestStatus.WaitingForDealer);
        var done = await AddAsync(organisation, person, d => d.Status = RequestStatus.Completed);
        using var support = await SupportAsync();

        var page = await support.GetPageAsync("/admin?waits=support&org=" + organisation.VatNumber);

        Assert.Equal([late.Number, later.Number], page.TextsOf("a.key"));
        Assert.Equal("2 dossiers · les plus en retard d’abord", page.TextOf("main p[role=status]"));
        Assert.Contains("En retard de 2 j", page.TextOf("tr.late"), StringComparison.Ordinal);
        Assert.Contains("dans 7 h", page.TextOf("tbody tr:nth-child(2)"), StringComparison.Ordinal);
        var bare = await support.GetPageAsync("/admin");
        Assert.Equal("À traiter", bare.TextOf(".tabs [aria-current]").Split(' ')[0] + " " + bare.TextOf(".tabs [aria-current]").Split(' ')[1]);
        Assert.DoesNotContain(waits.Number, bare.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(done.Number, bare.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("waits=dealer", "C")]
    [InlineData("waits=centre", "D")]
    [InlineData("waits=open", "B,A,C,D")]
    [InlineData("waits=open&sort=oldest", "D,C,B,A")]
    [InlineData("waits=open&sort=newest", "A,B,C,D")]
    [InlineData("waits=all", "A,B,C,D,E")]
    [InlineData("waits=all&sort=oldest", "E,D,C,B,A")]
    [InlineData("overdue=1", "B")]
    [InlineData("waits=all&status=Completed", "D,E")]
    [InlineData("waits=dealer&status=Completed", "")]
    [InlineData("waits=centre&status=Completed", "D")]
    [InlineData("type=RepairRequest", "A,B,C,D,E")]
    [InlineData("type=ReturnRequest", "")]
    [InlineData("assignee=me", "B")]
    [InlineData("assignee=none", "A,C,D,E")]
    [InlineData("assignee=none&waits=support", "A")]
    [InlineData("age=7", "D,E")]
    [InlineData("age=5", "A,B,C,D,E")]
    [InlineData("q=refb", "B")]
    [InlineData("q=refb&waits=dealer", "")]
    [InlineData("q=ref&waits=open", "B,A,C,D")]
    [InlineData("sort=nonsense&waits=nobody&type=99&status=x&assignee=y&age=-1&page=zero&overdue=2", "A,B,C,D,E")]
    public async Task Get_NarrowsAndSortsByWhatTheAddressSays(string query, string expected)
    {
        var (organisation, person) = await DealerAsync();
        var agent = await portal.Data.CreateStaffAsync();
        await AddAsync(organisation, person, d => { d.CreatedAt = Now.AddHours(-1); d.Reference = "ref A"; d.DueAt = Now.AddHours(5); });
        await AddAsync(organisation, person, d => { d.CreatedAt = Now.AddDays(-2); d.Reference = "refB"; d.Status = RequestStatus.InProgress; d.DueAt = Now.AddHours(-1); d.AssigneeId = agent.Id; });
        await AddAsync(organisation, person, d => { d.CreatedAt = Now.AddDays(-3); d.Reference = "ref C"; d.Status = RequestStatus.WaitingForDealer; });
        await AddAsync(organisation, person, d => { d.CreatedAt = Now.AddDays(-9); d.Reference = "ref D"; d.Status = RequestStatus.Completed; d.RepairStatus = RepairStatus.InRepair; });
        await AddAsync(organisation, person, d => { d.CreatedAt = Now.AddDays(-30); d.Reference = "ref E"; d.Status = RequestStatus.Completed; });
        using var support = await portal.Factory.NewClientAsync(agent);

        var page = await support.GetPageAsync($"/admin?org={organisation.VatNumber}&{query}");

        var references = await portal.Factory.ReadAsync(db => db.Dossiers.VisibleTo(Staff(agent)).Where(d => d.OrganisationId == organisation.Id).ToDictionaryAsync(d => d.Number, d => d.Reference!));
        Assert.Equal(expected, string.Join(',', page.TextsOf("a.key").Select(number => references[number][^1..])));
    }

    [Theory]
    [InlineData("waits=support", "L,S,T")]
    [InlineData("overdue=1", "L")]
    [InlineData("soon=1", "S")]
    [InlineData("soon=1&overdue=1", "L,S")]
    [InlineData("soon=1&waits=dealer", "")]
    [InlineData("soon=1&waits=all", "S")]
    [InlineData("soon=1&waits=support&q=ref", "S")]
    public async Task Get_TellsWhatIsDueSoon_AfterWhatIsOverdue(string query, string expected)
    {
        var (organisation, person) = await DealerAsync();
        foreach (var (reference, due) in new[] { ("ref T", Now.AddMinutes(121)), ("ref L", Now.AddMinutes(-5)), ("ref S", Now.AddMinutes(119)) })
            await AddAsync(organisation, person, d => (d.Reference, d.DueAt) = (reference, due));
        using var support = await SupportAsync();

        var page = await support.GetPageAsync($"/admin?org={organisation.VatNumber}&{query}");

        Assert.Equal(expected, string.Join(',', page.TextsOf("tbody tr").Select(row => row.Contains("En retard", StringComparison.Ordinal) ? "L" : row.Contains("Échéance proche : dans 1 h", StringComparison.Ordinal) ? "S" : "T")));
        Assert.Equal(expected.Contains('S', StringComparison.Ordinal), page.Document.QuerySelector("tbody .status.attn svg") is not null);
        var tab = page.Document.QuerySelectorAll(".tabs a").Single(a => a.TextContent.StartsWith("Échéance proche", StringComparison.Ordinal));
        var view = await support.GetPageAsync(tab.GetAttribute("href")!);
        Assert.Equal("Échéance proche " + view.TextsOf("a.key").Count, view.TextOf(".tabs [aria-current]"));
    }

    [Fact]
    public async Task Get_ShowsWhoAndWhat_AndNoEndUser()
    {
        var (organisation, person) = await DealerAsync();
        var agent = await portal.Data.CreateStaffAsync();
        await AddAsync(organisation, person, d => { d.EndUserName = "Mme Introuvable"; d.AssigneeId = agent.Id; });
        using var support = await portal.Factory.NewClientAsync(agent);

        var page = await support.GetPageAsync("/admin?assignee=me");

        var row = page.TextOf("tbody tr");
        foreach (var part in (string[])["Demande de réparation", "LW90T554/BE", organisation.Name, person.FullName, "Envoyé", agent.FullName])
            Assert.Contains(part, row, StringComparison.Ordinal);
        Assert.DoesNotContain("Introuvable", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByOrganisation_AsksWhichOneWhereSeveralMatch()
    {
        var first = await portal.Data.CreateOrganisationAsync("Zwartberg Keukens");
        await portal.Data.CreateOrganisationAsync("Zwartberg Audio");
        var dossier = await AddAsync(first, await portal.Data.CreateMemberAsync(first));
        using var support = await SupportAsync();

        var page = await support.GetPageAsync("/admin?org=zwartberg&assignee=none");
        Assert.Contains("Laquelle", page.TextOf(".notice"), StringComparison.Ordinal);
        var chosen = page.Document.QuerySelectorAll(".notice a.chip").Single(a => a.TextContent.StartsWith("Zwartberg Keukens", StringComparison.Ordinal)).GetAttribute("href")!;
        var narrowed = await support.GetPageAsync(chosen);
        Assert.Equal([dossier.Number], narrowed.TextsOf("a.key"));
        Assert.StartsWith("Zwartberg Keukens · ", narrowed.ValueOf("org"), StringComparison.Ordinal);
        Assert.Contains("assignee=none", chosen, StringComparison.Ordinal);

        var typed = await support.GetPageAsync("/admin?org=" + Uri.EscapeDataString(narrowed.ValueOf("org")!));
        Assert.Equal([dossier.Number], typed.TextsOf("a.key"));
        Assert.Contains("Aucune organisation", (await support.GetPageAsync("/admin?org=nirgendwo")).TextOf(".notice"), StringComparison.Ordinal);
        var found = await support.GetPageAsync("/admin/queue/organisations?q=zwartb");
        Assert.Contains("Zwartberg Audio", found.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByAnOrganisationOutOfUse_StillFindsItsDossiers()
    {
        var gone = await portal.Data.CreateOrganisationAsync("Quievrain Menager");
        var dossier = await AddAsync(gone, await portal.Data.CreateMemberAsync(gone));
        await portal.Factory.WriteAsync(async (write, ct) => (await write.Db.Organisations.SingleAsync(o => o.Id == gone.Id, ct)).DeactivatedAt = Now);
        using var support = await SupportAsync();

        Assert.Equal([dossier.Number], (await support.GetPageAsync("/admin?org=quievrain&waits=all")).TextsOf("a.key"));
        Assert.Contains("Quievrain", (await support.GetPageAsync("/admin/queue/organisations?q=quievr")).Body, StringComparison.Ordinal);
        var link = (await support.GetPageAsync($"/admin/organisations/{gone.Id}")).HrefsOf("a[href^='/admin?']");
        Assert.Equal([dossier.Number], (await support.GetPageAsync(Assert.Single(link))).TextsOf("a.key"));
    }

    [Fact]
    public async Task Tabs_CountWhatTheyHold_AndOwnViewsStandBesideThem()
    {
        var (organisation, person) = await DealerAsync();
        var agent = await portal.Data.CreateStaffAsync();
        using var support = await portal.Factory.NewClientAsync(agent);
        for (var i = 0; i < 3; i++)
            await AddAsync(organisation, person, d => d.AssigneeId = agent.Id);
        var filter = $"/admin?waits=open&org={organisation.VatNumber}";

        var page = await support.GetPageAsync(filter);
        Assert.Contains("À moi 3", page.TextsOf(".tabs li"));
        var form = await support.FollowLinkAsync(page, ".tabs li:last-child a");
        Assert.NotNull((await support.SubmitAsync(form, "#save", ("Name", " "))).ErrorOf("Name"));
        var tooLong = await support.SubmitAsync(form, "#save", ("Name", new string('x', SavedView.NameMaxLength + 1)));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Equal(new string('x', SavedView.NameMaxLength + 1), tooLong.ValueOf("Name"));
        var saved = await support.SubmitAsync(tooLong, "#save", ("Name", "Zottegem"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);

        var own = await support.FollowAsync(saved);
        Assert.Equal("Zottegem 3", own.TextOf(".tabs [aria-current=page]"));
        Assert.Equal(3, own.TextsOf("a.key").Count);
        Assert.NotNull((await support.SubmitAsync(await support.GetPageAsync("/admin/views?save=" + Uri.EscapeDataString("?waits=dealer")), "#save", ("Name", "zottegem"))).ErrorOf("Name"));
        using var colleague = await SupportAsync();
        Assert.DoesNotContain("Zottegem", (await colleague.GetPageAsync("/admin")).TextOf(".tabs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_AreRenamedOrderedAndRemoved_ByTheirOwnerAlone()
    {
        using var support = await SupportAsync();
        foreach (var (name, type) in new[] { ("Un", "RepairRequest"), ("Deux", "ReturnRequest"), ("Trois", "CreditQuestion") })
            await support.SubmitAsync(await support.GetPageAsync("/admin/views?save=" + Uri.EscapeDataString("?waits=support&type=" + type)), "#save", ("Name", name));

        var page = await support.GetPageAsync("/admin/views");
        Assert.Equal(["Un", "Deux", "Trois"], page.TextsOf("main .list a.t"));
        var last = page.Document.QuerySelectorAll("form[action$='/move']")[^1].GetAttribute("action")!;
        await support.PostAsync(last, ("up", "true"));
        Assert.Equal(["Un", "Trois", "Deux"], (await support.GetPageAsync("/admin/views")).TextsOf("main .list a.t"));
        var view = last[..^"/move".Length];
        Assert.NotNull((await support.SubmitAsync(await support.GetPageAsync(view), "#rename", ("Name", "Un"))).ErrorOf("Name"));
        await support.SubmitAsync(await support.GetPageAsync(view), "#rename", ("Name", "Crédits"));
        Assert.Contains("Crédits", (await support.GetPageAsync("/admin")).TextOf(".tabs"), StringComparison.Ordinal);

        using var colleague = await SupportAsync();
        foreach (var action in (string[])["/remove", "/move", ""])
            Assert.Equal(HttpStatusCode.NotFound, (await colleague.PostAsync(view + action, ("Name", "x"))).Status);
        await support.PostAsync(view + "/remove");
        Assert.Equal(["Un", "Deux"], (await support.GetPageAsync("/admin/views")).TextsOf("main .list a.t"));
    }

    [Fact]
    public async Task Preferences_AreRemembered_AndLeadBackHereOnly()
    {
        using var support = await SupportAsync();
        Assert.NotNull((await support.GetPageAsync("/admin")).Document.QuerySelector(".queue.dense[data-keys=on]"));

        Assert.Equal("/admin?waits=dealer", (await support.PostAsync("/admin/queue/preferences", ("density", "roomy"), ("returnUrl", "/admin?waits=dealer"))).Location);
        Assert.Equal("/admin", (await support.PostAsync("/admin/queue/preferences", ("keys", "off"), ("returnUrl", "https://evil.example/"))).Location);

        Assert.NotNull((await support.GetPageAsync("/admin")).Document.QuerySelector(".queue:not(.dense)[data-keys=off]"));
    }

    [Fact]
    public async Task Get_LeafsThroughPages_AndKeepsTheFilter()
    {
        var (organisation, person) = await DealerAsync();
        for (var i = 0; i < 53; i++)
            await AddAsync(organisation, person, d => { d.CreatedAt = Now.AddMinutes(-i); d.DueAt = Now.AddHours(i); });
        using var support = await SupportAsync();

        var first = await support.GetPageAsync($"/admin?waits=open&org={organisation.VatNumber}");
        var next = first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await support.GetPageAsync(next);

        Assert.Equal(53, first.TextsOf("a.key").Concat(second.TextsOf("a.key")).Distinct().Count());
        Assert.Equal("51 à 53 sur 53", second.TextOf(".pager p"));
        Assert.Contains($"org={organisation.VatNumber}", next, StringComparison.Ordinal);
    }

    private static Reader Staff(TestUser agent) => new(agent.Id, Core.Accounts.StaffRole.SupportAgent, false);

    private Task<TestDossier> AddAsync(TestOrganisation organisation, TestUser person, Action<DossierPlan>? change = null) => portal.Data.CreateDossierAsync(organisation, person, change);

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
}

internal static class LinkFollowing
{
    /// <summary>The page behind a link.</summary>
    public static Task<PortalPage> FollowLinkAsync(this PortalClient client, PortalPage page, string selector) =>
        client.GetPageAsync(page.Document.QuerySelector(selector)!.GetAttribute("href")!);
}
