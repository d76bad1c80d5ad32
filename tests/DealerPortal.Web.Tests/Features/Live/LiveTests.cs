using System.Net;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Live;

/// <summary>What an open page is told when it asks whether anything is new.</summary>
public sealed class LiveTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Dossier_IsUnchanged_UntilTheOtherSideDoesSomethingTheReaderSees()
    {
        var (dealer, dossier) = await DossierAsync();
        using var client = await portal.Factory.NewClientAsync(dealer);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        var (url, desk) = ($"/dossiers/{dossier.Number}", $"/admin/dossiers/{dossier.Number}");
        var (shown, handled) = (await client.GetPageAsync(url), await support.GetPageAsync(desk));
        Assert.Equal((url + "/live", desk + "/live"), (AskedOf(shown), AskedOf(handled)));

        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(client, shown)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(support, handled)).Status);

        portal.Factory.Time.Advance(TimeSpan.FromSeconds(1));
        await support.SubmitAsync(await support.GetPageAsync(desk), "#note", ("Note.Text", "Pour nous seuls."));
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(client, shown)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(support, handled)).Status);

        await support.SubmitAsync(await support.GetPageAsync(desk), "#answer", ("Answer.Text", "Nous regardons."), ("Answer.Then", "stay"));
        var (status, tag) = await AskAsync(client, shown);
        Assert.Equal(HttpStatusCode.NoContent, status);
        // The page as it is now carries the tag that was just told.
        Assert.Equal(tag, TagOf(await client.GetPageAsync(url)));
    }

    [Fact]
    public async Task List_AndTheBadgeOnEveryPage_FollowWhatTheReaderSees()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var (employee, administrator) = (await portal.Data.CreateMemberAsync(organisation), await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
        var (own, colleagues) = (await portal.Data.CreateDossierAsync(organisation, employee), await portal.Data.CreateDossierAsync(organisation, administrator));
        using var client = await portal.Factory.NewClientAsync(employee);
        using var manager = await portal.Factory.NewClientAsync(administrator);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        var (shown, account) = (await client.GetPageAsync("/dossiers"), await manager.GetPageAsync("/account"));
        Assert.Equal(("/dossiers/live", "/dossiers/live"), (AskedOf(shown), AskedOf(account)));
        Assert.Equal("", shown.TextOf("#live-badge"));

        portal.Factory.Time.Advance(TimeSpan.FromSeconds(1));
        await WaitForDealerAsync(support, colleagues);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(client, shown)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(manager, account)).Status);
        Assert.StartsWith("1", (await manager.GetPageAsync("/account")).TextOf("#live-badge"), StringComparison.Ordinal);
        Assert.Equal("", (await client.GetPageAsync("/dossiers")).TextOf("#live-badge"));

        await WaitForDealerAsync(support, own);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(client, shown)).Status);
        Assert.Equal("2, 2 attendent votre réponse", (await manager.GetPageAsync("/")).TextOf("#live-badge"));
        Assert.Equal("1, 1 attend votre réponse", (await client.GetPageAsync("/dossiers")).TextOf("#live-badge"));
    }

    [Fact]
    public async Task Page_ReadAgainByItsScript_LeavesTheNoticeForThePerson()
    {
        var (dealer, dossier) = await DossierAsync();
        using var client = await portal.Factory.NewClientAsync(dealer);
        var url = $"/dossiers/{dossier.Number}";
        await client.SubmitAsync(await client.GetPageAsync(url), "#message", ("Message.Text", "Encore une précision."));

        client.Http.DefaultRequestHeaders.Add("X-Live", "page");
        Assert.Equal("", (await client.GetPageAsync(url)).TextOf(".flash"));
        client.Http.DefaultRequestHeaders.Remove("X-Live");
        Assert.NotEqual("", (await client.GetPageAsync(url)).TextOf(".flash"));
    }

    [Theory]
    [InlineData(RequestStatus.WaitingForDealer, "C’est à vous de jouer. Le support attend votre réponse depuis le 23 novembre 2026. Répondre")]
    [InlineData(RequestStatus.InProgress, "Le support s’en occupe. Depuis le 23 novembre 2026. Vous aurez de nos nouvelles au plus tard le mercredi 25 novembre 2026.")]
    [InlineData(RequestStatus.Completed, "")]
    public async Task Dossier_SaysWhoseMoveItIs_SinceWhen_AndWhenToExpectNews(RequestStatus status, string line)
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        var start = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
        var dossier = await portal.Data.CreateDossierAsync(organisation, dealer, d => (d.CreatedAt, d.Status, d.DueAt) = (start, status, start.AddDays(2)));
        using var client = await portal.Factory.NewClientAsync(dealer);

        Assert.Equal(line, (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf("#move"));
    }

    private static string? AskedOf(PortalPage page) => page.Document.QuerySelector("main")!.GetAttribute("data-live");

    private static string? TagOf(PortalPage page) => page.Document.QuerySelector("main")!.GetAttribute("data-live-tag");

    private static async Task<(HttpStatusCode Status, string? Tag)> AskAsync(PortalClient client, PortalPage page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(AskedOf(page)!, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{TagOf(page)}\"");
        using var answer = await client.Http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.ETag?.Tag.Trim('"'));
    }

    private static async Task WaitForDealerAsync(PortalClient support, TestDossier dossier) =>
        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Une question."));

    private async Task<(TestUser Dealer, TestDossier Dossier)> DossierAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        return (dealer, await portal.Data.CreateDossierAsync(organisation, dealer));
    }
}
