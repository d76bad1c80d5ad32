using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Api;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin.ServiceCentres;

public sealed class CentresTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task PostCentre_ByAPortalAdministrator_AddsIt_AndATakenNameIsRefusedAtTheField()
    {
        using var client = await AdministratorAsync();
        var name = $"Atelier {Guid.NewGuid():N}";

        var added = await client.PostFormAsync("/admin/service-centres", ("Form.Name", $"  {name} "));
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        Assert.Equal(name, (await client.FollowAsync(added)).TextOf("h1"));
        var again = await client.PostFormAsync("/admin/service-centres", ("Form.Name", name));
        var empty = await client.PostFormAsync("/admin/service-centres", ("Form.Name", " "));

        Assert.Equal((HttpStatusCode.BadRequest, name), (again.Status, again.ValueOf("Form.Name")));
        Assert.NotNull(again.ErrorOf("Form.Name"));
        Assert.NotNull(empty.ErrorOf("Form.Name"));
        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.ServiceCentres.CountAsync(c => c.Name == name)));
    }

    [Fact]
    public async Task PostName_FromAPageThatIsOld_IsAConflictThatKeepsTheText()
    {
        var centre = await portal.Data.CreateCentreAsync();
        using var client = await AdministratorAsync();
        var url = $"/admin/service-centres/{centre.Id}";
        var old = await client.GetPageAsync(url);
        await client.SubmitAsync(await client.GetPageAsync(url), "#rename", ("Form.Name", centre.Name + " B"));

        var refused = await client.SubmitAsync(old, "#rename", ("Form.Name", centre.Name + " C"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains(centre.Name + " B", refused.ErrorOf("Form.Name"), StringComparison.Ordinal);
        Assert.Equal(centre.Name + " C", refused.ValueOf("Form.Name"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(refused, "#rename")).Status);
        Assert.Equal(centre.Name + " C", (await client.GetPageAsync(url)).TextOf("h1"));
    }

    [Fact]
    public async Task PostKey_ShowsItOnce_AndItOpensTheApiUntilItIsRevoked()
    {
        var centre = await portal.Data.CreateCentreAsync();
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        using var client = await AdministratorAsync();
        var url = $"/admin/service-centres/{centre.Id}";

        var shown = await client.GetPageAsync((await client.PostAsync($"{url}/keys")).Location!.Split('#')[0]);
        var key = shown.Document.QuerySelector("#secret")!.GetAttribute("value")!;
        var later = await client.GetPageAsync(url);

        Assert.True(shown.Headers.CacheControl!.NoStore);
        Assert.StartsWith("dpsc_", key, StringComparison.Ordinal);
        Assert.Null(later.Document.QuerySelector("#secret"));
        Assert.DoesNotContain(key, later.Body, StringComparison.Ordinal);
        Assert.Contains(key[..ServiceCentreKey.PrefixLength], later.TextOf("#keys"), StringComparison.Ordinal);
        using var machine = new Machine(portal.Factory, key);
        Assert.Equal(200, (await machine.ReportAsync(dossier.Number, Machine.Event("k", "ORDER-RECEIVED", portal.Factory.Now))).Status);

        var newest = later.Document.QuerySelectorAll("#keys form[action$=revoke]")[0].GetAttribute("action")!;
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostAsync(newest)).Status);
        Assert.Equal(401, (await machine.ReportAsync(dossier.Number, Machine.Event("k2", "COMPLETED", portal.Factory.Now))).Status);
        Assert.Contains("Révoquée", (await client.GetPageAsync(url)).TextOf("#keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BySupport_ShowsCentresAndKeysWithoutTheForms()
    {
        var centre = await portal.Data.CreateCentreAsync();
        using var client = await SupportAsync();

        var page = await client.GetPageAsync($"/admin/service-centres/{centre.Id}");

        Assert.Contains(centre.Key[..ServiceCentreKey.PrefixLength], page.TextOf("#keys"), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
        Assert.Empty((await client.GetPageAsync("/admin/service-centres")).Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task PostDeactivate_ShowsIt_AndNoFileIsTakenAnyMore()
    {
        var centre = await portal.Data.CreateCentreAsync();
        using var client = await AdministratorAsync();
        var url = $"/admin/service-centres/{centre.Id}";

        await client.PostAsync($"{url}/deactivate");

        Assert.Equal("Désactivé", (await client.GetPageAsync(url)).TextOf(".lead-line .status"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"{url}/upload")).Status);
        await client.PostAsync($"{url}/activate");
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"{url}/upload")).Status);
    }

    [Fact]
    public async Task Events_ArePaged_Filtered_AndTellWhatBecameOfEach()
    {
        var centre = await portal.Data.CreateCentreAsync();
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        using var machine = new Machine(portal.Factory, centre.Key);
        for (var i = 0; i < 52; i++)
            await machine.ReportAsync(dossier.Number, Machine.Event($"e{i}", i == 0 ? "COMPLETED" : "NOBODY-KNOWS", portal.Factory.Now));
        using var client = await SupportAsync();
        var url = $"/admin/service-centres/{centre.Id}/events";

        var first = await client.GetPageAsync(url);
        var second = await client.GetPageAsync(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var applied = await client.GetPageAsync($"{url}?outcome=Applied");

        Assert.Equal((50, 2), (first.TextsOf("tbody tr").Count, second.TextsOf("tbody tr").Count));
        Assert.Contains("Appliqué", Assert.Single(applied.TextsOf("tbody tr")), StringComparison.Ordinal);
        Assert.Contains("\"eventId\":\"e0\"", applied.TextOf("tbody pre"), StringComparison.Ordinal);
        Assert.Equal($"/admin/dossiers/{dossier.Number}", applied.Document.QuerySelector("tbody a.key")!.GetAttribute("href"));
    }

    [Fact]
    public async Task PostCentreOfADossier_GivesItToThatCentre_AndOnlyStaffReadsSo()
    {
        var (first, second) = (await portal.Data.CreateCentreAsync(), await portal.Data.CreateCentreAsync());
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await SupportAsync();
        var url = $"/admin/dossiers/{dossier.Number}";

        var chosen = await client.SubmitAsync(await client.GetPageAsync(url), "#service-centre", ("centre", second.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        Assert.Contains($"Centre de service choisi : {second.Name}", (await client.GetPageAsync(url)).TextOf(".timeline"), StringComparison.Ordinal);
        using var dealer = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain(second.Name, (await dealer.GetPageAsync($"/dossiers/{dossier.Number}")).Body, StringComparison.Ordinal);
        using var machine = new Machine(portal.Factory, first.Key);
        Assert.Equal(404, (await machine.ReportAsync(dossier.Number, Machine.Event("n", "COMPLETED", portal.Factory.Now))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"{url}/service-centre", ("centre", "99999999"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"{url}/service-centre", ("centre", "x"))).Status);
    }

    private async Task<PortalClient> AdministratorAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
}
