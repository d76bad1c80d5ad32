using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>What can be filed on the strength of an accepted DOA.</summary>
public sealed class FollowTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Return = "return-request";
    private const string Pickup = "appliance-pickup";
    private const string Serial = "7D6M5AB1800045N";

    [Theory]
    [InlineData("return-request", "Demander le retour")]
    [InlineData(Pickup, "Demander l’enlèvement")]
    public async Task Follow_FromAnAcceptedDoa_OpensTheFormPrefilledAndLinked(string slug, string label)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, filing.User, change: dossier => dossier.Reference = "COMPTOIR-9");
        var source = await filing.Client.GetPageAsync($"/dossiers/{doa.Number}");
        var button = Assert.Single(source.Document.QuerySelectorAll($"form[action$='/follow'] button[value={slug}]"));
        Assert.Equal(label, button.TextContent.Trim());

        var page = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{doa.Number}/follow", ("formSlug", slug)));

        Assert.Equal(("LW90T554/BE", Serial, "COMPTOIR-9"), (page.ValueOf("ModelCode"), page.ValueOf("SerialNumber"), page.ValueOf("Reference")));
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/dossiers/{doa.Number}']"));
        if (slug == Pickup)
            Assert.Equal(("doa-accepted", doa.Number), (page.Document.QuerySelector("[name=Reason][checked]")!.GetAttribute("value"), page.ValueOf("DoaNumber")));
        else
            Assert.Equal(("yes", "2026-11-18", "Écran noir dès le premier allumage."),
                (page.Document.QuerySelector("[name=Doa][checked]")!.GetAttribute("value"), page.ValueOf("PurchaseDate"), page.ValueOf("Description")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Resolution.Refused)]
    public async Task Follow_FromADoaThatIsNotAccepted_IsNotOffered(Resolution? decision)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Pickup);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, filing.User, decision);

        Assert.Null((await filing.Client.GetPageAsync($"/dossiers/{doa.Number}")).Document.QuerySelector("form[action$='/follow']"));
        Assert.Equal($"/dossiers/{doa.Number}", (await filing.Client.PostAsync($"/dossiers/{doa.Number}/follow", ("formSlug", Pickup))).Location);
        Assert.Equal(0, await portal.Factory.ReadAsync(db => db.Drafts.AllOrganisations().CountAsync(d => d.OrganisationId == filing.Organisation.Id)));
    }

    [Fact]
    public async Task Follow_FromADossierOfSomebodyElse_DoesNotExist()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Pickup);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, await portal.Data.CreateMemberAsync(filing.Organisation, MembershipRole.Administrator));

        Assert.Equal(HttpStatusCode.NotFound, (await filing.Client.PostAsync($"/dossiers/{doa.Number}/follow", ("formSlug", Pickup))).Status);
    }

    [Fact]
    public async Task Return_OfTheDeviceOfTheDoa_NeedsItsPhotosNoSecondTime()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Return);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, filing.User);
        var opened = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{doa.Number}/follow", ("formSlug", Return)));
        Assert.Contains("sont déjà dans le DOA accepté", opened.MainText, StringComparison.Ordinal);

        var other = await filing.Client.SubmitAsync(opened, "#dossier", ("SerialNumber", "0F4X3CD22000117"), ("ReadyFrom", "2026-11-25"));
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Contains("Joignez une photo du numéro de série", other.TextOf("#SerialPlate-e"), StringComparison.Ordinal);
        Assert.Contains("Joignez la preuve d’achat", other.TextOf("#ProofOfPurchase-e"), StringComparison.Ordinal);

        var sent = await filing.Client.SubmitAsync(other, "#dossier", ("SerialNumber", Serial));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.NotNull((await filing.Client.FollowAsync(sent)).Document.QuerySelector($"main a[href='/dossiers/{doa.Number}']"));
    }
}
