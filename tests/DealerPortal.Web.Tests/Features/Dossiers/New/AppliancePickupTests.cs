using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>The two entries and the reasons of a pickup; what every form does is in <see cref="FormTests"/>.</summary>
public sealed class AppliancePickupTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Slug = "appliance-pickup";
    private const string Serial = "7D6M5AB1800045N";

    [Theory]
    [InlineData("large-appliance-pickup", "Enlèvement gros blanc", "white-goods", null)]
    [InlineData("non-repairable-pickup", "Enlèvement d’un appareil non réparable", "non-repairable", "not-repairable")]
    public async Task Start_ByAnEntry_AnswersItsFirstQuestion(string entry, string title, string purpose, string? reason)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);

        var page = await filing.Client.FollowAsync(await filing.Client.GetPageAsync($"/dossiers/new/{entry}"));

        Assert.Equal(title, page.TextOf("h1"));
        Assert.Equal(purpose, page.Document.QuerySelector("[name=Purpose][checked]")!.GetAttribute("value"));
        Assert.Equal(reason, page.Document.QuerySelector("[name=Reason][checked]")?.GetAttribute("value"));
        Assert.Equal(filing.User.FullName, page.ValueOf("ContactName"));
        Assert.Contains($"/dossiers/new/{entry}", (await filing.Client.GetPageAsync("/dossiers/new")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WithARepairOfTheSameDevice_LinksIt()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var repair = await portal.Data.CreateDossierAsync(filing.Organisation, filing.User, plan => { plan.SerialNumber = Serial; plan.Status = RequestStatus.Completed; });

        var sent = await filing.SendAsync(("Reason", "not-repairable"), ("RepairNumber", repair.Number.Replace("-", " ", StringComparison.Ordinal)));

        var page = await filing.Client.FollowAsync(sent);
        Assert.NotNull(page.Document.QuerySelector($".pairs a[href='/dossiers/{repair.Number}']"));
    }

    [Fact]
    public async Task Send_WithAReportInsteadOfARepair_IsFiled()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);

        var sent = await filing.SendWithAsync(["Report"], ("Reason", "not-repairable"), ("RepairNumber", ""));

        Assert.Contains("Report.jpg", (await filing.Client.FollowAsync(sent)).TextOf("main .tiles"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WithADossierOfAnotherDevice_SaysWhichDeviceItIs()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, filing.User, change: dossier => dossier.SerialNumber = "0F4X3CD22000117");

        var page = await filing.SendAsync(("Reason", "doa-accepted"), ("DoaNumber", doa.Number));

        Assert.Equal("Erreur : Ce dossier concerne un autre appareil, numéro de série 0F4X3CD22000117", page.ErrorOf("DoaNumber"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Resolution.Refused)]
    public async Task Send_WithADoaThatIsNotAccepted_IsRefused(Resolution? decision)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, filing.User, decision);

        var page = await filing.SendAsync(("Reason", "doa-accepted"), ("DoaNumber", doa.Number));

        Assert.Equal("Erreur : Ce numéro n’est celui d’aucun DOA accepté que vous pouvez ouvrir", page.ErrorOf("DoaNumber"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_WithADossierOfSomebodyElse_SaysTheSameAsForNone(bool ofAColleague)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        using var stranger = await FormFiling.StartAsync(portal.Factory, Slug);
        var doa = ofAColleague
            ? await portal.Data.CreateDoaAsync(filing.Organisation, await portal.Data.CreateMemberAsync(filing.Organisation))
            : await portal.Data.CreateDoaAsync(stranger.Organisation, stranger.User);

        var page = await filing.SendAsync(("Reason", "doa-accepted"), ("DoaNumber", doa.Number));

        Assert.Equal("Erreur : Ce numéro n’est celui d’aucun DOA accepté que vous pouvez ouvrir", page.ErrorOf("DoaNumber"));
        Assert.DoesNotContain(doa.Number, page.TextOf("#related"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return-request", "Demander le retour")]
    [InlineData(Slug, "Demander l’enlèvement")]
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
        if (slug == Slug)
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
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, filing.User, decision);

        Assert.Null((await filing.Client.GetPageAsync($"/dossiers/{doa.Number}")).Document.QuerySelector("form[action$='/follow']"));
        Assert.Equal($"/dossiers/{doa.Number}", (await filing.Client.PostAsync($"/dossiers/{doa.Number}/follow", ("formSlug", Slug))).Location);
        Assert.Equal(0, await portal.Factory.ReadAsync(db => db.Drafts.AllOrganisations().CountAsync(d => d.OrganisationId == filing.Organisation.Id)));
    }

    [Fact]
    public async Task Follow_FromADossierOfSomebodyElse_DoesNotExist()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var doa = await portal.Data.CreateDoaAsync(filing.Organisation, await portal.Data.CreateMemberAsync(filing.Organisation, MembershipRole.Administrator));

        Assert.Equal(HttpStatusCode.NotFound, (await filing.Client.PostAsync($"/dossiers/{doa.Number}/follow", ("formSlug", Slug))).Status);
    }
}
