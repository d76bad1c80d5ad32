using System.Net;
using System.Text.Json;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>A template goes into the answer on a dossier's page.</summary>
public sealed class AdminTemplateTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task PostTemplate_PutsTheFilledTextInTheDealersLanguageBehindWhatWasTyped_AndKeepsTheFiles()
    {
        var (dossier, template, support) = await SetUpAsync();
        using var client = support;
        var page = await client.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        Assert.Equal("nl", page.ValueOf("Answer.TemplateLanguage"));

        var inserted = await client.PostFilesAsync(
            page.Document.QuerySelector("[data-insert-into]")!.GetAttribute("formaction")!, [new TestFile("Answer.Files", "plan.png", TestFile.Png)],
            ("Answer.Text", "Goedemorgen."), ("Answer.Template", template), ("Answer.TemplateLanguage", "nl"));

        Assert.Equal(HttpStatusCode.OK, inserted.Status);
        Assert.Equal($"Goedemorgen.\n\nDossier {dossier.Number} is geweigerd.", inserted.ValueOf("Answer.Text")!.ReplaceLineEndings("\n"));
        Assert.Equal("Refused", inserted.ValueOf("Answer.Resolution"));
        Assert.Contains("plan.png", inserted.TextOf("#answer fieldset"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostTemplate_ForAScript_AnswersTheTextInTheLanguageAskedFor()
    {
        var (dossier, template, support) = await SetUpAsync();
        using var client = support;
        client.Http.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        var answer = await client.PostAsync($"/admin/dossiers/{dossier.Number}/template", ("Answer.Template", template), ("Answer.TemplateLanguage", "de"));

        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal($"Vorgang {dossier.Number} ist abgelehnt.", json.RootElement.GetProperty("text").GetString());
        Assert.Equal("Refused", json.RootElement.GetProperty("resolution").GetString());
    }

    [Fact]
    public async Task PostTemplate_WithoutAChoice_SaysSoAtTheFieldAndKeepsTheText()
    {
        var (dossier, _, support) = await SetUpAsync();
        using var client = support;

        var refused = await client.PostAsync($"/admin/dossiers/{dossier.Number}/template", ("Answer.Template", ""), ("Answer.Text", "Bonjour."));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf("Answer.Template"));
        Assert.Equal("Bonjour.", refused.ValueOf("Answer.Text"));
    }

    private async Task<(TestDossier Dossier, string Template, PortalClient Support)> SetUpAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation, language: "nl"));
        var template = await portal.Data.CreateTemplateAsync(t =>
        {
            t.Purpose = TemplatePurpose.Closing;
            t.Resolution = Resolution.Refused;
            t.Text = new LocalizedText
            {
                Fr = "Le dossier {number} est refusé.",
                Nl = "Dossier {number} is geweigerd.",
                De = "Vorgang {number} ist abgelehnt.",
                En = "Dossier {number} is refused.",
            };
        });
        return (dossier, template.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync()));
    }
}
