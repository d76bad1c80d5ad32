using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class CatalogueTests : IDisposable
{
    private const string Url = "/admin/catalogue";

    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task List_FindsByTheBeginningOfTheCodeAndByWordsOfANameInAnyLanguage()
    {
        var fridge = await CreateAsync("RF48A9/BE", "Réfrigérateur combiné 480 l");
        await CreateAsync("TV55QD8/BE", "Téléviseur 55″");
        using var support = await SupportAsync();

        Assert.Equal(["RF48A9/BE", "TV55QD8/BE"], (await support.GetPageAsync(Url)).TextsOf("a.key"));
        foreach (var q in (string[])["rf48", "RF 48 a9/be", "RÉFRIGÉRATEUR", "combiné 480", "wasmachine"])
            Assert.Equal("RF48A9/BE", (await support.GetPageAsync($"{Url}?q={Uri.EscapeDataString(q)}")).TextsOf("a.key")[0]);
        Assert.Equal(["RF48A9/BE"], (await support.GetPageAsync($"{Url}?category={fridge.CategoryId}")).TextsOf("a.key"));
        var none = await support.GetPageAsync($"{Url}?q=100%25");
        Assert.Empty(none.TextsOf("a.key"));
        Assert.Equal(Url, none.Document.QuerySelector(".empty a.btn")?.GetAttribute("href"));
    }

    [Fact]
    public async Task List_IsPaged()
    {
        var first = await CreateAsync("AA00", "A");
        await _factory.WriteAsync((write, _) =>
        {
            write.Db.AddRange(Enumerable.Range(0, 60).Select(i => Model(string.Create(CultureInfo.InvariantCulture, $"AB{i:00}"), first.CategoryId)));
            return Task.CompletedTask;
        });
        using var support = await SupportAsync();

        var page = await support.GetPageAsync($"{Url}?q=a");
        Assert.Equal(50, page.TextsOf("a.key").Count);
        Assert.Contains("61 modèles", page.MainText, StringComparison.Ordinal);
        var second = await support.GetPageAsync(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("AB49", second.TextsOf("a.key")[0]);
        Assert.Equal(11, second.TextsOf("a.key").Count);
        Assert.Contains("51 à 61 sur 61", second.MainText, StringComparison.Ordinal);
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task Support_ReadsOnly()
    {
        var model = await CreateAsync("RF48A9/BE", "Réfrigérateur");
        using var support = await SupportAsync();

        var page = await support.GetPageAsync($"{Url}/{model.Id}");
        var category = await support.GetPageAsync($"{Url}/categories/{model.CategoryId}");

        Assert.Contains("Réfrigérateur", page.TextOf("dl"), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
        Assert.Empty(category.Document.QuerySelectorAll("main form"));
        Assert.Null((await support.GetPageAsync(Url)).Document.QuerySelector($"a[href='{Url}/new'], a[href='{Url}/import']"));
        Assert.Equal(HttpStatusCode.NotFound, (await support.PostAsync($"{Url}/{model.Id}", ("Form.Code", "X1"))).Status);
    }

    [Fact]
    public async Task Add_PutsTheModelIntoTheForms_WithTheDefaultsOfItsCategory()
    {
        var category = (await CreateAsync("AA00", "A")).CategoryId;
        using var client = await AdministratorAsync();

        var added = await client.SubmitAsync(await client.GetPageAsync($"{Url}/new"), "#model",
            ("Form.Code", "lw 91 x1/be"), ("Form.Category", Text(category)), ("Form.Fr", "Lave-linge  9 kg"), ("Form.Nl", "Wasmachine"), ("Form.De", "Waschmaschine"), ("Form.En", "Washing machine"));

        var page = await client.FollowAsync(added);
        Assert.Equal(("LW91X1/BE", "LW91X1/BE", "Lave-linge 9 kg", "PickUp", "3"), (page.TextOf("h1"), page.ValueOf("Form.Code"), page.ValueOf("Form.Fr"), page.ValueOf("Form.Offer"), page.ValueOf("Form.LeadTime")));
        using var dealer = await DealerAsync();
        Assert.Contains("LW91X1/BE", (await dealer.GetPageAsync("/catalogue/models?q=lw91")).Body, StringComparison.Ordinal);
        Assert.Equal(["model.added"], await AuditAsync("ProductModel"));
    }

    [Theory]
    [InlineData("Form.Code", "", "Indiquez le code.")]
    [InlineData("Form.Code", "L!", "Un code a des lettres, des chiffres et des tirets, puis peut-être une région : LW90T554/BE.")]
    [InlineData("Form.Code", "aa00/nl", "Ce modèle est déjà au catalogue : AA00/BE.")]
    [InlineData("Form.Category", "", "Choisissez la catégorie.")]
    [InlineData("Form.Category", "987654", "Choisissez la catégorie.")]
    [InlineData("Form.De", " ", "Nom allemand : ce nom manque.")]
    [InlineData("Form.LeadTime", "61", "Un nombre de jours de 0 à 60.")]
    public async Task Add_WhatCannotBe_IsSaidAtTheFieldAndKeepsWhatWasTyped(string field, string value, string message)
    {
        var category = (await CreateAsync("AA00/BE", "A")).CategoryId;
        using var client = await AdministratorAsync();
        var typed = new Dictionary<string, string?>
        {
            ["Form.Code"] = "LW91X1",
            ["Form.Category"] = Text(category),
            ["Form.Fr"] = "Un",
            ["Form.Nl"] = "Een",
            ["Form.De"] = "Eins",
            ["Form.En"] = "One",
            [field] = value,
        };

        var page = await client.SubmitAsync(await client.GetPageAsync($"{Url}/new"), "#model", [.. typed.Select(pair => (pair.Key, pair.Value))]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : " + message, page.ErrorOf(field));
        Assert.Equal(typed["Form.En"], page.ValueOf("Form.En"));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Models.CountAsync()));
    }

    [Fact]
    public async Task Save_FromAPageThatIsOld_AnswersConflict_ShowsWhatStandsAndKeepsTheText()
    {
        var model = await CreateAsync("RF48A9/BE", "Réfrigérateur");
        using var first = await AdministratorAsync();
        using var second = await AdministratorAsync();
        var old = await second.GetPageAsync($"{Url}/{model.Id}");
        await first.SubmitAsync(await first.GetPageAsync($"{Url}/{model.Id}"), "#model", ("Form.Fr", "Frigo"), ("Form.LeadTime", "7"));

        var refused = await second.SubmitAsync(old, "#model", ("Form.Fr", "Réfrigérateur 480 l"), ("Form.Offer", "InHome"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(("Réfrigérateur 480 l", "InHome"), (refused.ValueOf("Form.Fr"), refused.ValueOf("Form.Offer")));
        Assert.Equal(["Frigo", "Pick-up", "7"], refused.TextsOf("#changed dd"));
        Assert.Equal("Frigo", await NameAsync(model.Id));
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(refused, "#model")).Status);
        Assert.Equal("Réfrigérateur 480 l", await NameAsync(model.Id));
        Assert.Equal(["model.changed LeadTimeDays, Name", "model.changed LeadTimeDays, ServiceOffer, Name"], await AuditDetailsAsync("ProductModel"));
    }

    [Fact]
    public async Task Deactivated_IsNoLongerOffered_AndComesBack()
    {
        var model = await CreateAsync("RF48A9/BE", "Réfrigérateur");
        using var client = await AdministratorAsync();
        using var dealer = await DealerAsync();
        Assert.Contains("RF48A9", (await dealer.GetPageAsync("/catalogue/models?q=rf48")).Body, StringComparison.Ordinal);

        var gone = await client.FollowAsync(await client.SubmitAsync(await client.GetPageAsync($"{Url}/{model.Id}"), "#state"));

        Assert.Contains("Désactivé", gone.TextOf(".lead-line"), StringComparison.Ordinal);
        Assert.DoesNotContain("RF48A9", (await dealer.GetPageAsync("/catalogue/models?q=rf48")).Body, StringComparison.Ordinal);
        Assert.Empty((await client.GetPageAsync(Url)).TextsOf("a.key"));
        Assert.Equal(["RF48A9/BE"], (await client.GetPageAsync($"{Url}?state=inactive")).TextsOf("a.key"));
        await client.SubmitAsync(gone, "#state");
        Assert.Contains("RF48A9", (await dealer.GetPageAsync("/catalogue/models?q=rf48")).Body, StringComparison.Ordinal);
        Assert.Equal(["model.changed DiscontinuedAt", "model.changed DiscontinuedAt"], await AuditDetailsAsync("ProductModel"));
        // What somebody else changed meanwhile is looked at first.
        Assert.Equal(HttpStatusCode.Conflict, (await client.SubmitAsync(gone, "#state")).Status);
    }

    [Fact]
    public async Task Add_LinksTheDossiersThatWereFiledWithTheCode_AndLeavesTheirServiceToSupport()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var person = await _factory.Data.CreateMemberAsync(organisation);
        var filed = await _factory.Data.CreateDossierAsync(organisation, person, plan => plan.ModelCode = "NEU77/BE");
        var other = await _factory.Data.CreateDossierAsync(organisation, person, plan => plan.ModelCode = "NEU771");
        var category = (await CreateAsync("AA00", "A")).CategoryId;
        using var client = await AdministratorAsync();
        var before = await client.GetPageAsync($"/admin/dossiers/{filed.Number}");

        await client.SubmitAsync(await client.GetPageAsync($"{Url}/new"), "#model",
            ("Form.Code", "neu77"), ("Form.Category", Text(category)), ("Form.Fr", "A"), ("Form.Nl", "B"), ("Form.De", "C"), ("Form.En", "D"), ("Form.Offer", "InHome"));

        var model = await _factory.ReadAsync(db => db.Models.SingleAsync(m => m.Key == "NEU77"));
        var linked = await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().ToDictionaryAsync(d => d.Id, d => d.ModelId));
        Assert.Equal((model.Id, null), (linked[filed.Id], linked[other.Id]));
        Assert.Null(await _factory.ReadAsync(db => db.RepairRequests.AllOrganisations().Where(r => r.DossierId == filed.Id).Select(r => r.ServiceOffer).SingleAsync()));
        Assert.Equal([$"dossier.model-linked model {model.Id}"], await AuditDetailsAsync("Dossier"));
        // Whoever had the dossier before them is not stopped by it.
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(before, "#status", ("Status.To", "InProgress"))).Status);
    }

    [Fact]
    public async Task Category_SetsWhetherTheSerialMayBeLeftOut_AtOnce()
    {
        using var filing = await RepairFiling.StartAsync(_factory);
        using var client = await AdministratorAsync();
        var url = $"{Url}/categories/{filing.Model.CategoryId}";
        var page = await client.GetPageAsync(url);

        var saved = await client.SubmitAsync(page, "#edit", ("Form.SerialMayBeOmitted", null), ("Form.Nl", "Wasautomaat"), ("Form.LeadTime", "9"));

        Assert.Contains("Wasautomaat", (await AsDutchAsync(Url + "/categories")).MainText, StringComparison.Ordinal);
        Assert.Contains("La catégorie est enregistrée.", (await client.FollowAsync(saved)).MainText, StringComparison.Ordinal);
        Assert.NotNull((await filing.SendAsync(("SerialNumber", ""), ("NoSerial", "true"))).ErrorOf("SerialNumber"));
        var stale = await client.SubmitAsync(page, "#edit", ("Form.Fr", "Machine à laver"));
        Assert.Equal((HttpStatusCode.Conflict, "Machine à laver"), (stale.Status, stale.ValueOf("Form.Fr")));
        Assert.Contains("Wasautomaat", stale.TextOf("#changed dl"), StringComparison.Ordinal);
        Assert.Equal(["category.changed DefaultLeadTimeDays, SerialMayBeOmitted, Name"], await AuditDetailsAsync("ProductCategory"));
    }

    [Fact]
    public async Task Category_CanBeAdded_AndGivesItsDefaultsToItsModels()
    {
        using var client = await AdministratorAsync();
        (string, string?)[] typed = [("Form.Code", "robot"), ("Form.Group", "BrownGoods"), ("Form.Fr", "Robot"), ("Form.Nl", "Robot"), ("Form.De", "Roboter"), ("Form.En", "Robot"), ("Form.Offer", "InHome"), ("Form.LeadTime", "12")];

        var added = await client.SubmitAsync(await client.GetPageAsync($"{Url}/categories/new"), "#edit", typed);
        var again = await client.SubmitAsync(await client.GetPageAsync($"{Url}/categories/new"), "#edit", typed);
        var wrong = await client.SubmitAsync(await client.GetPageAsync($"{Url}/categories/new"), "#edit", [.. typed[1..], ("Form.Code", "Robot !")]);

        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        Assert.Equal("Erreur : Une catégorie a déjà ce code.", again.ErrorOf("Form.Code"));
        Assert.Contains("minuscules", wrong.ErrorOf("Form.Code"), StringComparison.Ordinal);
        var category = await _factory.ReadAsync(db => db.Categories.SingleAsync(c => c.Code == "robot"));
        await client.SubmitAsync(await client.GetPageAsync($"{Url}/new"), "#model",
            ("Form.Code", "R2D2"), ("Form.Category", Text(category.Id)), ("Form.Fr", "A"), ("Form.Nl", "B"), ("Form.De", "C"), ("Form.En", "D"));
        var model = await _factory.ReadAsync(db => db.Models.SingleAsync(m => m.Key == "R2D2"));
        Assert.Equal((ServiceOffer.InHome, 12), (model.ServiceOffer, model.LeadTimeDays));
    }

    [Theory]
    [InlineData("nl", "Catalogus")]
    [InlineData("de", "Katalog")]
    [InlineData("en", "Catalogue")]
    public async Task List_SpeaksTheReadersLanguage(string language, string title)
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator, language));

        Assert.Equal(title, (await client.GetPageAsync(Url)).TextOf("h1"));
    }

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private async Task<PortalClient> SupportAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

    private async Task<PortalClient> DealerAsync() => await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync()));

    private async Task<PortalPage> AsDutchAsync(string url)
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(language: "nl"));
        return await client.GetPageAsync(url);
    }

    private async Task<ProductModel> CreateAsync(string code, string name)
    {
        var model = await _factory.Data.CreateModelAsync(code);
        await _factory.WriteAsync(async (write, ct) => (await write.Db.Models.SingleAsync(m => m.Id == model.Id, ct)).Name = model.Name with { Fr = name });
        return model;
    }

    private static ProductModel Model(string code, int category) => new()
    {
        Code = code,
        Key = code,
        CategoryId = category,
        Name = new() { Fr = code, Nl = code, De = code, En = code },
        ServiceOffer = ServiceOffer.PickUp,
        LeadTimeDays = 3,
    };

    private Task<string> NameAsync(int id) => _factory.ReadAsync(db => db.Models.Where(m => m.Id == id).Select(m => m.Name.Fr).SingleAsync());

    private Task<List<string>> AuditAsync(string subject) => _factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == subject).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());

    private Task<List<string>> AuditDetailsAsync(string subject) =>
        _factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == subject).OrderBy(a => a.Id).Select(a => a.Action + " " + a.Detail).ToListAsync());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
