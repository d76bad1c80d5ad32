using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Files;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dealercards;

/// <summary>From the administrator who adds a dealercard to the dealer who fetches it.</summary>
public sealed class DealercardsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string New = "/admin/dealercards/new";
    private readonly PortalFactory _factory = portal.Factory;

    private DateOnly Today => Formats.Today(_factory.Time);

    [Fact]
    public async Task Add_WithEverything_IsFoundByDealersOfItsCountryAndLanguage()
    {
        using var administrator = await AdministratorAsync();
        var title = $"Été Belgique {Guid.NewGuid():N}";

        var added = await SubmitNewAsync(administrator, [Pdf(4), Picture()], [.. Content(title), ("Version.Pages", "12")]);

        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        var card = await FindAsync(title);
        var version = Assert.Single(card.Versions);
        Assert.Equal(($"/admin/dealercards/{card.Id}", 12, true), (added.Location, version.Pages, version.ThumbnailKey is not null));
        Assert.Equal(["dealercard.added"], await ActionsAsync(card.Id));
        var kept = await administrator.FollowAsync(added);
        Assert.Contains("En vigueur", kept.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.Contains(title, kept.TextOf(".card-row"), StringComparison.Ordinal);

        using var dealer = await DealerAsync();
        var row = RowOf(await dealer.GetPageAsync("/dealercards?q=ete+belgique"), title);
        Assert.All((string[])["Produits blancs", "Belgique", "Français", "PDF, ", "12 pages", $"À partir du {Formats.Date(Today, CultureInfo.GetCultureInfo("fr-BE"))}"], part => Assert.Contains(part, row, StringComparison.Ordinal));
        Assert.Contains(title, (await dealer.GetPageAsync("/")).TextOf("aside"), StringComparison.Ordinal);
        var file = await dealer.GetPageAsync($"/dealercards/{version.Id}");
        Assert.Equal(TestPdf.OnePage(4), file.Content);
        Assert.Equal(("attachment", "carte.pdf", "application/pdf"), (file.ContentHeaders.ContentDisposition!.DispositionType, file.ContentHeaders.ContentDisposition.FileName, file.ContentHeaders.ContentType!.MediaType));
        Assert.Equal("default-src 'none'; sandbox", string.Join(',', file.Headers.GetValues("Content-Security-Policy")));
        var cover = await dealer.GetPageAsync($"/dealercards/{version.Id}/thumbnail");
        Assert.Equal(("image/jpeg", FileKind.Jpeg), (cover.ContentHeaders.ContentType!.MediaType, FileInspector.Detect(cover.Content)));

        using var luxembourger = await DealerAsync("LU");
        Assert.DoesNotContain(title, (await luxembourger.GetPageAsync("/dealercards?language=all")).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await luxembourger.GetPageAsync($"/dealercards/{version.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await luxembourger.GetPageAsync($"/dealercards/{version.Id}/thumbnail")).Status);
        // A picture says for no organisation which it is asked.
        var luxembourg = await portal.Data.CreateOrganisationAsync(country: "LU");
        var inTwo = await portal.Data.CreateMemberAsync(luxembourg);
        await portal.Data.AddPlaceAsync(inTwo, await portal.Data.CreateOrganisationAsync());
        using var both = await _factory.NewClientAsync(inTwo);
        Assert.DoesNotContain(title, (await both.GetPageAsync("/dealercards?language=all")).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await both.GetPageAsync($"/dealercards/{version.Id}/thumbnail")).Status);
        using var dutch = await DealerAsync(language: "nl");
        var own = await dutch.GetPageAsync("/dealercards?q=ete");
        Assert.DoesNotContain(title, own.MainText, StringComparison.Ordinal);
        Assert.Contains(title, (await dutch.GetPageAsync(Assert.Single(own.HrefsOf("main a[href*='language=all']")))).MainText, StringComparison.Ordinal);
        Assert.DoesNotContain(title, (await dealer.GetPageAsync("/dealercards?goods=Mobile")).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_TakesOverOnItsDay_AndEndsAfterItsLast()
    {
        var card = await portal.Data.CreateDealercardAsync();
        var (staff, member) = (await portal.Data.CreateStaffAsync(StaffRole.PortalAdministrator), await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync()));
        using var administrator = await _factory.NewClientAsync(staff);
        using var dealer = await _factory.NewClientAsync(member);

        async Task LetPassAsync(int days)
        {
            _factory.Time.Advance(TimeSpan.FromDays(days));
            await administrator.SignInAsAsync(staff);
            await dealer.SignInAsAsync(member);
        }

        var newVersion = await administrator.GetPageAsync($"/admin/dealercards/{card.Id}/versions/new");
        var added = await administrator.SubmitAsync(newVersion, "#edit", [Pdf(5)], ("Version.From", DateOf(Today.AddDays(5))), ("Version.Until", DateOf(Today.AddDays(8))));
        var second = (await FindAsync(card.Title)).Versions.Single(v => v.Number == 2);

        Assert.Equal(["À venir", "En vigueur"], (await administrator.FollowAsync(added)).TextsOf("tbody .status"));
        Assert.Equal(HttpStatusCode.NotFound, (await dealer.GetPageAsync($"/dealercards/{second.Id}")).Status);
        Assert.Contains(card.VersionId.ToString(), LinkOf(await ListAsync(dealer, card), card.Title), StringComparison.Ordinal);

        await LetPassAsync(6);
        var list = await ListAsync(dealer, card);
        Assert.Contains(second.Id.ToString(), LinkOf(list, card.Title), StringComparison.Ordinal);
        Assert.Contains("Une version précédente, encore valable", RowOf(list, card.Title), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await dealer.GetPageAsync($"/dealercards/{card.VersionId}")).Status);
        Assert.Equal(["En vigueur", "Précédente, encore valable"], await StatesAsync(administrator, card));

        var version = await administrator.GetPageAsync($"/admin/dealercards/{card.Id}/versions/{second.Id}");
        await administrator.SubmitAsync(version, "form[action$='/withdraw']");
        Assert.Contains(card.VersionId.ToString(), LinkOf(await ListAsync(dealer, card), card.Title), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await dealer.GetPageAsync($"/dealercards/{second.Id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetPageAsync($"/dealercards/{second.Id}")).Status);
        version = await administrator.GetPageAsync($"/admin/dealercards/{card.Id}/versions/{second.Id}");
        await administrator.SubmitAsync(version, "form[action$='/restore']");
        Assert.Contains(second.Id.ToString(), LinkOf(await ListAsync(dealer, card), card.Title), StringComparison.Ordinal);

        await LetPassAsync(3);
        Assert.Equal(["Expirée", "En vigueur"], await StatesAsync(administrator, card));
        Assert.Contains(card.VersionId.ToString(), LinkOf(await ListAsync(dealer, card), card.Title), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await dealer.GetPageAsync($"/dealercards/{second.Id}")).Status);
        Assert.Equal(["dealercard.added", "dealercard.version-added", "dealercard.version-withdrawn", "dealercard.version-restored"], await ActionsAsync(card.Id));
    }

    [Fact]
    public async Task Downloads_CountWhatDealersFetch_OnceEach()
    {
        var card = await portal.Data.CreateDealercardAsync();
        var url = $"/dealercards/{card.VersionId}";
        var organisation = await portal.Data.CreateOrganisationAsync();
        var member = await portal.Data.CreateMemberAsync(organisation);
        using var dealer = await _factory.NewClientAsync(member);
        using var support = await _factory.NewClientAsync(await portal.Data.CreateStaffAsync());

        async Task<(HttpStatusCode Status, int Length)> AskAsync(HttpMethod method, RangeHeaderValue? range = null, string? known = null)
        {
            using var request = new HttpRequestMessage(method, url);
            request.Headers.Range = range;
            if (known is not null)
                request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(known));
            using var response = await dealer.Http.SendAsync(request);
            return (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length);
        }

        var whole = await dealer.GetPageAsync(url);
        Assert.Equal(1, await DownloadsAsync(card));
        Assert.Equal((HttpStatusCode.PartialContent, 100), await AskAsync(HttpMethod.Get, new RangeHeaderValue(100, 199)));
        Assert.Equal((HttpStatusCode.NotModified, 0), await AskAsync(HttpMethod.Get, known: whole.Headers.ETag!.Tag));
        await AskAsync(HttpMethod.Head);
        Assert.Equal(1, await DownloadsAsync(card));
        Assert.Equal((HttpStatusCode.PartialContent, 100), await AskAsync(HttpMethod.Get, new RangeHeaderValue(0, 99)));
        Assert.Equal(2, await DownloadsAsync(card));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(HttpMethod.Get)));
        Assert.Equal(10, await DownloadsAsync(card));

        Assert.Equal(HttpStatusCode.OK, (await support.GetPageAsync(url)).Status);
        await support.PostAsync("/admin/seat", ("membership", $"{await portal.Data.MembershipIdAsync(member)}"), ("mode", "Look"));
        Assert.Equal(HttpStatusCode.OK, (await support.GetPageAsync(url)).Status);
        Assert.Contains(card.Title, (await support.GetPageAsync($"/dealercards?q={card.Title}")).MainText, StringComparison.Ordinal);
        Assert.Equal(10, await DownloadsAsync(card));
        Assert.Contains("10", (await support.GetPageAsync($"/admin/dealercards?q={card.Title}")).TextOf("tbody .num"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WithNothing_IsRefusedAtEveryField()
    {
        using var administrator = await AdministratorAsync();

        var refused = await SubmitNewAsync(administrator, [], [("Card.Title", " "), ("Version.From", "31/02/2026"), ("Version.Until", "demain")]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.All((string[])["Card.Title", "Card.Languages", "Card.Countries", "Card.Goods", "Version.From", "Version.Until", "Version.File"], field => Assert.NotNull(refused.ErrorOf(field)));
        Assert.Equal("31/02/2026", refused.ValueOf("Version.From"));
        Assert.Equal(refused.HrefsOf(".error-summary a"), refused.HrefsOf(".error-summary a").Where(href => refused.Document.QuerySelector(href) is not null));
    }

    [Theory]
    [InlineData("encrypted")]
    [InlineData("picture")]
    [InlineData("html")]
    [InlineData("large")]
    [InlineData("cut")]
    public async Task Add_OfWhatIsNoReadablePdf_IsRefusedAtTheFile(string kind)
    {
        using var administrator = await AdministratorAsync();
        byte[] content = kind switch
        {
            "encrypted" => TestPdf.OnePage(trailer: "/Encrypt 9 0 R"),
            "picture" => TestFile.Png,
            "html" => "<html><script>alert(1)</script>%PDF-1.4</html>"u8.ToArray(),
            "large" => [.. TestPdf.OnePage(), .. new byte[FileLimits.MaxBytes]],
            _ => TestPdf.OnePage()[..40],
        };
        var title = $"Refusée {Guid.NewGuid():N}";

        var refused = await SubmitNewAsync(administrator, [new TestFile("Version.File", "<b>carte.pdf", content)], Content(title));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("carte", refused.ErrorOf("Version.File"), StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector(".field-error b"));
        Assert.Equal(title, refused.ValueOf("Card.Title"));
        Assert.False(await _factory.ReadAsync(db => db.Dealercards.AnyAsync(c => c.Title == title)));
    }

    [Fact]
    public async Task Add_ThatIsRefused_KeepsThePdfForTheNextSend()
    {
        using var administrator = await AdministratorAsync();
        var title = $"Gardée {Guid.NewGuid():N}";

        var refused = await SubmitNewAsync(administrator, [Pdf(6), new TestFile("Version.Picture", "page.pdf", TestPdf.OnePage())], Content(" "));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("page.pdf", refused.ErrorOf("Version.Picture"), StringComparison.Ordinal);
        Assert.Contains("carte.pdf", refused.TextOf(".notice.ok"), StringComparison.Ordinal);
        Assert.Equal(["WhiteGoods"], refused.Document.QuerySelectorAll("[name='Card.Goods'][checked]").Select(box => box.GetAttribute("value")));
        var added = await administrator.SubmitAsync(refused, "#edit", [Picture()], ("Card.Title", title));
        var again = await administrator.SubmitAsync(refused, "#edit", ("Card.Title", title));
        var card = await FindAsync(title);
        Assert.Equal((added.Location, HttpStatusCode.Redirect), (again.Location, again.Status));
        Assert.Equal(($"/admin/dealercards/{card.Id}", "carte.pdf", true), (added.Location, card.Versions.Single().FileName, card.Versions.Single().ThumbnailKey is not null));
        using var other = await AdministratorAsync();
        var stolen = await SubmitNewAsync(other, [], [.. Content($"Volée {title}"), ("Version.Kept", refused.ValueOf("Version.Kept"))]);
        Assert.Contains("n’est plus là", stolen.ErrorOf("Version.File"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoPeople_TheSecondSeesWhatChangedAndKeepsTheirText()
    {
        var card = await portal.Data.CreateDealercardAsync();
        var url = $"/admin/dealercards/{card.Id}";
        var versionUrl = $"{url}/versions/{card.VersionId}";
        using var first = await AdministratorAsync();
        using var second = await AdministratorAsync();
        var opened = await second.GetPageAsync(url);
        var openedVersion = await second.GetPageAsync(versionUrl);
        await first.PostFormAsync(url, ("Form.Title", "La première"), ("Form.Countries", "Luxembourg"));

        var stale = await second.SubmitAsync(opened, "#edit", ("Form.Title", "La seconde"));
        Assert.Equal((HttpStatusCode.Conflict, "La seconde"), (stale.Status, stale.ValueOf("Form.Title")));
        Assert.Contains("La première", stale.TextOf("#changed"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(stale, "#edit")).Status);
        Assert.Equal("La seconde", (await _factory.ReadAsync(db => db.Dealercards.SingleAsync(c => c.Id == card.Id))).Title);

        var staleVersion = await second.SubmitAsync(openedVersion, "#edit", ("Version.Until", DateOf(Today.AddDays(30))));
        Assert.Equal((HttpStatusCode.Conflict, DateOf(Today.AddDays(30))), (staleVersion.Status, staleVersion.ValueOf("Version.Until")));
        var before = await _factory.ReadAsync(db => db.DealercardVersions.SingleAsync(v => v.Id == card.VersionId));
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(staleVersion, "#edit", [Picture()])).Status);
        var after = await _factory.ReadAsync(db => db.DealercardVersions.SingleAsync(v => v.Id == card.VersionId));
        Assert.Equal(Today.AddDays(30), after.ValidUntil);
        Assert.NotEqual(before.ThumbnailKey, after.ThumbnailKey);
        Assert.False(File.Exists(Path.Combine(_factory.FilesPath, before.ThumbnailKey!)));
        Assert.Equal(HttpStatusCode.Conflict, (await first.PostAsync(versionUrl + "/withdraw", ("stamp", Guid.NewGuid().ToString()))).Status);
        var wrong = await second.PostFormAsync(versionUrl, ("Version.Until", DateOf(Today.AddDays(-30))));
        Assert.Contains("précède le premier", wrong.ErrorOf("Version.Until"), StringComparison.Ordinal);
    }

    private static (string, string?)[] Content(string title) => [("Card.Title", title), ("Card.Languages", "fr"), ("Card.Countries", "Belgium"), ("Card.Goods", "WhiteGoods")];

    private static TestFile Pdf(int hue) => new("Version.File", "carte.pdf", TestPdf.OnePage(hue));

    private static TestFile Picture() => new("Version.Picture", "cover.png", TestFile.Png);

    private static string DateOf(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string RowOf(PortalPage page, string title) => page.TextsOf(".card-row").Single(text => text.Contains(title, StringComparison.Ordinal));

    private static string LinkOf(PortalPage page, string title) =>
        page.Document.QuerySelectorAll(".card-row .t").Single(link => link.TextContent == title).GetAttribute("href")!;

    private static Task<PortalPage> ListAsync(PortalClient dealer, TestCard card) => dealer.GetPageAsync($"/dealercards?q={card.Title}");

    private static async Task<IReadOnlyList<string>> StatesAsync(PortalClient administrator, TestCard card) =>
        (await administrator.GetPageAsync($"/admin/dealercards/{card.Id}")).TextsOf("tbody .status");

    private static async Task<PortalPage> SubmitNewAsync(PortalClient client, IReadOnlyList<TestFile> files, (string, string?)[] values) =>
        await client.SubmitAsync(await client.GetPageAsync(New), "#edit", files, values);

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await portal.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private async Task<PortalClient> DealerAsync(string country = "BE", string language = "fr") =>
        await _factory.NewClientAsync(await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync(country: country), language: language));

    private Task<Dealercard> FindAsync(string title) => _factory.ReadAsync(db => db.Dealercards.Include(c => c.Versions).SingleAsync(c => c.Title == title));

    private Task<long> DownloadsAsync(TestCard card) => _factory.ReadAsync(db => db.DealercardVersions.Where(v => v.Id == card.VersionId).Select(v => v.Downloads).SingleAsync());

    private Task<List<string>> ActionsAsync(int cardId)
    {
        var id = cardId.ToString(CultureInfo.InvariantCulture);
        return _factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == nameof(Dealercard) && a.SubjectId == id).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
    }
}
