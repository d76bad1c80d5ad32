using System.Globalization;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>With which branch a form begins.</summary>
public sealed class BranchDefaultTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    public static TheoryData<string> Slugs => ["repair", "missing-accessory", "return-request", "appliance-pickup"];

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Start_BeginsWithTheDefault_UntilItIsClosed(string slug)
    {
        var (organisation, second, third) = await ThreeBranchesAsync();
        using var client = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation));
        Assert.Equal("", await ShownAsync(client, slug));

        await portal.Data.ChangeBranchAsync(second, branch => branch.DefaultSince = portal.Factory.Now);
        Assert.Equal(Id(second), await ShownAsync(client, slug));

        await portal.Data.ChangeBranchAsync(second, branch => branch.DeactivatedAt = portal.Factory.Now);
        Assert.Equal("", await ShownAsync(client, slug));

        await portal.Data.ChangeBranchAsync(third, branch => branch.DeactivatedAt = portal.Factory.Now);
        Assert.Equal(Id(organisation.BranchId), await ShownAsync(client, slug));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Start_BeginsWithWhateverWasSaidLast_TheDefaultOrTheBranchOfThePerson(string slug)
    {
        var (organisation, second, third) = await ThreeBranchesAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        using var client = await portal.Factory.NewClientAsync(person);
        await portal.Data.CreateDossierAsync(organisation, person, plan => plan.BranchId = third);
        Assert.Equal(Id(third), await ShownAsync(client, slug));

        portal.Factory.Time.Advance(TimeSpan.FromMinutes(1));
        await portal.Data.ChangeBranchAsync(second, branch => branch.DefaultSince = portal.Factory.Now);
        Assert.Equal(Id(second), await ShownAsync(client, slug));

        portal.Factory.Time.Advance(TimeSpan.FromMinutes(1));
        await portal.Data.CreateDossierAsync(organisation, person, plan => plan.BranchId = third);
        Assert.Equal(Id(third), await ShownAsync(client, slug));

        using var colleague = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation));
        Assert.Equal(Id(second), await ShownAsync(colleague, slug));
    }

    private async Task<(TestOrganisation Organisation, int Second, int Third)> ThreeBranchesAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateBranchAsync(organisation, "Rue Deux 2"), await portal.Data.CreateBranchAsync(organisation, "Rue Trois 3"));
    }

    private static async Task<string?> ShownAsync(PortalClient client, string slug) => (await client.GetPageAsync($"/dossiers/new/{slug}/{Guid.NewGuid():D}")).ValueOf("BranchId");

    private static string Id(int branch) => branch.ToString(CultureInfo.InvariantCulture);
}
