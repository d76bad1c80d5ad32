using System.Net;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Two agents on one dossier see each other.</summary>
public sealed class PresenceTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Page_ShowsWhoElseHasItOpen_UntilTheyLeaveOrAreNotHeardOf()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        var url = $"/admin/dossiers/{dossier.Number}";
        var (first, second) = (await portal.Data.CreateStaffAsync(), await portal.Data.CreateStaffAsync());
        using var one = await portal.Factory.NewClientAsync(first);
        using var two = await portal.Factory.NewClientAsync(second);

        Assert.Equal("", (await one.GetPageAsync(url)).TextOf("#presence"));
        Assert.Contains($"{first.FullName} a aussi ce dossier ouvert", (await two.GetPageAsync(url)).TextOf("#presence"), StringComparison.Ordinal);
        Assert.Contains($"{second.FullName} a aussi", (await one.PostAsync($"{url}/presence", ("writing", "true"))).TextOf("body"), StringComparison.Ordinal);
        Assert.Contains($"{first.FullName} écrit une réponse", (await two.PostAsync($"{url}/presence", ("writing", "false"))).TextOf("body"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await two.PostAsync($"{url}/presence/leave")).Status);
        Assert.DoesNotContain(second.FullName, (await one.PostAsync($"{url}/presence", ("writing", "false"))).Body, StringComparison.Ordinal);
        portal.Factory.Time.Advance(TimeSpan.FromSeconds(46));
        Assert.DoesNotContain(first.FullName, (await two.PostAsync($"{url}/presence", ("writing", "false"))).Body, StringComparison.Ordinal);
    }
}
