using System.Globalization;
using System.Net;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class OrganisationsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task List_ShowsWhatWaitsToBeConfirmed_UntilItIs()
    {
        var organisation = await portal.Data.CreateOrganisationAsync($"À vérifier {Mark()}");
        using var support = await SupportAsync();

        var list = await support.GetPageAsync("/admin/organisations?view=Unconfirmed");
        Assert.Contains(organisation.Name, string.Join('|', await AllNamesAsync(support, "view=Unconfirmed")), StringComparison.Ordinal);
        Assert.NotNull(list.Document.QuerySelector(".tabs .count"));

        var saved = await support.PostFormAsync(Url(organisation), ("CustomerNumber", " d-9 " + organisation.Id), ("Confirm", "true"));
        Assert.Equal((HttpStatusCode.Redirect, Url(organisation)), (saved.Status, saved.Location));
        Assert.Contains("Confirmée", (await support.FollowAsync(saved)).TextOf(".head .status"), StringComparison.Ordinal);
        Assert.DoesNotContain(organisation.Name, string.Join('|', await AllNamesAsync(support, "view=Unconfirmed")), StringComparison.Ordinal);
        var row = await FindAsync(organisation.Id);
        Assert.Equal((true, $"D-9{organisation.Id}"), (row.ConfirmedAt is not null, row.CustomerNumber));
        Assert.Equal(["organisation.confirmed", "organisation.changed"], await ActionsAsync(nameof(Organisation), organisation.Id));
    }

    [Fact]
    public async Task List_IsPagedAndSearchable()
    {
        var mark = Mark();
        var made = new List<TestOrganisation>();
        for (var i = 0; i < 27; i++)
            made.Add(await portal.Data.CreateOrganisationAsync($"Pagina{mark} {i:00}"));
        using var support = await SupportAsync();
        await support.PostAsync(Url(made[3]) + "/deactivate");
        await support.PostFormAsync(Url(made[5]), ("CustomerNumber", "K" + made[5].Id));

        var first = await support.GetPageAsync($"/admin/organisations?q=pagina{mark}");
        Assert.Equal(25, first.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains($"27 organisations pour « pagina{mark} »", first.TextsOf("[role=status]"));
        var second = await support.GetPageAsync(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(2, second.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Hors service", first.TextsOf("tbody tr")[3], StringComparison.Ordinal);

        Assert.Equal([made[7].Name], (await support.GetPageAsync($"/admin/organisations?q={made[7].VatNumber}")).TextsOf("a.key"));
        Assert.Equal([made[5].Name], (await support.GetPageAsync($"/admin/organisations?q=k{made[5].Id}")).TextsOf("a.key"));
        Assert.Contains("Aucune organisation trouvée", (await support.GetPageAsync("/admin/organisations?q=introuvable")).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_RefusesAtTheField()
    {
        var taken = await portal.Data.CreateOrganisationAsync();
        var organisation = await portal.Data.CreateOrganisationAsync();
        using var support = await SupportAsync();
        await support.PostFormAsync(Url(taken), ("CustomerNumber", "T" + taken.Id));

        var invalid = await support.PostFormAsync(Url(organisation), ("Name", " "), ("CustomerNumber", "n° 7/b"));
        Assert.Equal(HttpStatusCode.BadRequest, invalid.Status);
        Assert.NotNull(invalid.ErrorOf("Name"));
        Assert.Contains("tirets", invalid.ErrorOf("CustomerNumber"), StringComparison.Ordinal);
        Assert.Equal("n° 7/b", invalid.ValueOf("CustomerNumber"));

        var double_ = await support.PostFormAsync(Url(organisation), ("CustomerNumber", "t" + taken.Id));
        Assert.Equal(HttpStatusCode.BadRequest, double_.Status);
        Assert.Contains("a déjà ce numéro", double_.ErrorOf("CustomerNumber"), StringComparison.Ordinal);

        // Out of use, it leaves its number to others, and does not come back beside them.
        await support.PostAsync(Url(taken) + "/deactivate");
        Assert.Equal(HttpStatusCode.Redirect, (await support.PostFormAsync(Url(organisation), ("CustomerNumber", "t" + taken.Id))).Status);
        var refused = await support.PostAsync(Url(taken) + "/reactivate");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("retirez-le d’abord", refused.TextOf(".error-summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OfTwoPeople_TellsTheSecondAndKeepsTheirText()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        using var first = await SupportAsync();
        using var second = await SupportAsync();
        var opened = await second.GetPageAsync(Url(organisation));
        await first.PostFormAsync(Url(organisation), ("Name", "Le premier nom"));

        var stale = await second.SubmitAsync(opened, "#organisation", ("Name", "Le second nom"));

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Le premier nom", stale.TextOf("#chg + p"), StringComparison.Ordinal);
        Assert.Equal("Le second nom", stale.ValueOf("Name"));
        await second.SubmitAsync(stale, "#organisation");
        Assert.Equal("Le second nom", (await FindAsync(organisation.Id)).Name);
        Assert.Contains("Le second nom", (await second.GetPageAsync("/admin/organisations?q=second+nom")).TextsOf("a.key"));
    }

    [Fact]
    public async Task Deactivate_EndsTheAccessThroughIt_AndNoOther()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var other = await portal.Data.CreateOrganisationAsync();
        var one = await portal.Data.CreateMemberAsync(organisation);
        var both = await portal.Data.CreateMemberAsync(organisation);
        await portal.Factory.WriteAsync((write, _) => { write.Db.Add(Membership.OfCreator(both.Id, other.Id, portal.Factory.Now)); return Task.CompletedTask; });
        var dossier = await portal.Data.CreateDossierAsync(organisation, one);
        using var single = await portal.Factory.NewClientAsync(one);
        using var twofold = await portal.Factory.NewClientAsync(both);
        using var support = await SupportAsync();
        Assert.Equal(HttpStatusCode.OK, (await single.GetPageAsync("/dossiers")).Status);
        Assert.Contains(organisation.Name, (await twofold.GetPageAsync("/")).TextOf(".menu-body"), StringComparison.Ordinal);

        await support.PostAsync(Url(organisation) + "/deactivate");

        Assert.Equal("/pending", (await single.GetPageAsync("/dossiers")).Location);
        Assert.Equal(HttpStatusCode.OK, (await single.GetPageAsync("/pending")).Status);
        Assert.Contains(other.Name, (await twofold.GetPageAsync("/")).TextOf(".menu-body"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")).Status);

        await support.PostAsync(Url(organisation) + "/reactivate");
        Assert.Equal(HttpStatusCode.OK, (await single.GetPageAsync($"/dossiers/{dossier.Number}")).Status);
        Assert.Equal(["organisation.deactivated", "organisation.reactivated"], await ActionsAsync(nameof(Organisation), organisation.Id));
    }

    [Theory]
    [InlineData(MembershipStatus.Approved, 0)]
    [InlineData(MembershipStatus.Pending, 1)]
    [InlineData(MembershipStatus.Refused, 1)]
    [InlineData(MembershipStatus.Deactivated, 1)]
    public async Task Appoint_WhereNoAdministratorIsLeft_GivesTheOrganisationOne(MembershipStatus status, int mails)
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation, status: status);
        using var support = await SupportAsync();
        var page = await support.GetPageAsync(Url(organisation));
        Assert.Contains("Plus aucun administrateur", page.TextOf(".notice"), StringComparison.Ordinal);
        using var client = await portal.Factory.NewClientAsync(person);

        var done = await support.SubmitAsync(page, "form[action$='/administrator']");

        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account/users")).Status);
        Assert.Equal(mails, (await portal.Factory.MailsAsync(person.Email)).Count(mail => mail.Kind == "MembershipApproved"));
        Assert.Null((await support.GetPageAsync(Url(organisation))).Document.QuerySelector("form[action$='/administrator']"));
    }

    [Fact]
    public async Task Show_TellsEverythingAboutIt()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        await portal.Data.CreateDossierAsync(organisation, person);
        await portal.Data.CreateBranchAsync(organisation, "Rue du Second Magasin 2");
        using var support = await SupportAsync();

        var page = await support.GetPageAsync(Url(organisation));

        Assert.All(
            (string[])[organisation.Name, person.FullName, person.Email, "Rue du Second Magasin 2", "Dossiers ouverts 1"],
            part => Assert.Contains(part, string.Join(' ', page.Document.QuerySelector("main")!.TextContent.Replace("Dossiers ouverts", "Dossiers ouverts ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nl", "Organisaties")]
    [InlineData("de", "Organisationen")]
    [InlineData("en", "Organisations")]
    public async Task List_SpeaksTheReadersLanguage(string language, string title)
    {
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(language: language));

        Assert.Equal(title, (await support.GetPageAsync("/admin/organisations")).TextOf("h1"));
    }

    private static string Mark() => Guid.NewGuid().ToString("N")[..8];

    private static string Url(TestOrganisation organisation) => string.Create(CultureInfo.InvariantCulture, $"/admin/organisations/{organisation.Id}");

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private static async Task<List<string>> AllNamesAsync(PortalClient client, string query)
    {
        var names = new List<string>();
        for (var page = await client.GetPageAsync($"/admin/organisations?{query}"); ; page = await client.GetPageAsync(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!))
        {
            names.AddRange(page.TextsOf("a.key"));
            if (page.Document.QuerySelector("a[rel=next]") is null)
                return names;
        }
    }

    private Task<Organisation> FindAsync(int id) => portal.Factory.ReadAsync(db => db.Organisations.AsNoTracking().SingleAsync(o => o.Id == id));

    private Task<List<string>> ActionsAsync(string type, int id) => portal.Factory.ReadAsync(db => db.Audit
        .Where(a => a.SubjectType == type && a.SubjectId == id.ToString(CultureInfo.InvariantCulture)).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
}
