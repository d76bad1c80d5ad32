using System.Net;
using System.Text.Json;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

public sealed class PickingTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Model_IsChosenFromPagesWithoutScripts()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        for (var i = 0; i < 22; i++)
            await portal.Data.CreateModelAsync($"PAGED{i:00}");

        var pick = await filing.SendAsync(("ModelCode", "paged"), ("Pick", "model"), ("Description", "typed before"));
        Assert.Equal(filing.Url + "/model", pick.Location);
        var second = await filing.Client.GetPageAsync(filing.Url + "/model?q=paged&page=2");
        Assert.Equal(["PAGED20", "PAGED21"], second.TextsOf("main li .code"));
        var chosen = await filing.Client.SubmitAsync(second, "form[method=post][action$='/model']", ("code", "PAGED21"));

        var page = await filing.Client.FollowAsync(chosen);
        Assert.Equal(("PAGED21", "typed before"), (page.ValueOf("ModelCode"), page.ValueOf("Description")));
    }

    [Fact]
    public async Task Device_ShowsTheOrganisationsOwnWithoutEndUserData()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var colleague = await portal.Data.CreateMemberAsync(filing.Organisation);
        await portal.Data.CreateDossierAsync(filing.Organisation, colleague, d =>
        {
            (d.ModelCode, d.SerialNumber) = ("LW90T554/BE", "OWN000000000001");
            (d.EndUserName, d.EndUserTown, d.EndUserPhone) = ("Canari Jaune", "Canariville", "+32470123456");
        });
        var elsewhere = await portal.Data.CreateOrganisationAsync();
        await portal.Data.CreateDossierAsync(elsewhere, await portal.Data.CreateMemberAsync(elsewhere), d => d.SerialNumber = "FOREIGN00000001");

        var list = await filing.Client.GetPageAsync(filing.Url + "/device");

        Assert.Contains("OWN000000000001", list.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("Canari", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("470123456", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("FOREIGN", list.Body, StringComparison.Ordinal);

        foreach (var (typed, isFound) in ((string, bool)[])[("own0", true), ("OW", true), ("lw90t554/be", true), ("OWN000000000002", false), ("canari", false), ("FOREIGN", false)])
            Assert.Equal(isFound, (await filing.Client.GetPageAsync($"{filing.Url}/device?q={typed}")).MainText.Contains("OWN000000000001", StringComparison.Ordinal));

        var page = await filing.Client.FollowAsync(await filing.Client.SubmitAsync(list, "form[method=post][action$='/device']", ("serial", "OWN000000000001")));
        Assert.Equal(("LW90T554/BE", "OWN000000000001"), (page.ValueOf("ModelCode"), page.ValueOf("SerialNumber")));
    }

    [Fact]
    public async Task Branch_IsAddedInPlaceAndChosen()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SaveAsync(filing.Client, 0, ("Description", "typed before"));

        var refused = await filing.Client.PostFormAsync(filing.Url + "/branch", ("Street", ""), ("PostalCode", "40"), ("Town", "Namur"), ("OrganisationId", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(2, refused.TextsOf(".error-summary a").Count);
        Assert.Equal("Namur", refused.ValueOf("Town"));
        var added = await filing.Client.PostFormAsync(filing.Url + "/branch", ("Street", "Place du Test 1"), ("PostalCode", "5000"), ("Town", "Namur"), ("OrganisationId", "1"));

        await filing.Client.PostFormAsync(filing.Url + "/branch", ("Street", "Place du Test 1"), ("PostalCode", "5000"), ("Town", "Namur"), ("OrganisationId", "1"));
        var branch = await portal.Factory.ReadAsync(db => db.Branches.AllOrganisations().SingleAsync(b => b.OrganisationId == filing.Organisation.Id && b.Town == "Namur"));
        var page = await filing.Client.FollowAsync(added);
        Assert.Equal(($"{branch.Id}", "typed before"), (page.ValueOf("BranchId"), page.ValueOf("Description")));
        Assert.Equal("branch", page.Document.QuerySelector("input[name=Location][checked]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Models_AnswersATypeAheadInTheReadersLanguage()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory, language: "nl");
        var model = await portal.Data.CreateModelAsync("TYPEAHEAD-9/BE");

        Assert.Equal("[]", (await filing.Client.GetPageAsync("/catalogue/models?q=t")).Body);
        Assert.Equal("[]", (await filing.Client.GetPageAsync("/catalogue/models")).Body);
        var found = JsonDocument.Parse((await filing.Client.GetPageAsync("/catalogue/models?q=typeahead%20-9")).Body).RootElement[0];

        Assert.Equal("TYPEAHEAD-9/BE", found.GetProperty("value").GetString());
        Assert.Equal($"{model.Name.Nl} · Pick-up", found.GetProperty("detail").GetString());
    }
}
