using System.Globalization;
using System.Net;
using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class CatalogueImportTests : IDisposable
{
    private const string Url = "/admin/catalogue/import";
    private const string Header = "code;category;name_fr;name_nl;name_de;name_en;service_offer;lead_time_days;active";

    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Confirm_WritesTheGoodRows_AndTheSameFileAgainChangesNothing()
    {
        var known = await _factory.Data.CreateModelAsync("RF48A9/BE");
        var same = await _factory.Data.CreateModelAsync("TV55QD8/BE");
        var category = await CategoryOfAsync(known);
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var filed = await _factory.Data.CreateDossierAsync(organisation, await _factory.Data.CreateMemberAsync(organisation), plan => plan.ModelCode = "LW91X1/BE");
        var file = $"{Header}\nLW91X1/BE;{category};Un;Een;Eins;One;InHome;2;\nRF48A9/BE;;;;;;;9;no\nTV55QD8/BE;;;;;;;;\nLW92;fridge;Un;Een;Eins;One;;;\n";
        using var client = await AdministratorAsync();

        var preview = await UploadAsync(client, file);

        Assert.Equal("Nouveaux : 1 · modifiés : 1 · inchangés : 1 · lignes avec erreur : 1", preview.TextOf("#sum"));
        Assert.Equal(["2LW91X1/BE UnÀ domicile, 2 jours ouvrables"], preview.TextsOf("tbody tr"));
        var changed = await client.GetPageAsync(preview.Url + "?show=Changed");
        Assert.Contains("lead_time_days: « 3 » devient « 9 »", changed.TextOf("tbody"), StringComparison.Ordinal);
        Assert.Contains("active: « Oui » devient « Non »", changed.TextOf("tbody"), StringComparison.Ordinal);
        var errors = await client.GetPageAsync(preview.Url + "?show=Error");
        Assert.Contains("category: Aucune catégorie n’a ce code.", errors.TextOf("tbody"), StringComparison.Ordinal);
        Assert.Contains("Dans le fichier : fridge", errors.TextOf("tbody"), StringComparison.Ordinal);
        Assert.Equal(2, await _factory.ReadAsync(db => db.Models.CountAsync()));

        var waiting = await client.FollowAsync(await client.SubmitAsync(preview, "#confirm"));
        Assert.NotNull(waiting.Document.QuerySelector("[data-poll] [data-poll-on]"));
        Assert.Contains("En cours", (await client.GetPageAsync(Url)).TextOf("section[aria-labelledby=kept]"), StringComparison.Ordinal);
        Assert.Equal(2, await _factory.ReadAsync(db => db.Models.CountAsync()));
        await RunAsync();

        var done = await client.GetPageAsync(preview.Url);
        Assert.Contains("Ajoutés : 1, modifiés : 1.", done.MainText, StringComparison.Ordinal);
        Assert.Contains("lignes avec erreur : 1", done.MainText, StringComparison.Ordinal);
        var models = await _factory.ReadAsync(db => db.Models.AsNoTracking().ToDictionaryAsync(m => m.Code));
        Assert.Equal(["LW91X1/BE", "RF48A9/BE", "TV55QD8/BE"], models.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((ServiceOffer.InHome, 2, "Eins"), (models["LW91X1/BE"].ServiceOffer, models["LW91X1/BE"].LeadTimeDays, models["LW91X1/BE"].Name.De));
        Assert.Equal((9, true), (models["RF48A9/BE"].LeadTimeDays, models["RF48A9/BE"].DiscontinuedAt is not null));
        Assert.Equal(same.Stamp, models["TV55QD8/BE"].Stamp);
        Assert.Equal(models["LW91X1/BE"].Id, await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().Where(d => d.Id == filed.Id).Select(d => d.ModelId).SingleAsync()));
        Assert.Equal(["dossier.model-linked", "model.added", "model.changed"], (await AuditAsync()).Order(StringComparer.Ordinal));

        var again = await UploadAsync(client, file);
        Assert.Equal("Nouveaux : 0 · modifiés : 0 · inchangés : 3 · lignes avec erreur : 1", again.TextOf("#sum"));
        Assert.Null(again.Document.QuerySelector("#confirm"));
        await client.PostAsync(preview.Url, ("seen", preview.ValueOf("seen")), ("previewed", "0"));
        await RunAsync();
        Assert.Equal(3, (await AuditAsync()).Count);
    }

    [Fact]
    public async Task Confirm_WhenSomebodyChangedAModelMeanwhile_ShowsIt_AndWritesNothing()
    {
        var known = await _factory.Data.CreateModelAsync("RF48A9/BE");
        await _factory.Data.CreateModelAsync("TV55QD8/BE");
        using var client = await AdministratorAsync();
        using var colleague = await AdministratorAsync();
        var preview = await UploadAsync(client, $"{Header}\nRF48A9/BE;;;;;;;9;\nTV55QD8/BE;;;;;;;9;\n");
        _factory.Time.Advance(TimeSpan.FromMinutes(1));
        await colleague.SubmitAsync(await colleague.GetPageAsync($"/admin/catalogue/{known.Id}"), "#model", ("Form.LeadTime", "5"));

        var refused = await client.SubmitAsync(preview, "#confirm");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(["RF48A9/BE"], refused.TextsOf("#changed a"));
        Assert.Contains("« 5 » devient « 9 »", refused.TextOf("tbody"), StringComparison.Ordinal);
        Assert.Equal(1, refused.Document.QuerySelectorAll("tbody .status.attn").Length);
        Assert.Equal([5, 3], await DaysAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(refused, "#confirm")).Status);
        await RunAsync();
        Assert.Equal([9, 9], await DaysAsync());
    }

    [Fact]
    public async Task Upload_IsKeptForItsOwnerAlone_UntilTheNextDay()
    {
        var known = await _factory.Data.CreateModelAsync("RF48A9/BE");
        using var client = await AdministratorAsync();
        using var colleague = await AdministratorAsync();
        var preview = await UploadAsync(client, $"{Header}\nRF48A9/BE;;;;;;;9;\n", "Prix & délais.csv");

        Assert.Contains("Prix & délais.csv", (await client.GetPageAsync(Url)).TextOf("section[aria-labelledby=kept]"), StringComparison.Ordinal);
        Assert.DoesNotContain("délais.csv", (await colleague.GetPageAsync(Url)).MainText, StringComparison.Ordinal);
        foreach (var path in (string[])["", "/errors"])
            Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetPageAsync(preview.Url + path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.PostAsync(preview.Url, ("seen", preview.ValueOf("seen")))).Status);
        await colleague.PostAsync(preview.Url + "/discard");
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(preview.Url)).Status);

        _factory.Time.Advance(CatalogueImport.Lifetime);
        using var later = await _factory.NewClientAsync(await OwnerOfAsync(preview));
        Assert.Equal(HttpStatusCode.NotFound, (await later.GetPageAsync(preview.Url)).Status);
        await using (var scope = _factory.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FileSweep>().RunAsync(CancellationToken.None);
        Assert.Equal(0, await _factory.ReadAsync(db => db.Set<CatalogueImport>().CountAsync()));
        Assert.Equal(known.LeadTimeDays, Assert.Single(await DaysAsync()));
    }

    [Fact]
    public async Task Discard_RemovesTheFile()
    {
        using var client = await AdministratorAsync();
        var preview = await UploadAsync(client, $"{Header}\nRF48A9/BE;;;;;;;9;\n");

        var page = await client.FollowAsync(await client.SubmitAsync(preview, "#discard"));

        Assert.Contains("Le fichier est abandonné.", page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync(preview.Url)).Status);
    }

    [Fact]
    public async Task Errors_AreAFileThatSpreadsheetsReadWithoutRunningIt()
    {
        using var client = await AdministratorAsync();
        var preview = await UploadAsync(client, $"{Header}\n=cmd|' /C calc'!A0;;;;;;;;\nLW1;\"@SUM(1;2)\";Un;Een;Eins;One;;-5;\n");

        var file = await client.GetPageAsync(preview.Url + "/errors");

        Assert.Equal(("text/csv", "attachment"), (file.ContentHeaders.ContentType!.MediaType, file.ContentHeaders.ContentDisposition!.DispositionType));
        var lines = file.Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Ligne;Colonne;Valeur;Raison", lines[0]);
        Assert.StartsWith("2;code;\"'=cmd|' /C calc'!A0\";", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("3;category;\"'@SUM(1;2)\";", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("3;lead_time_days;\"'-5\";", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choisissez un fichier.")]
    [InlineData("name_fr\nUn\n", "La première ligne ne nomme pas de colonne « code ».")]
    [InlineData("PK\u0003\u0004", "Ce n’est pas un fichier CSV. Dans un tableur, choisissez « Enregistrer sous » puis CSV.")]
    public async Task Upload_WhatIsNoCatalogue_IsRefusedAtTheField(string content, string message)
    {
        using var client = await AdministratorAsync();

        var page = await client.SubmitAsync(await client.GetPageAsync(Url), "#upload", [new TestFile("File", "x.csv", Encoding.UTF8.GetBytes(content), "text/csv")]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : " + message, page.ErrorOf("File"));
        Assert.Equal(0, await _factory.ReadAsync(db => db.Set<CatalogueImport>().CountAsync()));
    }

    [Fact]
    public async Task Example_IsTakenAsItIs()
    {
        await _factory.Data.CreateModelAsync("RF48A9/BE");
        using var client = await AdministratorAsync();
        var example = await client.GetPageAsync(Url + "/example");

        var preview = await UploadAsync(client, example.Content);

        Assert.Equal("Nouveaux : 2 · modifiés : 0 · inchangés : 0 · lignes avec erreur : 0", preview.TextOf("#sum"));
    }

    [Fact]
    public async Task Import_OfTheLargestFile_IsPagedAndWrittenWhole()
    {
        var category = await CategoryOfAsync(await _factory.Data.CreateModelAsync("RF48A9/BE"));
        var file = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < CatalogueFile.MaxRows; i++)
            file.Append(CultureInfo.InvariantCulture, $"XX{i:00000};{category};Lave-linge {i};Wasmachine {i};Waschmaschine {i};Washing machine {i};;;\n");
        using var client = await AdministratorAsync();
        var preview = await UploadAsync(client, file.ToString());
        Assert.Contains("Nouveaux : 20 000 ·", preview.TextOf("#sum").Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(50, preview.TextsOf("tbody tr").Count);
        Assert.StartsWith("52XX00050", (await client.GetPageAsync(preview.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!)).TextsOf("tbody tr")[0], StringComparison.Ordinal);

        var done = await client.SubmitAsync(preview, "#confirm");

        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        await RunAsync();
        Assert.Equal(CatalogueFile.MaxRows + 1, await _factory.ReadAsync(db => db.Models.CountAsync()));
    }

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private static Task<PortalPage> UploadAsync(PortalClient client, string content, string name = "catalogue.csv") => UploadAsync(client, Encoding.UTF8.GetBytes(content), name);

    private static async Task<PortalPage> UploadAsync(PortalClient client, byte[] content, string name = "catalogue.csv") =>
        await client.FollowAsync(await client.SubmitAsync(await client.GetPageAsync(Url), "#upload", [new TestFile("File", name, content, "text/csv")]));

    private Task<string> CategoryOfAsync(ProductModel model) => _factory.ReadAsync(db => db.Models.Where(m => m.Id == model.Id).Select(m => m.Category.Code).SingleAsync());

    private Task RunAsync() => _factory.RunAsync<CatalogueWriting>();

    private Task<List<int>> DaysAsync() => _factory.ReadAsync(db => db.Models.OrderBy(m => m.Key).Select(m => m.LeadTimeDays).ToListAsync());

    private Task<List<string>> AuditAsync() => _factory.ReadAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Action).Where(a => a.StartsWith("model.") || a.StartsWith("dossier.model")).ToListAsync());

    private async Task<TestUser> OwnerOfAsync(PortalPage preview)
    {
        var id = Guid.Parse(preview.Url.Split('/')[^1]);
        return await _factory.ReadAsync(db => (from import in db.Set<CatalogueImport>()
                                               join user in db.Users on import.OwnerId equals user.Id
                                               where import.Id == id
                                               select new TestUser(user.Id, user.Email!, user.FirstName, user.LastName, user.Language)).SingleAsync());
    }
}
