using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Today is Monday, 23 November 2026. Version 1 of the general conditions asks for a purchase within 14 days.</summary>
public sealed class DoaConditionsTests : IDisposable
{
    private const string Url = "/admin/doa-conditions";

    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task NewVersion_AppliesToNewDossiersOnly_AndTheOldOneKeepsItsVersionAndVerdict()
    {
        using var client = await AdministratorAsync();
        using var before = await FormFiling.StartAsync(_factory, "technical-doa");
        await before.SendAsync();
        var old = Assert.Single(await before.DossiersAsync());
        var read = await AnswersAsync(before, old);

        var added = await AddAsync(client, "", "2026-11-23", ("Form.Rows[0].MaxDays", "7"), ("Form.Rows[0].Fr", "Acheté depuis 7 jours au plus"), ("Form.Rows[0].Nl", "Zeven dagen"), ("Form.Rows[0].De", "7 Tage"), ("Form.Rows[0].En", "7 days"));

        Assert.Contains("Version 2 enregistrée, à partir du 23 novembre 2026.", added.MainText, StringComparison.Ordinal);
        Assert.Equal(read, await AnswersAsync(before, old));
        Assert.Contains("Version 1, depuis le 1 janvier 2020", read, StringComparison.Ordinal);
        using var after = await FormFiling.StartAsync(_factory, "technical-doa");
        var refused = await after.SendAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Acheté depuis 7 jours au plus (13 jours aujourd’hui)", refused.ErrorOf("PurchaseDate"), StringComparison.Ordinal);
        Assert.Equal(["doa-conditions.added category -, version 2, from 2026-11-23"], await AuditAsync());
    }

    [Fact]
    public async Task NewVersion_OfACategory_TakesTheGeneralOnesAsItsCopyAndComesIntoForceOnItsDay()
    {
        using var client = await AdministratorAsync();
        using var filing = await FormFiling.StartAsync(_factory, "technical-doa");
        var category = Text(filing.Model.CategoryId);
        var form = await client.GetPageAsync($"{Url}/new?category={category}");
        Assert.Equal(("Acheté depuis 14 jours au plus", "14", "1"), (form.ValueOf("Form.Rows[0].Fr"), form.ValueOf("Form.Rows[0].MaxDays"), form.ValueOf("Form.Rows[0].Order")));
        Assert.Equal(5, form.Document.QuerySelectorAll("input[name$=Asked][checked]").Length);
        Assert.Equal(8, form.Document.QuerySelectorAll("input[name$=Asked]").Length);

        // What was the last condition, the packaging, comes first; the serial plate goes.
        var version = await AddAsync(client, category, "2026-12-01", ("Form.Rows[2].Asked", null), ("Form.Rows[4].Order", "1"), ("Form.Rows[0].Order", "2"));

        Assert.Contains("À venir", version.TextOf(".head"), StringComparison.Ordinal);
        var list = (await client.GetPageAsync(Url)).MainText;
        Assert.Contains("Version 1, Lave-linge 1 décembre 2026 complet, 14 jours, preuve d’achat, sans dégât À venir", list, StringComparison.Ordinal);
        Assert.Contains("En vigueur", list, StringComparison.Ordinal);
        Assert.Equal((1, (int?)null), await FiledAgainstAsync(filing));
        _factory.Time.Advance(TimeSpan.FromDays(8));
        using var later = await AdministratorAsync();
        Assert.Contains("En vigueur", (await later.GetPageAsync(version.Url)).TextOf(".head"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ShowsEachLanguageAsADealerReadsIt_AndWhatChanges_AndWritesNothing()
    {
        using var client = await AdministratorAsync();

        var preview = await PreviewAsync(client, "", "2026-12-01",
            ("Form.Rows[0].MaxDays", "30"), ("Form.Rows[0].Fr", "Acheté depuis 30 jours au plus"), ("Form.Rows[0].Nl", "Hoogstens 30 dagen geleden gekocht"), ("Form.Rows[0].De", "Vor höchstens 30 Tagen gekauft"), ("Form.Rows[0].En", "Bought 30 days ago at most"),
            ("Form.Rows[4].Asked", null));

        Assert.Equal(HttpStatusCode.OK, preview.Status);
        Assert.Contains("Conditions générales · version 2, depuis le 1 décembre 2026 Acheté depuis 30 jours au plus À compléter", preview.TextOf("section[lang=fr]"), StringComparison.Ordinal);
        Assert.Contains("Algemene voorwaarden · versie 2, sinds 1 december 2026 Hoogstens 30 dagen geleden gekocht", preview.TextOf("section[lang=nl]"), StringComparison.Ordinal);
        Assert.Contains("Vor höchstens 30 Tagen gekauft", preview.TextOf("section[lang=de]"), StringComparison.Ordinal);
        Assert.Contains("Bought 30 days ago at most", preview.TextOf("section[lang=en]"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "Acheté depuis peu (en jours) : 14 jours deviennent 30.",
                "Acheté depuis peu (en jours), texte (Français) : « Acheté depuis 14 jours au plus » devient « Acheté depuis 30 jours au plus ».",
                "Acheté depuis peu (en jours), texte (Nederlands) : « Hoogstens 14 dagen geleden gekocht » devient « Hoogstens 30 dagen geleden gekocht ».",
                "Acheté depuis peu (en jours), texte (Deutsch) : « Vor höchstens 14 Tagen gekauft » devient « Vor höchstens 30 Tagen gekauft ».",
                "Acheté depuis peu (en jours), texte (English) : « Bought 14 days ago at most » devient « Bought 30 days ago at most ».",
                "Condition supprimée : Emballage et accessoires complets (déclaré).",
            ],
            preview.TextsOf("section[aria-labelledby=diff] li"));
        Assert.Equal(1, await _factory.ReadAsync(db => db.DoaConditionSets.CountAsync()));

        var again = await client.SubmitAsync(preview, "#version", ("Form.Then", "edit"));
        Assert.Equal((HttpStatusCode.OK, "30", "2026-12-01"), (again.Status, again.ValueOf("Form.Rows[0].MaxDays"), again.ValueOf("Form.From")));
        Assert.Equal(4, again.Document.QuerySelectorAll("input[name$=Asked][checked]").Length);
    }

    [Theory]
    [InlineData("Form.From", "Form.From", "", "Indiquez à partir de quel jour la version vaut.")]
    [InlineData("Form.From", "Form.From", "2026-11-22", "La version peut valoir à partir d’aujourd’hui au plus tôt.")]
    [InlineData("Form.From", "Form.From", "31/02/2027", "Cette date n’existe pas.")]
    [InlineData("Form.From", "Form.From", "2030-01-01", "Dans 3 ans au plus.")]
    [InlineData("Form.Rows[0].MaxDays", "Form.Rows[0].MaxDays", "0", "Un nombre de jours de 1 à 730.")]
    [InlineData("Form.Rows[0].MaxDays", "Form.Rows[0].MaxDays", "quinze", "Un nombre de jours de 1 à 730.")]
    [InlineData("Form.Rows[0].MaxDays", "Form.Rows[0].Fr", "30", "Acheté depuis peu (en jours), Français : le texte cite un autre nombre que les 30 jours de la condition.")]
    [InlineData("Form.Rows[1].Order", "Form.Rows[1].Order", "premier", "Preuve d’achat jointe, place : un nombre de 1 à 99.")]
    [InlineData("Form.Rows[3].De", "Form.Rows[3].De", " ", "Appareil non endommagé (déclaré), Deutsch : ce texte manque.")]
    public async Task NewVersion_ThatCannotBe_IsSaidAtTheFieldAndKeepsWhatWasTyped(string field, string errorAt, string value, string message)
    {
        using var client = await AdministratorAsync();

        var page = await PreviewAsync(client, "", "2026-12-01", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : " + message, page.ErrorOf(errorAt));
        Assert.Equal(value, page.ValueOf(field));
    }

    [Fact]
    public async Task NewVersion_WithSeveralFaults_SaysThemAll()
    {
        using var client = await AdministratorAsync();

        var page = await PreviewAsync(client, "", "", ("Form.Rows[0].MaxDays", "0"), ("Form.Rows[1].Order", "premier"), ("Form.Rows[3].De", " "));

        Assert.All(["Form.From", "Form.Rows[0].MaxDays", "Form.Rows[1].Order", "Form.Rows[3].De"], field => Assert.NotNull(page.ErrorOf(field)));
    }

    [Fact]
    public async Task NewVersion_ThatAsksNothingOrContradictsItself_IsRefused()
    {
        using var client = await AdministratorAsync();

        var nothing = await PreviewAsync(client, "", "2026-12-01", [.. Enumerable.Range(0, 8).Select(i => ($"Form.Rows[{i}].Asked", (string?)null))]);
        var both = await PreviewAsync(client, "", "2026-12-01", Row(5, "true"), Row(6, "true"));

        Assert.Contains("Cochez au moins une condition.", nothing.TextOf("#Form_Rows"), StringComparison.Ordinal);
        Assert.Contains("s’excluent", both.TextOf("#Form_Rows"), StringComparison.Ordinal);
        static (string, string?) Row(int i, string value) => ($"Form.Rows[{i}].Asked", value);
    }

    [Fact]
    public async Task NewVersion_WhenSomebodyElseAddedOne_AnswersConflictAndKeepsTheText()
    {
        using var client = await AdministratorAsync();
        using var colleague = await AdministratorAsync();
        var mine = await PreviewAsync(client, "", "2026-12-15", ("Form.Rows[3].Fr", "Aucun dégât du tout"));
        await AddAsync(colleague, "", "2026-12-01");

        var refused = await client.SubmitAsync(mine, "#version", ("Form.Then", "save"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Version 2, 1 décembre 2026", refused.TextOf("#changed"), StringComparison.Ordinal);
        Assert.Equal("Aucun dégât du tout", refused.ValueOf("Form.Rows[3].Fr"));
        // With what was learnt it goes through.
        var preview = await client.SubmitAsync(refused, "#version", ("Form.Then", "preview"));
        var saved = await client.SubmitAsync(preview, "#version", ("Form.Then", "save"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal([(1, false), (2, false), (3, false)], await VersionsAsync());
    }

    [Fact]
    public async Task NewVersion_OnADayThatIsTaken_IsRefused_AndAnEarlierOneIsToldWhatFollows()
    {
        using var client = await AdministratorAsync();
        await AddAsync(client, "", "2026-12-01");

        var taken = await PreviewAsync(client, "", "2026-12-01");
        var earlier = await PreviewAsync(client, "", "2026-11-25");

        Assert.Contains("La version 2 vaut déjà à partir de ce jour", taken.ErrorOf("Form.From"), StringComparison.Ordinal);
        Assert.Contains("La version 2 prendra sa place dès le 1 décembre 2026.", earlier.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_IsForVersionsWhoseDayHasNotCome_AndTheyNeverApply()
    {
        using var client = await AdministratorAsync();
        var inForce = await client.GetPageAsync($"{Url}/1");
        Assert.Null(inForce.Document.QuerySelector("form[action$='/withdraw']"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostAsync($"{Url}/1/withdraw")).Status);
        var coming = await AddAsync(client, "", "2026-12-01", ("Form.Rows[0].MaxDays", "1"), ("Form.Rows[0].Fr", "Un jour"), ("Form.Rows[0].Nl", "Eén dag"), ("Form.Rows[0].De", "Ein Tag"), ("Form.Rows[0].En", "One day"));

        var withdrawn = await client.FollowAsync(await client.SubmitAsync(coming, "form[action$='/withdraw']"));

        Assert.Contains("La version est retirée ; elle ne vaudra jamais.", withdrawn.MainText, StringComparison.Ordinal);
        Assert.Contains("devait valoir à partir du 1 décembre 2026", withdrawn.TextOf(".head"), StringComparison.Ordinal);
        Assert.Equal([(1, false), (2, true)], await VersionsAsync());
        Assert.Equal(["doa-conditions.added category -, version 2, from 2026-12-01", "doa-conditions.withdrawn "], await AuditAsync());
        _factory.Time.Advance(TimeSpan.FromDays(9));
        using var filing = await FormFiling.StartAsync(_factory, "technical-doa");
        Assert.Equal((1, (int?)null), await FiledAgainstAsync(filing, ("PurchaseDate", "2026-11-28")));
    }

    [Fact]
    public async Task Version_IsComparedWithTheOneBefore_OrWithAnyOther()
    {
        using var client = await AdministratorAsync();
        var second = await AddAsync(client, "", "2026-11-24", ("Form.Rows[4].Asked", null));
        var third = await AddAsync(client, "", "2026-11-25", ("Form.Rows[2].Asked", null));

        Assert.Equal("Par rapport à la version 2", third.TextOf("#diff"));
        Assert.Equal(
            ["Nouvelle condition : Emballage et accessoires complets (déclaré).", "Condition supprimée : Photo de la plaque signalétique."],
            third.TextsOf("section[aria-labelledby=diff] li"));
        var first = await client.GetPageAsync($"{third.Url}?with=1");
        Assert.Equal(("Par rapport à la version 1", "Condition supprimée : Photo de la plaque signalétique."), (first.TextOf("#diff"), first.TextOf("section[aria-labelledby=diff] li")));
        Assert.Equal(5, (await client.GetPageAsync(second.Document.QuerySelector(".head a.btn")!.GetAttribute("href")!)).Document.QuerySelectorAll("input[name$=Asked][checked]").Length + 1);
    }

    [Theory]
    [InlineData("nl", "DOA-voorwaarden")]
    [InlineData("de", "DOA-Bedingungen")]
    [InlineData("en", "DOA conditions")]
    public async Task List_SpeaksTheReadersLanguage(string language, string title)
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator, language));

        Assert.Equal(title, (await client.GetPageAsync(Url)).TextOf("h1"));
    }

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private static async Task<PortalPage> PreviewAsync(PortalClient client, string category, string from, params (string Name, string? Value)[] values) =>
        await client.SubmitAsync(
            await client.GetPageAsync($"{Url}/new?category={category}"), "#version",
            [.. new (string Name, string? Value)[] { ("Form.From", from), ("Form.Then", "preview") }.Where(field => values.All(v => v.Name != field.Name)), .. values]);

    private static async Task<PortalPage> AddAsync(PortalClient client, string category, string from, params (string Name, string? Value)[] values) =>
        await client.FollowAsync(await client.SubmitAsync(await PreviewAsync(client, category, from, values), "#version", ("Form.Then", "save")));

    /// <summary>The version and the category of the conditions that a new dossier is judged by.</summary>
    private async Task<(int Version, int? Category)> FiledAgainstAsync(FormFiling filing, params (string, string?)[] over)
    {
        await filing.SendAsync(over);
        var dossier = Assert.Single(await filing.DossiersAsync());
        var set = await _factory.ReadAsync(db => db.Set<TechnicalDoa>().AllOrganisations().Where(d => d.DossierId == dossier.Id).Select(d => d.ConditionSet!).SingleAsync());
        return (set.Version, set.CategoryId);
    }

    private static async Task<string> AnswersAsync(FormFiling filing, Dossier dossier)
    {
        await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}");
        return (await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}")).MainText;
    }

    private async Task<IEnumerable<(int, bool)>> VersionsAsync() =>
        (await _factory.ReadAsync(db => db.DoaConditionSets.OrderBy(s => s.Version).ToListAsync())).Select(s => (s.Version, s.WithdrawnAt is not null));

    private Task<List<string>> AuditAsync() =>
        _factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == "DoaConditionSet").OrderBy(a => a.Id).Select(a => a.Action + " " + a.Detail).ToListAsync());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
