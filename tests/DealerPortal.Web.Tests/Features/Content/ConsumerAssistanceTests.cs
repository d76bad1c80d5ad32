using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Content;

public sealed class ConsumerAssistanceTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Overview_LeadsToIt_AndItLeadsToTheForms()
    {
        using var client = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync()));

        Assert.NotNull((await client.GetPageAsync("/dossiers/new")).Document.QuerySelector("main a[href='/consumer-assistance']"));
        var page = await client.GetPageAsync("/consumer-assistance");

        Assert.Equal("Assistance pour consommateurs", page.TextOf("h1"));
        Assert.Contains("Posez la question du client à la Dealerline", page.TextOf("aside"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/dossiers/new/repair']"));
    }

    [Fact]
    public async Task Get_WhereTheHouseHasAConsumerService_NamesIt()
    {
        using var factory = new PortalFactory { Settings = { ["Brand:ConsumerPhone"] = "+32 4 000 00 20", ["Brand:ConsumerSite"] = "https://conso.example/aide" } };
        using var client = await factory.NewClientAsync(await factory.Data.CreateMemberAsync(await factory.Data.CreateOrganisationAsync()));

        var page = await client.GetPageAsync("/consumer-assistance");

        Assert.NotNull(page.Document.QuerySelector("main a[href='tel:+3240000020']"));
        Assert.NotNull(page.Document.QuerySelector("main a[href='https://conso.example/aide']"));
        Assert.DoesNotContain("Dealerline", page.MainText, StringComparison.Ordinal);
    }
}
