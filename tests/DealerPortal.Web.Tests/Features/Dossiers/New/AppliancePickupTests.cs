using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;

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

    [Fact]
    public async Task Slip_OnceAuthorised_TellsTheDriverWhomAndHow()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        await filing.SendAsync();
        var dossier = Assert.Single(await filing.DossiersAsync());
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#return", ("Return.Status", "Authorised"));

        var sheet = (await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}/slip")).TextOf("article.sheet");
        Assert.All(
            (string[])["Bon d’enlèvement", dossier.Number, "Jean Exemple", "+32 470 00 00 10", "étage : 2, avec ascenseur, 9 h – 17 h", "25 novembre 2026", "Appareil débranché, vidé et dégivré"],
            text => Assert.Contains(text, sheet, StringComparison.Ordinal));
        Assert.NotNull((await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}")).Document.QuerySelector($"a[href='/dossiers/{dossier.Number}/slip']"));
    }
}
