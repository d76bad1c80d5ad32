using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>The two entries and the reasons of a pickup; what every form does is in <see cref="FormTests"/>.</summary>
public sealed class AppliancePickupTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Slug = "appliance-pickup";
    private const string Serial = "7D6M5AB1800045N";
    private static readonly string Phone = PhoneNumber.Display("+3240000012");
    private static readonly string OtherPhone = PhoneNumber.Display("+3240000077");

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
    public async Task Start_WithABranchThatNamesAContact_BeginsWithItsContactPhoneAndHours()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        await portal.Data.ChangeBranchAsync(filing.Organisation.BranchId, branch => (branch.ContactName, branch.OpeningHours) = ("Anne Spécimen", "lu–sa 9 h–18 h 30"));

        var page = await filing.Client.GetPageAsync(filing.Url);

        Assert.Equal(("Anne Spécimen", Phone, "lu–sa 9 h–18 h 30"), Place(page));
        Assert.StartsWith("Contact et heures repris du point de vente", page.TextOf("#place-note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WithAnotherBranch_BringsWhatNobodyTyped_AndKeepsTheRest()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var (first, second) = await TwoContactsAsync(filing);
        var blank = await filing.Client.GetPageAsync(filing.Url);
        Assert.Equal((filing.User.FullName, "", ""), Place(blank));

        var chosen = await SaveAsync(filing, blank, ("BranchId", first));
        Assert.Equal(("Anne Spécimen", Phone, "9 h–18 h"), Place(chosen));
        // The page comes back with them as well, although nobody saved them yet.
        Assert.Equal(("Anne Spécimen", Phone, "9 h–18 h"), Place(await filing.Client.GetPageAsync(filing.Url)));

        var typed = await SaveAsync(filing, await filing.Client.GetPageAsync(filing.Url), ("ContactName", "Jean du dépôt"), ("OpeningHours", " "));
        Assert.Null(typed.Document.QuerySelector("[name=ContactName]"));

        var other = await SaveAsync(filing, await filing.Client.GetPageAsync(filing.Url), ("BranchId", second));
        Assert.Equal(("Jean du dépôt", OtherPhone, "sur rendez-vous"), Place(other));
        Assert.Equal(("Jean du dépôt", OtherPhone, "sur rendez-vous"), Place(await filing.Client.GetPageAsync(filing.Url)));
    }

    /// <summary>Without JavaScript the branch and the button are the next two things a person touches.</summary>
    [Fact]
    public async Task Send_WithAnotherBranchThanThePageAnsweredFor_ShowsWhatFollowedFirst()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var (first, second) = await TwoContactsAsync(filing);
        (string, string?)[] answers = [.. filing.Form.Fields(filing).Where(field => field.Name is not ("ContactName" or "ContactPhone" or "OpeningHours"))];
        var begun = await filing.Client.SubmitAsync(await filing.Client.GetPageAsync(filing.Url), "form#dossier", [.. answers, ("BranchId", first), ("Save", "true")]);

        var shown = await filing.Client.SubmitAsync(await filing.Client.FollowAsync(begun), "form#dossier", ("BranchId", second));

        Assert.Equal("Erreur : Le contact et les heures ont suivi le point de vente : vérifiez-les, puis envoyez", shown.ErrorOf("BranchId"));
        Assert.Equal(("Bob Modèle", OtherPhone, "sur rendez-vous"), Place(shown));
        Assert.Empty(await filing.DossiersAsync());
        var sent = await filing.Client.FollowAsync(await filing.Client.SubmitAsync(shown, "form#dossier"));
        Assert.Contains($"Bob Modèle, {OtherPhone}", sent.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_KeepsItsOwnContact_AndFollowsNoBranchUntilAnotherIsChosen()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        await filing.SendAsync();
        var source = Assert.Single(await filing.DossiersAsync());
        await portal.Data.ChangeBranchAsync(filing.Organisation.BranchId, branch => (branch.ContactName, branch.OpeningHours) = ("Anne Spécimen", "jamais"));

        var page = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{source.Number}/copy", ("device", "same")));

        Assert.Equal(("Jean Exemple", "+32 470 00 00 10", "9 h – 17 h"), Place(page));
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

    private static (string? Contact, string? Phone, string? Hours) Place(PortalPage page) => (page.ValueOf("ContactName"), page.ValueOf("ContactPhone"), page.ValueOf("OpeningHours"));

    /// <summary>Two branches of three that name a contact; nothing says with which one a form begins.</summary>
    private async Task<(string First, string Second)> TwoContactsAsync(FormFiling filing)
    {
        var first = await portal.Data.CreateBranchAsync(filing.Organisation, "Rue Deux 2");
        await portal.Data.ChangeBranchAsync(first, branch => (branch.ContactName, branch.OpeningHours) = ("Anne Spécimen", "9 h–18 h"));
        var second = await portal.Data.CreateBranchAsync(filing.Organisation, "Rue Trois 3");
        await portal.Data.ChangeBranchAsync(second, branch => (branch.ContactName, branch.Phone, branch.OpeningHours) = ("Bob Modèle", "+3240000077", "sur rendez-vous"));
        return (first.ToString(CultureInfo.InvariantCulture), second.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>As the page saves while it is filled in; answers with the fields that came back.</summary>
    private static async Task<PortalPage> SaveAsync(FormFiling filing, PortalPage page, params (string Name, string? Value)[] over)
    {
        var fields = PortalClient.FieldsOf(page.Document.QuerySelector<IHtmlFormElement>("form#dossier")!).Select(field => (field.Name, (string?)field.Value)).Where(field => field.Name != "__RequestVerificationToken" && over.All(o => o.Name != field.Name));
        var answer = await filing.Client.PostAsync(filing.Url + "/save", [.. fields, .. over]);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        using var json = JsonDocument.Parse(answer.Body);
        var html = json.RootElement.GetProperty("fragments").TryGetProperty("place-fields", out var fragment) ? fragment.GetString()! : "";
        using var response = new HttpResponseMessage { Content = new StringContent(html, Encoding.UTF8, "text/html") };
        return await PortalPage.ReadAsync(response, answer.Url);
    }
}
