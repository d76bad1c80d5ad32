using System.Globalization;
using System.Net;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class TemplatesTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Add_WithEverything_IsListedOfferedAndRecorded()
    {
        using var support = await SupportAsync();
        var name = $"Pièce commandée {Guid.NewGuid():N}";

        var saved = await support.PostFormAsync("/admin/templates/new", [.. Fields(name), ("Purpose", "Closing"), ("Resolution", "Accepted"), ("Type", "RepairRequest")]);

        Assert.Equal((HttpStatusCode.Redirect, "/admin/templates"), (saved.Status, saved.Location));
        var row = (await support.FollowAsync(saved)).TextsOf("tbody tr").Single(text => text.Contains(name, StringComparison.Ordinal));
        Assert.All((string[])["Clôturer la demande", "Accepté", "Demande de réparation", "En service"], part => Assert.Contains(part, row, StringComparison.Ordinal));
        var template = await FindAsync(name);
        Assert.Equal("Bonjour {name},\nla pièce est commandée.", template.Text.Fr);
        Assert.Equal(["template.added"], await ActionsAsync(template.Id));
        Assert.Contains(name, await OfferedForAsync(DossierType.RepairRequest));
        Assert.DoesNotContain(name, await OfferedForAsync(DossierType.TechnicalDoa));
    }

    [Fact]
    public async Task Add_WithNothing_IsRefusedAtEveryField()
    {
        using var support = await SupportAsync();

        var refused = await support.PostFormAsync("/admin/templates/new", ("Purpose", "Closing"), ("TextFr", " "));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        foreach (var field in (string[])["Name", "Resolution", "TextFr", "TextNl", "TextDe", "TextEn"])
            Assert.NotNull(refused.ErrorOf(field));
        Assert.Equal(6, refused.Document.QuerySelectorAll(".error-summary li").Length);
    }

    [Theory]
    [InlineData("TextNl", "Beste {naam}", "{naam}")]
    [InlineData("TextDe", "Guten Tag {name", "{")]
    public async Task Add_WithAnUnknownPlace_SaysWhichAtTheField(string field, string text, string named)
    {
        using var support = await SupportAsync();

        var refused = await support.PostFormAsync("/admin/templates/new", [.. Fields("Sans suite").Where(f => f.Item1 != field), ("Purpose", "Answer"), (field, text)]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains($"n’existe pas : {named}.", refused.ErrorOf(field), StringComparison.Ordinal);
        Assert.Equal(text, refused.ValueOf(field));
        Assert.Null(refused.ErrorOf("TextFr"));
    }

    [Fact]
    public async Task Add_UnderANameThatIsTaken_IsRefusedAtTheName()
    {
        var taken = await portal.Data.CreateTemplateAsync();
        using var support = await SupportAsync();

        var refused = await support.PostFormAsync("/admin/templates/new", [.. Fields(taken.Name), ("Purpose", "Answer")]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("porte déjà ce nom", refused.ErrorOf("Name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ShowsTheExampleInFourLanguages_AndSavesNothing()
    {
        using var support = await SupportAsync();
        var name = $"Aperçu {Guid.NewGuid():N}";

        var page = await support.PostFormAsync(
            "/admin/templates/new", ("Name", name), ("Purpose", "Answer"), ("TextFr", "L’appareil[ {serial}] est là."), ("TextNl", "Dag {name}"), ("TextDe", "Heute ist der {date}."), ("TextEn", "Your {type}."), ("Preview", "true"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["L’appareil 7D6M5AB1800045N est là.", "L’appareil est là."], page.TextsOf("#preview [lang=fr]"));
        Assert.Equal(["Dag Claire Modèle"], page.TextsOf("#preview [lang=nl]"));
        Assert.Equal([$"Heute ist der {Formats.Date(Formats.Today(portal.Factory.Time), CultureInfo.GetCultureInfo("de-BE"))}."], page.TextsOf("#preview [lang=de]"));
        Assert.Equal(["Your repair request."], page.TextsOf("#preview [lang=en]"));
        Assert.Equal(name, page.ValueOf("Name"));
        Assert.False(await portal.Factory.ReadAsync(db => db.AnswerTemplates.AnyAsync(t => t.Name == name)));
    }

    [Fact]
    public async Task Edit_OfTwoPeople_ShowsTheSecondWhatChangedAndKeepsTheirText()
    {
        var template = await portal.Data.CreateTemplateAsync();
        var url = Url(template);
        using var first = await SupportAsync();
        using var second = await SupportAsync();
        var opened = await second.GetPageAsync(url);
        await first.PostFormAsync(url, ("TextFr", "Le premier a écrit ceci."));

        var stale = await second.SubmitAsync(opened, "#template", ("TextFr", "Le second a écrit cela."));

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("Le second a écrit cela.", stale.ValueOf("TextFr"));
        Assert.Contains("Le premier a écrit ceci.", stale.TextOf(".notice details"), StringComparison.Ordinal);
        Assert.Equal("Le premier a écrit ceci.", (await FindAsync(template.Name)).Text.Fr);
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(stale, "#template")).Status);
        Assert.Equal("Le second a écrit cela.", (await FindAsync(template.Name)).Text.Fr);
    }

    [Fact]
    public async Task Edit_FromClosingToAnswer_DropsTheResolution()
    {
        var template = await portal.Data.CreateTemplateAsync(t => (t.Purpose, t.Resolution) = (TemplatePurpose.Closing, Resolution.Refused));
        using var support = await SupportAsync();

        await support.PostFormAsync(Url(template), ("Purpose", "Answer"));

        var saved = await FindAsync(template.Name);
        Assert.Equal((TemplatePurpose.Answer, null), (saved.Purpose, saved.Resolution));
    }

    [Fact]
    public async Task Deactivate_TakesItOutOfTheOffer_UntilItIsReactivated()
    {
        var template = await portal.Data.CreateTemplateAsync();
        using var support = await SupportAsync();

        await support.PostAsync(Url(template) + "/deactivate");
        await support.PostAsync(Url(template) + "/deactivate");
        Assert.DoesNotContain(template.Name, await OfferedForAsync(DossierType.RepairRequest));
        Assert.Contains((await support.GetPageAsync("/admin/templates")).TextsOf("tbody tr"), row => row.Contains(template.Name, StringComparison.Ordinal) && row.EndsWith("Hors service", StringComparison.Ordinal));

        await support.PostAsync(Url(template) + "/reactivate");
        Assert.Contains(template.Name, await OfferedForAsync(DossierType.RepairRequest));
        Assert.Equal(["template.deactivated", "template.reactivated"], await ActionsAsync(template.Id));
    }

    [Fact]
    public async Task Reading_FillsForOneDossierAndForSeveral_EachInItsOwnersLanguage()
    {
        var template = await portal.Data.CreateTemplateAsync(t => t.Type = DossierType.RepairRequest);
        var organisation = await portal.Data.CreateOrganisationAsync();
        var french = await portal.Data.CreateMemberAsync(organisation);
        var dutch = await portal.Data.CreateMemberAsync(organisation, language: "nl");
        var one = await portal.Data.CreateDossierAsync(organisation, french);
        var two = await portal.Data.CreateDossierAsync(organisation, dutch);
        var other = await portal.Data.CreateReturnAsync(organisation, french);
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        var templates = scope.ServiceProvider.GetRequiredService<AnswerTemplates>();
        var row = await portal.Factory.ReadAsync(db => db.Dossiers.IgnoreQueryFilters().SingleAsync(d => d.Id == one.Id));

        var offered = (await templates.ForDossierAsync(row, "de", CancellationToken.None)).Single(t => t.Id == template.Id);
        var filled = await templates.FillAsync(template.Id, new Reader(1, StaffRole.SupportAgent, false), [one.Id, two.Id, other.Id], CancellationToken.None);

        Assert.Equal($"Hier ist {one.Number}.", offered.Text);
        Assert.Equal(new Dictionary<long, string> { [one.Id] = $"Voici {one.Number}.", [two.Id] = $"Hier is {two.Number}." }, filled);
    }

    [Theory]
    [InlineData("nl", "Antwoordsjablonen")]
    [InlineData("de", "Antwortvorlagen")]
    [InlineData("en", "Answer templates")]
    public async Task List_SpeaksTheReadersLanguage(string language, string title)
    {
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(language: language));

        Assert.Equal(title, (await support.GetPageAsync("/admin/templates")).TextOf("h1"));
    }

    private static (string, string?)[] Fields(string name) =>
    [
        ("Name", name), ("TextFr", "Bonjour {name},\r\nla pièce est commandée."), ("TextNl", "Dag {name}, het onderdeel is besteld."),
        ("TextDe", "Guten Tag {name}, das Teil ist bestellt."), ("TextEn", "Dear {name}, the part is ordered."),
    ];

    private static string Url(AnswerTemplate template) => string.Create(CultureInfo.InvariantCulture, $"/admin/templates/{template.Id}");

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private Task<AnswerTemplate> FindAsync(string name) => portal.Factory.ReadAsync(db => db.AnswerTemplates.AsNoTracking().SingleAsync(t => t.Name == name));

    private Task<List<string>> ActionsAsync(int id) => portal.Factory.ReadAsync(db => db.Audit
        .Where(a => a.SubjectType == nameof(AnswerTemplate) && a.SubjectId == id.ToString(CultureInfo.InvariantCulture)).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());

    private async Task<IReadOnlyList<string>> OfferedForAsync(DossierType type)
    {
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        return [.. (await scope.ServiceProvider.GetRequiredService<AnswerTemplates>().ForTypeAsync(type, null, CancellationToken.None)).Select(t => t.Name)];
    }
}
