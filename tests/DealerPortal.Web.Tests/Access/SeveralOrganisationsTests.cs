using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Access;

/// <summary>A person who works for two organisations: each address, form and tab stays in its own.</summary>
public sealed class SeveralOrganisationsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    private static readonly string[] Areas = ["/dossiers/", "/credits/", "/files/", "/account/"];

    /// <summary>Every page of members that names something; a new one is among them by itself.</summary>
    private static IEnumerable<string> NamedPages => AccessMatrixTests.Keys.Where(key => key.Contains('{', StringComparison.Ordinal) && Areas.Any(area => key.StartsWith($"GET {area}", StringComparison.Ordinal)));

    [Fact]
    public async Task PageThatNamesSomething_OpensInItsOrganisation_WhereverThePersonWorks()
    {
        using var world = await AccessWorld.CreateAsync(_factory);
        var elsewhere = await _factory.Data.CreateOrganisationAsync();
        // The first place is the one that a session begins with.
        var person = await _factory.Data.CreateMemberAsync(elsewhere);
        await _factory.Data.AddPlaceAsync(person, world.Organisation, MembershipRole.Administrator);
        using var client = await _factory.NewClientAsync(person);

        Assert.NotEmpty(NamedPages);
        foreach (var key in NamedPages)
        {
            var page = await client.GetPageAsync(Route.Fill(key.Split(' ')[1], world.RouteValues));

            var isRefused = AccessMatrixTests.RefusedBy(key).Contains(Persona.Administrator);
            Assert.True(isRefused ? page.Status == HttpStatusCode.NotFound : (int)page.Status < 400, $"{key}: {page.Status}");
        }
    }

    [Fact]
    public async Task Dossier_OfTheOtherOrganisation_SaysSoAndOffersToSwitch()
    {
        var (first, second, person, client) = await InTwoAsync();
        var dossier = await _factory.Data.CreateDossierAsync(second, person);

        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}");

        Assert.Contains(second.Name, page.TextOf(".topbar .org-name"), StringComparison.Ordinal);
        Assert.Contains(first.Name, page.TextOf("main > form.notice"), StringComparison.Ordinal);
        Assert.DoesNotContain(dossier.Number, (await client.GetPageAsync("/dossiers")).Body, StringComparison.Ordinal);
        Assert.Contains(dossier.Number, (await client.GetPageAsync($"/dossiers?organisation={second.Id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_AreThoseOfTheOrganisationOfThePage()
    {
        var (first, second, person, client) = await InTwoAsync(MembershipRole.Administrator);
        var colleague = await _factory.Data.CreateMemberAsync(first);
        var theirs = await _factory.Data.CreateDossierAsync(first, colleague);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/dossiers/{theirs.Number}?organisation={second.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetPageAsync("/account/users")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"/account/users?organisation={second.Id}")).Status);
        Assert.Equal(person.Id, await _factory.ReadAsync(db => db.Memberships.Where(m => m.OrganisationId == second.Id && m.Role == MembershipRole.Administrator).Select(m => m.UserId).SingleAsync()));
    }

    [Fact]
    public async Task Form_OfATabThatWasOpenedBeforeSwitching_ActsInTheOrganisationItShows()
    {
        var (first, second, _, client) = await InTwoAsync(MembershipRole.Administrator, MembershipRole.Administrator);
        var tab = await client.GetPageAsync("/account/branches/new");

        await client.PostAsync("/account/organisations/choose", ("organisationId", $"{second.Id}"));
        var answer = await client.SubmitAsync(tab, "main form[method=post]", ("Street", "Rue du Modèle 3"), ("PostalCode", "4800"), ("Town", "Verviers"), ("Country", "BE"), ("BranchPhone", "04 000 00 16"));

        Assert.Equal($"/account/branches?organisation={first.Id}", answer.Location);
        var owners = await _factory.ReadAsync(db => db.Branches.AllOrganisations().Where(b => b.Street == "Rue du Modèle 3" && (b.OrganisationId == first.Id || b.OrganisationId == second.Id)).Select(b => b.OrganisationId).ToListAsync());
        Assert.Equal([first.Id], owners);
        Assert.Contains("Verviers", (await client.FollowAsync(answer)).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormThatIsBegunAndSavedAfterSwitching_BelongsToTheOrganisationItWasOpenedIn()
    {
        var (first, second, _, client) = await InTwoAsync();
        var tab = await client.FollowAsync(await client.GetPageAsync("/dossiers/new/technical-question"));

        await client.PostAsync("/account/organisations/choose", ("organisationId", $"{second.Id}"));
        await client.SubmitAsync(tab, "form[data-draft]", ("Subject", "Un filtre"), ("Save", "1"));

        var draft = Guid.Parse(tab.Url.Split('?')[0].Split('/')[^1]);
        Assert.Equal(first.Id, await _factory.ReadAsync(db => db.Drafts.AllOrganisations().Where(d => d.Id == draft).Select(d => d.OrganisationId).SingleOrDefaultAsync()));
        Assert.Contains("Un filtre", (await client.GetPageAsync(tab.Url.Split('?')[0])).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_IsKeptAtTheNextSignIn()
    {
        var (_, second, person, client) = await InTwoAsync();

        var answer = await client.PostAsync("/account/organisations/choose", ("organisationId", $"{second.Id}"));

        Assert.Equal($"/?organisation={second.Id}", answer.Location);
        Assert.Contains(second.Name, (await client.GetPageAsync("/")).TextOf(".topbar .org-name"), StringComparison.Ordinal);
        var later = await _factory.NewClientAsync(person);
        Assert.Contains(second.Name, (await later.GetPageAsync("/")).TextOf(".topbar .org-name"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dossiers")]
    [InlineData("/account/branches")]
    [InlineData("/credits")]
    public async Task Tab_OfAnOrganisationThatWasLeft_GoesOnInNoOther(string path)
    {
        var (first, second, _, client) = await InTwoAsync();

        var left = await client.PostAsync($"/account/organisations/{second.Id}/leave");

        Assert.Equal($"/account/organisations?organisation={first.Id}", left.Location);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"{path}?organisation={second.Id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(path)).Status);
        // Signing out is about no organisation.
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostAsync($"/sign-out?organisation={second.Id}")).Status);
    }

    [Fact]
    public async Task Leave_ByTheLastAdministrator_IsRefusedAndSaysWhatToDo()
    {
        var (_, second, _, client) = await InTwoAsync(MembershipRole.Administrator);

        var page = await client.PostAsync($"/account/organisations/{second.Id}/leave");

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("seul administrateur", page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"/dossiers?organisation={second.Id}")).Status);
    }

    [Fact]
    public async Task Join_ByAMember_AsksTheOtherOrganisationsAdministrators_AndChangesNothingHere()
    {
        var here = await _factory.Data.CreateOrganisationAsync();
        var other = await _factory.Data.CreateOrganisationAsync();
        var administrator = await _factory.Data.CreateMemberAsync(other, MembershipRole.Administrator);
        var person = await _factory.Data.CreateMemberAsync(here);
        var client = await _factory.NewClientAsync(person);
        var page = await client.GetPageAsync($"/register/organisation?q={Uri.EscapeDataString(other.Name)}&pick={other.Id}");

        var answer = await client.SubmitAsync(page, "#join", ("OrganisationId", $"{other.Id}"));

        Assert.Equal("/account/organisations", answer.Location);
        var list = await client.FollowAsync(answer);
        Assert.Contains(other.Name, list.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/dossiers?organisation={other.Id}")).Status);
        var request = await _factory.ReadAsync(db => db.Memberships.Where(m => m.UserId == person.Id && m.OrganisationId == other.Id).Select(m => m.Id).SingleAsync());
        var decided = await _factory.NewClientAsync(administrator);
        await decided.PostAsync($"/account/users/{request}/approve");
        _factory.Time.Advance(SessionsRead);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"/dossiers?organisation={other.Id}")).Status);
    }

    private static readonly TimeSpan SessionsRead = Core.Accounts.SessionService.CacheLifetime + TimeSpan.FromSeconds(1);

    /// <summary>Somebody who belongs to two, the first of which a session begins with.</summary>
    private async Task<(TestOrganisation First, TestOrganisation Second, TestUser Person, PortalClient Client)> InTwoAsync(
        MembershipRole inSecond = MembershipRole.Employee, MembershipRole inFirst = MembershipRole.Employee)
    {
        var (first, second) = (await _factory.Data.CreateOrganisationAsync(), await _factory.Data.CreateOrganisationAsync());
        var person = await _factory.Data.CreateMemberAsync(first, inFirst);
        await _factory.Data.AddPlaceAsync(person, second, inSecond);
        return (first, second, person, await _factory.NewClientAsync(person));
    }
}
