using System.Net;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

public sealed class RepairRequestTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Post_WhenComplete_MakesOneWholeDossier()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.UploadAsync(RepairFiling.Photo(), "façade.jpg");

        var answer = await filing.SendAsync();

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.Equal((HttpStatusCode.Redirect, $"/dossiers/{dossier.Number}"), (answer.Status, answer.Location));
        Assert.Equal(
            (filing.User.Id, filing.Model.Id, filing.Model.Code, "7D6M5AB1800045N", true, "Mme Spécimen", "COMPTOIR-131", true, RequestStatus.Submitted),
            (dossier.OwnerId, dossier.ModelId!.Value, dossier.ModelCode, dossier.SerialNumber, dossier.Sold!.Value, dossier.EndUserName, dossier.Reference, dossier.NotifyByMail, dossier.Status));
        Assert.Equal(portal.Factory.Now, dossier.StatusSince);
        var details = await portal.Factory.ReadAsync(db => db.RepairRequests.AllOrganisations().SingleAsync(r => r.DossierId == dossier.Id));
        Assert.Equal((filing.Organisation.Id, ServiceOffer.InHome, DeviceLocation.Branch, "Code 5C après dix minutes."), (details.OrganisationId, details.ServiceOffer, details.Location, details.Description));
        var entry = await portal.Factory.ReadAsync(db => db.Timeline.AllOrganisations().SingleAsync(e => e.DossierId == dossier.Id));
        Assert.Equal((TimelineKind.Submitted, ActorKind.Dealer, filing.User.Id), (entry.Kind, entry.Actor, entry.ActorId!.Value));
        var file = await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().SingleAsync(a => a.DossierId == dossier.Id));
        Assert.Equal((null, "façade.jpg"), (file.DraftId, file.Name));
        var mail = Assert.Single(await portal.Factory.MailsAsync(filing.User.Email));
        Assert.Equal(("DossierSubmitted", dossier.Id), (mail.Row.Kind, mail.Row.DossierId!.Value));
        Assert.Contains(dossier.Number, mail.Row.Subject, StringComparison.Ordinal);
        var tokens = await portal.Factory.ReadAsync(db => db.DossierTokens.AllOrganisations().Where(t => t.DossierId == dossier.Id).Select(t => t.Token).ToListAsync());
        Assert.Subset(tokens.ToHashSet(), new HashSet<string> { "7d6m5ab1800045n", "045n", "specimen", "comptoir", dossier.Number.Replace("-", "", StringComparison.Ordinal) });
        Assert.Equal("[]", (await filing.DraftAsync())!.Pairs);
    }

    [Fact]
    public async Task Post_WhenMailsAreNotWanted_SendsNone()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        await filing.SendAsync(("Notify", null));

        Assert.Single(await filing.DossiersAsync());
        Assert.Empty(await portal.Factory.MailsAsync(filing.User.Email));
    }

    public static TheoryData<string, string?, string, string> Errors => new()
    {
        { "ModelCode", null, "ModelCode", "Indiquez le code modèle" },
        { "ModelCode", "???", "ModelCode", "Le code modèle se compose de lettres, de chiffres et de tirets, par exemple LW90T554/BE" },
        { "SerialNumber", null, "SerialNumber", "Indiquez le numéro de série, ou cochez que vous n’en donnez pas" },
        { "SerialNumber", "É#", "SerialNumber", "Le numéro de série ne contient que des lettres et des chiffres, 40 au plus" },
        { "Imei", "490154203237519", "Imei", "Cet IMEI n’est pas juste : vérifiez ses 15 chiffres" },
        { "Sold", null, "Sold", "Indiquez si l’appareil est vendu" },
        { "Location", null, "Location", "Indiquez où se trouve l’appareil" },
        { "BranchId", "999999999", "BranchId", "Choisissez le point de vente où se trouve l’appareil" },
        { "BuyerName", new string('x', 121), "BuyerName", "120 caractères au plus" },
        { "Sold", "no", "BuyerName", "Un appareil qui n’est pas vendu n’a pas d’utilisateur final : retirez le nom, ou indiquez que l’appareil est vendu" },
        { "Description", " ", "Description", "Décrivez la plainte" },
        { "Description", new string('x', 4001), "Description", "4000 caractères au plus" },
        { "Reference", new string('x', 61), "Reference", "60 caractères au plus" },
        { "PreferredDate", "31/02", "PreferredDate", "Cette date n’existe pas" },
        { "PreferredDate", "2026-11-24", "PreferredDate", "La date souhaitée peut être au plus tôt le jeudi 26 novembre 2026" },
        { "PreferredDate", "2026-12-25", "PreferredDate", "La date souhaitée doit être un jour ouvrable" },
        { "Confirm", null, "Confirm", "Confirmez les informations fournies" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Post_WhenAFieldIsWrong_SaysSoAtTheFieldAndInTheSummary(string field, string? value, string at, string message)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var page = await filing.SendAsync((field, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.StartsWith("Erreur : ", page.Title, StringComparison.Ordinal);
        Assert.Equal($"Erreur : {message}", string.Join(' ', page.ErrorOf(at)!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var link = Assert.Single(page.Document.QuerySelectorAll(".error-summary a"));
        Assert.Equal((message, $"#{at}"), (link.TextContent, link.GetAttribute("href")));
        Assert.NotNull(page.Document.GetElementById(at));
        Assert.Empty(await filing.DossiersAsync());
    }

    [Theory]
    [InlineData("EndUserName", "", "Indiquez le nom de l’utilisateur final")]
    [InlineData("EndUserStreet", "", "Indiquez la rue et le numéro")]
    [InlineData("EndUserPostalCode", "40000", "Le code postal a 4 chiffres")]
    [InlineData("EndUserTown", "", "Indiquez la localité")]
    [InlineData("EndUserPhone", "04 12", "Le numéro de téléphone doit avoir 8 à 15 chiffres, avec l’indicatif du pays")]
    [InlineData("EndUserEmail", "pas une adresse", "L’adresse mail doit ressembler à nom@client.example")]
    public async Task Post_WhenTheEndUserIsIncomplete_SaysSo(string field, string value, string message)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var page = await filing.SendAsync([.. AtEndUser.Where(f => f.Name != field), (field, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(message, page.ErrorOf(field), StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll(".error-summary a"));
    }

    [Fact]
    public async Task Post_WhenTheDeviceIsAtTheEndUsers_StoresWhereAndWho()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        await filing.SendAsync(AtEndUser);

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.Equal(
            ("Mme Spécimen", "Avenue de l’Exemple 45", "4031", "Angleur", "+32470000000", "specimen@client.example", null),
            (dossier.EndUserName, dossier.EndUserStreet, dossier.EndUserPostalCode, dossier.EndUserTown, dossier.EndUserPhone, dossier.EndUserEmail, dossier.BranchId));
    }

    [Fact]
    public async Task Post_WhenAPickUpModelIsAtTheEndUsers_IsRefused()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory, ServiceOffer.PickUp);

        var page = await filing.SendAsync(AtEndUser);

        Assert.Contains("Ce modèle est enlevé chez vous", page.ErrorOf("Location"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhenTheModelIsUnknown_IsAcceptedAndLeavesTheOfferToSupport()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory, ServiceOffer.PickUp);

        await filing.SendAsync([.. AtEndUser, ("ModelCode", "xyz-unknown 1/be")]);

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.Equal(("XYZ-UNKNOWN1/BE", null), (dossier.ModelCode, dossier.ModelId));
        Assert.Null((await portal.Factory.ReadAsync(db => db.RepairRequests.AllOrganisations().SingleAsync(r => r.DossierId == dossier.Id))).ServiceOffer);
    }

    [Theory]
    [InlineData("2026-11-25", "La date souhaitée peut être au plus tôt le jeudi 26 novembre 2026")]
    [InlineData("2026-11-26", null)]
    public async Task Post_WhenADateIsAskedForAnUnknownModel_TheDefaultLeadTimeHolds(string date, string? error)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var page = await filing.SendAsync(("ModelCode", "XYZ-UNKNOWN1"), ("PreferredDate", date));

        Assert.Equal(error is null ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, page.Status);
        if (error is not null)
            Assert.Contains(error, page.ErrorOf("PreferredDate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhenADateIsAskedForWithoutAModel_AsksForTheModelFirst()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var page = await filing.SendAsync(("ModelCode", ""), ("PreferredDate", "2026-11-27"));

        Assert.Contains("d’abord le modèle", page.ErrorOf("PreferredDate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.Redirect)]
    [InlineData(false, HttpStatusCode.BadRequest)]
    public async Task Post_WithoutSerialNumber_IsAcceptedWhereTheCategoryAllowsIt(bool allowed, HttpStatusCode status)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory, serialMayBeOmitted: allowed);

        var page = await filing.SendAsync(("SerialNumber", ""), ("NoSerial", "true"));

        Assert.Equal(status, page.Status);
        if (!allowed)
            Assert.Contains("obligatoire pour ce type d’appareil", page.ErrorOf("SerialNumber"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithADoubtfulSerialNumber_WarnsAndSends()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var (_, saved) = await filing.SaveAsync(filing.Client, 0, ("SerialNumber", "O7I"));
        var answer = await filing.SendAsync(("Revision", "1"), ("SerialNumber", "O7I"));

        var notes = saved.GetProperty("fragments").GetProperty("serial-notes").GetString()!;
        Assert.Contains("3 caractères", WebUtility.HtmlDecode(notes), StringComparison.Ordinal);
        Assert.Contains("zéro", WebUtility.HtmlDecode(notes), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    [Theory]
    [InlineData("fr", "Décrivez la plainte", "Indiquez si l’appareil est vendu")]
    [InlineData("nl", "Beschrijf de klacht", "Geef aan of het toestel verkocht is")]
    [InlineData("de", "Beschreiben Sie die Beanstandung", "Geben Sie an, ob das Gerät verkauft ist")]
    [InlineData("en", "Describe the complaint", "Choose whether the device has been sold")]
    public async Task Post_WhenInvalid_SpeaksTheReadersLanguage(string language, string complaint, string sold)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory, language: language);

        var page = await filing.SendAsync(("Description", ""), ("Sold", null));

        // The summary follows the page: the device comes before the complaint.
        Assert.Equal([sold, complaint], page.TextsOf(".error-summary a"));
    }

    [Fact]
    public async Task Post_WhenInvalid_KeepsEverythingTypedAndEveryFile()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.UploadAsync(RepairFiling.Photo(1), "un.jpg");
        await filing.UploadAsync(RepairFiling.Photo(2), "deux.jpg");

        var page = await filing.SendAsync(("PreferredDate", "31/02"), ("Confirm", null), ("Description", "<script>alert(1)</script>"));

        Assert.Equal(("31/02", "<script>alert(1)</script>", "COMPTOIR-131", "Mme Spécimen"), (page.ValueOf("PreferredDate"), page.ValueOf("Description"), page.ValueOf("Reference"), page.ValueOf("BuyerName")));
        Assert.Equal(["un.jpg", "deux.jpg"], page.TextsOf(".tile b"));
        Assert.Contains("2 fichiers", page.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(2, page.TextsOf("#progress .stop").Count);
        Assert.Empty(page.Document.QuerySelectorAll("main script"));

        // And the same page later, elsewhere.
        using var phone = await portal.Factory.NewClientAsync(filing.User);
        var resumed = await phone.GetPageAsync(filing.Url);
        Assert.Equal(("31/02", "yes"), (resumed.ValueOf("PreferredDate"), resumed.Document.QuerySelector("input[name=Sold][checked]")?.GetAttribute("value")));
        Assert.Equal(["un.jpg", "deux.jpg"], resumed.TextsOf(".tile b"));
        Assert.Empty(resumed.Document.QuerySelectorAll(".error-summary"));
    }

    [Fact]
    public async Task Post_WithMoreThanTheFormAsks_ChangesNothingItShouldNot()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var other = await portal.Data.CreateOrganisationAsync();

        await filing.SendAsync(
            ("OrganisationId", $"{other.Id}"), ("AuthorId", "1"), ("OwnerId", "1"), ("Status", "Completed"), ("Resolution", "Accepted"), ("Number", "26-0000001-1"),
            ("Facts.Model.ServiceOffer", "PickUp"), ("RepairStatus", "RepairCompleted"), ("CreatedAt", "2001-01-01"), ("CopiedFromId", "1"), ("Id", "1"));

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.Equal(
            (filing.Organisation.Id, filing.User.Id, filing.User.Id, RequestStatus.Submitted, null, null, null, portal.Factory.Now),
            (dossier.OrganisationId, dossier.AuthorId, dossier.OwnerId, dossier.Status, dossier.Resolution, dossier.RepairStatus, dossier.CopiedFromId, dossier.CreatedAt));
    }

    [Fact]
    public async Task Post_WithAForeignBranch_IsRefused()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var other = await portal.Data.CreateOrganisationAsync();

        var page = await filing.SendAsync(("BranchId", $"{other.BranchId}"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf("BranchId"));
    }

    [Fact]
    public async Task Save_ShowsTheOfferTheDateAndWhatIsComplete()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory, ServiceOffer.PickUp);

        var (_, saved) = await filing.SaveAsync(filing.Client, 0, ("ModelCode", filing.Model.Key.ToLowerInvariant()), ("SerialNumber", "7D6M5AB1800045N"), ("Sold", "no"));

        string Part(string id) => WebUtility.HtmlDecode(saved.GetProperty("fragments").GetProperty(id).GetString()!);
        Assert.Contains(filing.Model.Name.Fr, Part("offer"), StringComparison.Ordinal);
        Assert.Contains("pick-up", Part("offer"), StringComparison.Ordinal);
        Assert.Contains("26 novembre 2026", Part("date-note"), StringComparison.Ordinal);
        Assert.Contains("enlevé chez vous", Part("end-user-note"), StringComparison.Ordinal);
        // Device and follow-up.
        Assert.Equal(2, Part("progress").Split("circle-check").Length - 1);
        Assert.Equal("10:00h", saved.GetProperty("savedAt").GetString());
    }

    [Fact]
    public async Task Show_AsksForTheImeiOfMobilesOnly()
    {
        using var mobile = await RepairFiling.StartAsync(portal.Factory, hasImei: true);
        using var washer = await RepairFiling.StartAsync(portal.Factory);
        await mobile.SaveAsync(mobile.Client, 0, ("ModelCode", mobile.Model.Code));
        await washer.SaveAsync(washer.Client, 0, ("ModelCode", washer.Model.Code));

        Assert.NotNull((await mobile.Client.GetPageAsync(mobile.Url)).Document.QuerySelector("[name=Imei]"));
        Assert.Null((await washer.Client.GetPageAsync(washer.Url)).Document.QuerySelector("[name=Imei]"));
    }

    [Fact]
    public async Task Show_WarnsOfAnOpenDossierWithTheSameSerial_WithinTheRights()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var colleague = await portal.Data.CreateMemberAsync(filing.Organisation, firstName: "Claire", lastName: "Modèle");
        var elsewhere = await portal.Data.CreateOrganisationAsync();
        var stranger = await portal.Data.CreateMemberAsync(elsewhere);
        var own = await portal.Data.CreateDossierAsync(filing.Organisation, filing.User, d => d.SerialNumber = "SAME00000000001");
        var theirs = await portal.Data.CreateDossierAsync(filing.Organisation, colleague, d => d.SerialNumber = "SAME00000000001");
        var closed = await portal.Data.CreateDossierAsync(filing.Organisation, filing.User, d => (d.SerialNumber, d.Status) = ("SAME00000000001", RequestStatus.Completed));
        var foreign = await portal.Data.CreateDossierAsync(elsewhere, stranger, d => d.SerialNumber = "SAME00000000001");
        await filing.SaveAsync(filing.Client, 0, ("SerialNumber", "same00000000001"));

        var page = await filing.Client.GetPageAsync(filing.Url);

        Assert.NotNull(page.Document.QuerySelector($"#serial-notes a[href='/dossiers/{own.Number}']"));
        Assert.Null(page.Document.QuerySelector($"a[href='/dossiers/{theirs.Number}']"));
        Assert.Contains($"{theirs.Number}, Demande de réparation de Claire Modèle", page.TextOf("#serial-notes .notice"), StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Number, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign.Number, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhenAnOpenDossierWithTheSameSerialWasNotShown_ShowsItFirst()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var open = await portal.Data.CreateDossierAsync(filing.Organisation, filing.User, d => d.SerialNumber = "SAME00000000002");

        // Without JavaScript: nothing was shown while typing.
        var refused = await filing.SendAsync(("SerialNumber", "same00000000002"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("déjà ouvert pour ce numéro de série", refused.ErrorOf("SerialNumber"), StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector($"#serial-notes a[href='/dossiers/{open.Number}']"));
        Assert.Single(await filing.DossiersAsync());

        var sent = await filing.Client.SubmitAsync(refused, "#dossier");

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(2, (await filing.DossiersAsync()).Count);
    }

    private static (string Name, string? Value)[] AtEndUser =>
    [
        ("Location", "end-user"), ("EndUserName", "Mme Spécimen"), ("EndUserStreet", "Avenue de l’Exemple 45"), ("EndUserPostalCode", "4031"),
        ("EndUserTown", "Angleur"), ("EndUserPhone", "0470 00 00 00"), ("EndUserEmail", "specimen@client.example"),
    ];
}
