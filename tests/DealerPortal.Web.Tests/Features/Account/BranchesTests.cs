using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Account;

public sealed class BranchesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly (string Name, string? Value)[] _branch =
        [("Street", "Rue du Modèle 3"), ("PostalCode", "4800"), ("Town", "Verviers"), ("Country", "BE"), ("BranchPhone", "04 000 00 16")];

    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData("Street", "", "Enter the street and number.")]
    [InlineData("PostalCode", "480", "A postal code has four digits.")]
    [InlineData("Town", " ", "Enter the town.")]
    [InlineData("Country", "", "Choose Belgium or Luxembourg.")]
    [InlineData("BranchPhone", "", "Enter a phone number.")]
    public async Task Add_WhenOneFieldIsWrong_SaysSoThereAndKeepsTheRest(string field, string typed, string message)
    {
        var (_, client) = await AdministratorAsync("en");

        var page = await client.PostFormAsync("/account/branches/new", [.. _branch.Where(v => v.Name != field), (field, typed)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([message], page.TextsOf(".error-summary li"));
        Assert.EndsWith(message, page.ErrorOf(field), StringComparison.Ordinal);
        foreach (var (name, value) in _branch.Where(v => v.Name != field))
            Assert.Equal(value, page.ValueOf(name));
    }

    [Theory]
    [InlineData("fr", "Erreur : 200 caractères au plus.")]
    [InlineData("nl", "Fout: Hoogstens 200 tekens.")]
    [InlineData("de", "Fehler: Höchstens 200 Zeichen.")]
    [InlineData("en", "Error: 200 characters at most.")]
    public async Task Edit_WhenTheHoursAreTooLong_SaysSoAtTheFieldAndKeepsThem(string language, string message)
    {
        var (organisation, client) = await AdministratorAsync(language);
        var hours = new string('h', Branch.OpeningHoursMaxLength + 1);

        var page = await client.PostFormAsync($"/account/branches/{organisation.BranchId}", [.. _branch, ("ContactName", "Anne Spécimen"), ("OpeningHours", hours)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(message, page.ErrorOf("OpeningHours"));
        Assert.Equal((hours, "Anne Spécimen"), (page.ValueOf("OpeningHours"), page.ValueOf("ContactName")));
        Assert.Null((await BranchAsync(organisation.BranchId)).ContactName);
    }

    [Fact]
    public async Task Edit_WithContactAndHours_ShowsThemInTheList_AndClearsThemAgain()
    {
        var (organisation, client) = await AdministratorAsync();
        var url = $"/account/branches/{organisation.BranchId}";

        var saved = await client.PostFormAsync(url, [.. _branch, ("ContactName", " Anne  Spécimen "), ("OpeningHours", "lu–sa 9 h–18 h 30")]);

        Assert.Contains($"Anne Spécimen {PhoneNumber.Display("+3240000016")} lu–sa 9 h–18 h 30", (await client.FollowAsync(saved)).TextOf("tbody tr"), StringComparison.Ordinal);
        var form = await client.GetPageAsync(url);
        Assert.Equal(("Anne Spécimen", "lu–sa 9 h–18 h 30"), (form.ValueOf("ContactName"), form.ValueOf("OpeningHours")));
        await client.PostFormAsync(url, ("ContactName", " "), ("OpeningHours", ""));
        var branch = await BranchAsync(organisation.BranchId);
        Assert.Equal((null, null), (branch.ContactName, branch.OpeningHours));
    }

    [Fact]
    public async Task Add_AtAnAddressThatIsThere_CompletesThatBranchAndOverwritesNothing()
    {
        var (organisation, client) = await AdministratorAsync();
        await client.PostFormAsync("/account/branches/new", [.. _branch, ("OpeningHours", "9 h–18 h")]);

        await client.PostFormAsync("/account/branches/new", [.. _branch, ("ContactName", "Anne Spécimen"), ("OpeningHours", "jamais")]);

        var branch = await _factory.ReadAsync(db => db.Branches.AllOrganisations().SingleAsync(b => b.OrganisationId == organisation.Id && b.Town == "Verviers"));
        Assert.Equal(("Anne Spécimen", "9 h–18 h"), (branch.ContactName, branch.OpeningHours));
    }

    [Fact]
    public async Task Default_IsChosenShownAndTakenBack()
    {
        var (organisation, client) = await AdministratorAsync();
        Assert.Null((await client.GetPageAsync("/account/branches")).Document.QuerySelector("[name=Default]"));
        var second = await _factory.Data.CreateBranchAsync(organisation, "Rue Deux 2");

        var set = await client.SubmitAsync(await client.GetPageAsync("/account/branches"), "form[action$=default]", ("Default", $"{second}"));

        var page = await client.FollowAsync(set);
        Assert.Contains("commencent par ce point de vente", page.TextOf(".flash"), StringComparison.Ordinal);
        Assert.Equal($"{second}", page.ValueOf("Default"));
        Assert.Contains("Par défaut", page.Document.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("Rue Deux 2", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        await client.SubmitAsync(page, "form[action$=default]", ("Default", ""));
        Assert.Null((await BranchAsync(second)).DefaultSince);
    }

    [Theory]
    [InlineData("fr", "Choisissez un point de vente actif.")]
    [InlineData("nl", "Kies een actieve vestiging.")]
    [InlineData("de", "Wählen Sie eine aktive Filiale.")]
    [InlineData("en", "Choose an active branch.")]
    public async Task Default_ThatIsClosedOrForeignOrNoBranch_IsRefusedAtTheField(string language, string message)
    {
        var (organisation, client) = await AdministratorAsync(language);
        var closed = await _factory.Data.CreateBranchAsync(organisation, "Rue Deux 2");
        await client.PostAsync($"/account/branches/{closed}/close");
        var other = await _factory.Data.CreateOrganisationAsync();

        foreach (var chosen in (string[])[$"{closed}", $"{other.BranchId}", "ailleurs"])
        {
            var page = await client.PostAsync("/account/branches/default", ("Default", chosen));

            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.EndsWith(message, page.ErrorOf("Default"), StringComparison.Ordinal);
        }

        Assert.All([await BranchAsync(closed), await BranchAsync(other.BranchId), await BranchAsync(organisation.BranchId)], branch => Assert.Null(branch.DefaultSince));
    }

    [Fact]
    public async Task Add_WhenValid_IsListedAndFoundByItsTown()
    {
        var (organisation, client) = await AdministratorAsync();
        var town = $"Vervierstown{organisation.Id}";

        var answer = await client.PostFormAsync("/account/branches/new", [.. _branch.Where(v => v.Name != "Town"), ("Town", town)]);

        Assert.Contains(town, (await client.FollowAsync(answer)).MainText, StringComparison.Ordinal);
        await using var scope = _factory.Services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<OrganisationSearch>().FindAsync(town, CancellationToken.None);
        Assert.Equal(organisation.Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task Edit_WhenValid_ChangesTheBranchAndNothingThatTheFormDoesNotHave()
    {
        var (organisation, client) = await AdministratorAsync();
        var other = await _factory.Data.CreateOrganisationAsync();

        var answer = await client.PostFormAsync(
            $"/account/branches/{organisation.BranchId}", [.. _branch, ("OrganisationId", $"{other.Id}"), ("Id", $"{other.BranchId}"), ("DeactivatedAt", "2026-01-01")]);

        Assert.Equal("/account/branches", answer.Location);
        var branch = await BranchAsync(organisation.BranchId);
        Assert.Equal((organisation.Id, "Rue du Modèle 3, 4800 Verviers", "+3240000016", (DateTime?)null), (branch.OrganisationId, branch.AddressLine, branch.Phone, branch.DeactivatedAt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/close")]
    [InlineData("/open")]
    public async Task Change_WhenTheBranchIsOfAnotherOrganisation_DoesNotExist(string move)
    {
        var (_, client) = await AdministratorAsync();
        var other = await _factory.Data.CreateOrganisationAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/account/branches/{other.BranchId}{move}", _branch)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/account/branches/{other.BranchId}")).Status);
        var branch = await BranchAsync(other.BranchId);
        Assert.NotEqual("Verviers", branch.Town);
        Assert.Null(branch.DeactivatedAt);
    }

    [Fact]
    public async Task Close_LeavesOneOpen_AlsoWhenTwoAreClosedAtOnce()
    {
        var (organisation, client) = await AdministratorAsync();
        var second = await _factory.Data.CreateBranchAsync(organisation, "Rue Deux 2");

        var answers = await Task.WhenAll(
            client.PostAsync($"/account/branches/{organisation.BranchId}/close"), client.PostAsync($"/account/branches/{second}/close"));

        var refused = Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict);
        Assert.Contains("garde au moins un point de vente", refused.TextOf(".error-summary"), StringComparison.Ordinal);
        var closed = await _factory.ReadAsync(db => db.Branches.AllOrganisations().SingleAsync(b => b.OrganisationId == organisation.Id && b.DeactivatedAt != null));
        await client.PostAsync($"/account/branches/{closed.Id}/open");
        Assert.Null((await BranchAsync(closed.Id)).DeactivatedAt);
    }

    [Fact]
    public async Task Employee_ReadsAndChangesNothing()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(organisation));

        var page = await client.GetPageAsync("/account/branches");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("main form, main a.btn"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetPageAsync("/account/branches/new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/account/branches/new", _branch)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"/account/branches/{organisation.BranchId}/close")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/account/branches/default", ("Default", $"{organisation.BranchId}"))).Status);
        Assert.Null((await BranchAsync(organisation.BranchId)).DefaultSince);
    }

    private async Task<(TestOrganisation Organisation, PortalClient Client)> AdministratorAsync(string language = "fr")
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        return (organisation, await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, language: language)));
    }

    private Task<Branch> BranchAsync(int id) => _factory.ReadAsync(db => db.Branches.AllOrganisations().AsNoTracking().SingleAsync(b => b.Id == id));
}
