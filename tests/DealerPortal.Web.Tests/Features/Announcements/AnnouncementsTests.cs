using System.Globalization;
using System.Net;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Announcements;

/// <summary>Announcements from the desk to the dealers' home, by a clock that is moved.</summary>
public sealed class AnnouncementsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string New = "/admin/announcements/new";
    private static readonly byte[] _pdf = "%PDF-1.4\nstartxref\n9\n%%EOF\n"u8.ToArray();

    private PortalFactory Factory => portal.Factory;

    [Fact]
    public async Task Important_IsOnHomeInEachLanguageFromItsMomentToItsEnd_AndNobodyPutsItAway()
    {
        var (title, start) = (NewTitle(), Factory.Now);
        using var support = await SupportAsync();
        var saved = await support.PostFormAsync(New, [.. Fields(title), ("Form.Kind", "Important"), .. Moment("From", start.AddDays(2)), .. Moment("Until", start.AddDays(4)), Publish]);
        Assert.Equal((HttpStatusCode.Redirect, "/admin/announcements"), (saved.Status, saved.Location));
        Assert.Contains("Planifiée", (await support.FollowAsync(saved)).TextsOf("tbody tr").Single(row => row.Contains(title, StringComparison.Ordinal)), StringComparison.Ordinal);
        var announcement = await FindAsync(title);
        var organisation = await portal.Data.CreateOrganisationAsync();
        var url = $"/announcements/{announcement.Id}";

        using (var early = await MemberAsync(organisation))
        {
            Assert.DoesNotContain(title, (await early.GetPageAsync("/")).Body, StringComparison.Ordinal);
            Assert.DoesNotContain(title, (await early.GetPageAsync("/announcements")).Body, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await early.GetPageAsync(url)).Status);
        }

        Factory.Time.Advance(TimeSpan.FromDays(2));
        foreach (var language in Languages.All)
        {
            using var reader = await MemberAsync(organisation, language);
            var home = await reader.GetPageAsync("/");
            Assert.Equal($"{title} {language}", home.TextOf($"#ann-{announcement.Id}"));
            Assert.Contains($"Résumé {language}", home.TextOf(".notice"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await reader.PostAsync(url + "/dismiss")).Status);
            var page = await reader.GetPageAsync(url);
            Assert.Equal((HttpStatusCode.OK, $"{title} {language}", $"Suite {language}"), (page.Status, page.TextOf("h1"), page.TextOf("article h2")));
            Assert.Equal(language, page.TextOf("article strong"));
        }

        Factory.Time.Advance(TimeSpan.FromDays(2));
        using var late = await MemberAsync(organisation);
        Assert.DoesNotContain(title, (await late.GetPageAsync("/")).Body, StringComparison.Ordinal);
        var past = (await late.GetPageAsync("/announcements")).TextsOf("main li").Single(line => line.Contains(title, StringComparison.Ordinal));
        Assert.Contains("Terminée", past, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await late.GetPageAsync(url)).Status);
        Assert.Equal(["announcement.published"], await ActionsAsync(announcement.Id));
    }

    [Fact]
    public async Task News_IsPutAwayByEachPersonAlone_AndStaysInTheList()
    {
        var news = await portal.Data.CreateAnnouncementAsync(await portal.Data.CreateStaffAsync());
        var (title, url) = (news.Texts[0].Title, $"/announcements/{news.Id}");
        var organisation = await portal.Data.CreateOrganisationAsync();
        using var one = await MemberAsync(organisation);
        using var other = await MemberAsync(organisation);
        var home = await one.GetPageAsync("/");
        Assert.Contains(title, home.TextsOf("section[aria-labelledby=an] .t"));

        var away = await one.SubmitAsync(home, $"form[action='{url}/dismiss']");
        Assert.Equal("/", away.Location);
        await one.PostAsync(url + "/dismiss");

        Assert.DoesNotContain(title, (await one.FollowAsync(away)).TextsOf("section[aria-labelledby=an] .t"));
        Assert.Contains(title, (await one.GetPageAsync("/announcements")).TextsOf("main li .t"));
        Assert.Contains(title, (await other.GetPageAsync("/")).TextsOf("section[aria-labelledby=an] .t"));
        Assert.Equal(1, await Factory.ReadAsync(db => db.AnnouncementDismissals.CountAsync(d => d.AnnouncementId == news.Id)));
    }

    [Fact]
    public async Task News_ForOneCountry_IsReadThereAlone()
    {
        var news = await portal.Data.CreateAnnouncementAsync(await portal.Data.CreateStaffAsync(), a => a.Country = "LU");
        using var luxembourg = await MemberAsync(await portal.Data.CreateOrganisationAsync(country: "LU", town: "Luxembourg"));
        using var belgium = await MemberAsync(await portal.Data.CreateOrganisationAsync());
        var url = $"/announcements/{news.Id}";

        foreach (var page in (string[])["/", "/announcements"])
        {
            Assert.Contains(news.Texts[0].Title, (await luxembourg.GetPageAsync(page)).Body, StringComparison.Ordinal);
            Assert.DoesNotContain(news.Texts[0].Title, (await belgium.GetPageAsync(page)).Body, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await luxembourg.GetPageAsync(url)).Status);
        foreach (var path in (string[])[url, url + "/sheets/fr"])
            Assert.Equal(HttpStatusCode.NotFound, (await belgium.GetPageAsync(path)).Status);
    }

    [Fact]
    public async Task Draft_MayLackLanguages_AndIsPublishedWithAllOfThem()
    {
        var title = NewTitle();
        using var support = await SupportAsync();

        var empty = await support.PostFormAsync(New, ("Form.Then", "draft"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.NotNull(empty.ErrorOf("Form.Texts[0].Title"));
        var draft = await support.PostFormAsync(New, ("Form.Texts[1].Title", $"{title} nl"), ("Form.Then", "draft"));
        Assert.Equal(HttpStatusCode.Redirect, draft.Status);
        var announcement = await FindAsync(title);
        Assert.Equal($"/admin/announcements/{announcement.Id}", draft.Location);
        var page = await support.FollowAsync(draft);
        Assert.Equal($"{title} nl", page.TextOf("h1"));

        var refused = await support.SubmitAsync(page, "#announcement", ("Form.UntilDay", "31/02/2027"), ("Form.FromDay", "2026-12-24"), ("Form.Texts[3].Body", "Text"), Publish);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("31/02/2027", refused.ValueOf("Form.UntilDay"));
        foreach (var field in (string[])["Form.UntilDay", "Form.FromHour", "Form.Texts[0].Title", "Form.Texts[0].Summary", "Form.Texts[1].Summary", "Form.Texts[2].Title", "Form.Texts[2].Body", "Form.Texts[3].Summary"])
            Assert.True(refused.ErrorOf(field) is not null, field);
        Assert.Null(refused.ErrorOf("Form.Texts[1].Title"));
        Assert.Null((await FindAsync(title)).PublishedAt);

        var published = await support.SubmitAsync(page, "#announcement", [.. Fields(title), ("Form.Kind", "News"), Publish]);
        Assert.Equal("/admin/announcements", published.Location);
        Assert.Equal((Factory.Now, Factory.Now), ((await FindAsync(title)).PublishedAt, (await FindAsync(title)).ShownFrom));
        Assert.Equal(["announcement.added", "announcement.published"], await ActionsAsync(announcement.Id));
    }

    [Fact]
    public async Task Preview_ShowsHomeAndPageInFourLanguages_KeepsTheSheet_AndSavesNothing()
    {
        var title = NewTitle();
        using var support = await SupportAsync();

        var page = await support.SubmitAsync(
            await support.GetPageAsync(New), "#announcement", [new TestFile("Form.Texts[0].Sheet", "fiche retours.pdf", _pdf)], [.. Fields(title), ("Form.Kind", "Important"), ("Form.Then", "preview")]);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var language in Languages.All)
        {
            Assert.Equal($"{title} {language}", page.TextOf($"#preview [lang={language}][data-preview=home] .notice h2"));
            Assert.Equal($"Suite {language}", page.TextOf($"#preview [lang={language}][data-preview=page] h4"));
        }

        Assert.Contains("Fiche d’information (PDF, 27 o)", page.TextOf("#preview [lang=fr]"), StringComparison.Ordinal);
        Assert.Contains("Informatieblad (pdf, Français, 27 B)", page.TextOf("#preview [lang=nl]"), StringComparison.Ordinal);
        Assert.Equal($"{title} fr", page.ValueOf("Form.Texts[0].Title"));
        Assert.False(await Factory.ReadAsync(db => db.Set<AnnouncementText>().AnyAsync(t => t.Title.Contains(title))));

        await support.SubmitAsync(page, "#announcement", Publish);
        using var reader = await MemberAsync(await portal.Data.CreateOrganisationAsync(), "nl");
        var home = await reader.GetPageAsync("/");
        var sheet = await reader.GetPageAsync(home.HrefsOf($".notice[aria-labelledby='ann-{(await FindAsync(title)).Id}'] a")[^1]);
        Assert.Equal(_pdf, sheet.Content);
        Assert.Equal(("attachment", "application/pdf", "fiche retours.pdf"), (sheet.ContentHeaders.ContentDisposition!.DispositionType, sheet.ContentHeaders.ContentType!.MediaType, sheet.ContentHeaders.ContentDisposition.FileNameStar));
        Assert.Contains("sandbox", sheet.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheet_IsCheckedByItsBytes_ReplacedAndRemoved_AndTheSweepKnowsIt()
    {
        var title = NewTitle();
        using var support = await SupportAsync();
        var page = await support.GetPageAsync(New);
        foreach (var (name, content) in ((string, byte[])[])[("fiche.pdf", TestFile.Png), ("fiche.pdf", "<script>x</script>"u8.ToArray())])
        {
            var refused = await support.SubmitAsync(page, "#announcement", [new TestFile("Form.Texts[2].Sheet", name, content)], [.. Fields(title), Publish]);
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("n’est pas un PDF", refused.ErrorOf("Form.Texts[2].Sheet"), StringComparison.Ordinal);
            Assert.Equal($"{title} de", refused.ValueOf("Form.Texts[2].Title"));
        }

        await support.SubmitAsync(page, "#announcement", [new TestFile("Form.Texts[2].Sheet", "un.pdf", _pdf)], [.. Fields(title), Publish]);
        var first = await SheetAsync(title);
        var url = $"/admin/announcements/{(await FindAsync(title)).Id}";
        Factory.Time.Advance(FileSweep.OrphanAge * 2);
        await RunSweepAsync();
        using var editor = await SupportAsync();
        Assert.Equal(_pdf, (await editor.GetPageAsync(url + "/sheets/de")).Content);

        await editor.SubmitAsync(await editor.GetPageAsync(url), "#announcement", [new TestFile("Form.Texts[2].Sheet", "deux.pdf", [.. _pdf, (byte)'\n'])], Publish);
        var second = await SheetAsync(title);
        Assert.NotEqual(first.SheetKey, second.SheetKey);
        Assert.Equal("deux.pdf", second.SheetName);
        Assert.Null(await Store.OpenAsync(first.SheetKey!, CancellationToken.None));

        await editor.SubmitAsync(await editor.GetPageAsync(url), "#announcement", ("Form.Texts[2].Kept", null), Publish);
        Assert.Null((await SheetAsync(title)).SheetKey);
        Assert.Null(await Store.OpenAsync(second.SheetKey!, CancellationToken.None));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetPageAsync(url + "/sheets/de")).Status);
    }

    [Fact]
    public async Task Edit_OfTwoPeople_ShowsTheSecondWhatIsSavedAndKeepsTheirText()
    {
        var news = await portal.Data.CreateAnnouncementAsync(await portal.Data.CreateStaffAsync());
        var url = $"/admin/announcements/{news.Id}";
        using var first = await SupportAsync();
        using var second = await SupportAsync(StaffRole.PortalAdministrator);
        var opened = await second.GetPageAsync(url);
        await first.PostFormAsync(url, ("Form.Texts[0].Title", "Le premier"), Publish);

        var stale = await second.SubmitAsync(opened, "#announcement", ("Form.Texts[0].Title", "Le second"), Publish);

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("Le second", stale.ValueOf("Form.Texts[0].Title"));
        Assert.Contains("Le premier", stale.TextOf(".notice details"), StringComparison.Ordinal);
        Assert.Contains("fiche.pdf", stale.TextOf("#announcement"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(stale, "#announcement", Publish)).Status);
        var saved = await FindAsync("Le second");
        Assert.Equal((news.Id, news.ShownFrom, "fiche.pdf"), (saved.Id, saved.ShownFrom, saved.Texts.Single(t => t.Language == "fr").SheetName));
    }

    [Fact]
    public async Task Withdraw_TakesItBackAtOnce_AndOnlyADraftIsRemoved()
    {
        var author = await portal.Data.CreateStaffAsync();
        var news = await portal.Data.CreateAnnouncementAsync(author);
        var draft = await portal.Data.CreateAnnouncementAsync(author, a => a.PublishedAt = null);
        using var support = await SupportAsync();
        using var reader = await MemberAsync(await portal.Data.CreateOrganisationAsync());
        Assert.Contains(news.Texts[0].Title, (await reader.GetPageAsync("/")).Body, StringComparison.Ordinal);

        await support.PostAsync($"/admin/announcements/{news.Id}/remove");
        await support.PostAsync($"/admin/announcements/{draft.Id}/withdraw");
        Assert.Equal(2, await Factory.ReadAsync(db => db.Announcements.CountAsync(a => (a.Id == news.Id || a.Id == draft.Id) && a.WithdrawnAt == null)));
        await support.PostAsync($"/admin/announcements/{news.Id}/withdraw");
        await support.PostAsync($"/admin/announcements/{news.Id}/withdraw");
        await support.PostAsync($"/admin/announcements/{draft.Id}/remove");

        Assert.DoesNotContain(news.Texts[0].Title, (await reader.GetPageAsync("/")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetPageAsync($"/announcements/{news.Id}")).Status);
        Assert.Equal(["announcement.withdrawn"], await ActionsAsync(news.Id));
        Assert.Equal(["announcement.removed"], await ActionsAsync(draft.Id));
        Assert.False(await Factory.ReadAsync(db => db.Set<AnnouncementText>().AnyAsync(t => t.AnnouncementId == draft.Id)));
        Assert.Null(await Store.OpenAsync(draft.Texts[0].SheetKey!, CancellationToken.None));

        await support.PostFormAsync($"/admin/announcements/{news.Id}", Publish);
        Assert.Contains(news.Texts[0].Title, (await reader.GetPageAsync("/")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-28", "02:30", "2027-03-28T01:30:00", "03:30")] // the clock jumps from 2 to 3
    [InlineData("2027-10-31", "02:30", "2027-10-31T00:30:00", "02:30")] // the hour comes twice: the first
    [InlineData("2027-12-31", "23:59", "2027-12-31T22:59:00", "23:59")]
    public async Task Moment_IsOfTheClockInBrussels(string day, string hour, string utc, string shown)
    {
        var title = NewTitle();
        using var support = await SupportAsync();

        await support.PostFormAsync(New, [.. Fields(title), ("Form.FromDay", day), ("Form.FromHour", hour), ("Form.Kind", "News"), Publish]);

        var saved = await FindAsync(title);
        Assert.Equal(DateTime.Parse(utc, CultureInfo.InvariantCulture), saved.ShownFrom);
        Assert.Equal(shown, (await support.GetPageAsync($"/admin/announcements/{saved.Id}")).ValueOf("Form.FromHour"));
    }

    [Fact]
    public async Task List_FiltersByState()
    {
        var author = await portal.Data.CreateStaffAsync();
        var made = new Dictionary<AnnouncementState, Announcement>
        {
            [AnnouncementState.Draft] = await portal.Data.CreateAnnouncementAsync(author, a => (a.PublishedAt, a.ShownFrom) = (null, null)),
            [AnnouncementState.Planned] = await portal.Data.CreateAnnouncementAsync(author, a => a.ShownFrom = Factory.Now.AddDays(1)),
            [AnnouncementState.Current] = await portal.Data.CreateAnnouncementAsync(author),
            [AnnouncementState.Past] = await portal.Data.CreateAnnouncementAsync(author, a => (a.ShownFrom, a.ShownUntil) = (Factory.Now.AddDays(-2), Factory.Now.AddDays(-1))),
            [AnnouncementState.Withdrawn] = await portal.Data.CreateAnnouncementAsync(author, a => a.WithdrawnAt = Factory.Now),
        };
        using var support = await SupportAsync();

        foreach (var state in made.Keys)
        {
            var titles = (await support.GetPageAsync($"/admin/announcements?state={state}")).TextsOf("tbody th");
            Assert.Equal([made[state].Texts[0].Title], made.Values.Select(a => a.Texts[0].Title).Intersect(titles));
        }

        Assert.Equal(made.Count, (await support.GetPageAsync("/admin/announcements")).TextsOf("tbody th").Intersect(made.Values.Select(a => a.Texts[0].Title)).Count());
    }

    private static (string, string?) Publish => ("Form.Then", "publish");

    private IFileStore Store => Factory.Services.GetRequiredService<IFileStore>();

    private static string NewTitle() => $"Annonce {Guid.NewGuid():N}";

    private static (string, string?)[] Fields(string title) =>
    [
        .. Languages.All.SelectMany((language, i) => ((string, string?)[])
            [($"Form.Texts[{i}].Title", $"{title} {language}"), ($"Form.Texts[{i}].Summary", $"Résumé {language}"), ($"Form.Texts[{i}].Body", $"Voici **{language}**\n\n# Suite {language}")]),
    ];

    private static (string, string?)[] Moment(string field, DateTime utc)
    {
        var local = Formats.ToBrussels(utc);
        return [($"Form.{field}Day", local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ($"Form.{field}Hour", local.ToString("HH:mm", CultureInfo.InvariantCulture))];
    }

    private async Task<PortalClient> SupportAsync(StaffRole role = StaffRole.SupportAgent) => await Factory.NewClientAsync(await portal.Data.CreateStaffAsync(role));

    private async Task<PortalClient> MemberAsync(TestOrganisation organisation, string language = "fr") =>
        await Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation, MembershipRole.Employee, language: language));

    private Task<Announcement> FindAsync(string title) =>
        Factory.ReadAsync(db => db.Announcements.AsNoTracking().Include(a => a.Texts).SingleAsync(a => a.Texts.Any(t => t.Title.Contains(title))));

    private async Task<AnnouncementText> SheetAsync(string title) => (await FindAsync(title)).Texts.Single(t => t.Language == "de");

    private Task<List<string>> ActionsAsync(int id)
    {
        var subject = id.ToString(CultureInfo.InvariantCulture);
        return Factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == nameof(Announcement) && a.SubjectId == subject).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
    }

    private async Task RunSweepAsync()
    {
        await using var scope = Factory.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FileSweep>().RunAsync(CancellationToken.None);
    }
}
