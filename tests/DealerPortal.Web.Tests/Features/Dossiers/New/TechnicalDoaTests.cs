using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>How the conditions are judged while typing and at the send; what every form does is in <see cref="FormTests"/>.</summary>
public sealed class TechnicalDoaTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Slug = "technical-doa";

    [Fact]
    public async Task Save_AnswersHowEveryConditionStands()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);

        var first = await filing.Client.PostAsync($"{filing.Url}/save", ("Revision", "0"), ("ModelCode", filing.Model.Code));
        Assert.Contains("Preuve manquante", Fragment(first, "conditions-list"), StringComparison.Ordinal);
        Assert.Contains("À compléter", Fragment(first, "conditions-list"), StringComparison.Ordinal);
        Assert.Equal("0 sur 5 remplies 1 preuve manquante, 4 à compléter", Fragment(first, "conditions-sum"));

        var late = await filing.Client.PostAsync($"{filing.Url}/save", Again(filing, 1, ("PurchaseDate", "2026-10-28")));
        Assert.Contains("Acheté depuis 14 jours au plus Non remplie · 26 jours aujourd’hui", Fragment(late, "conditions-list"), StringComparison.Ordinal);
        Assert.Contains("Appareil non endommagé Remplie · déclaré par vous", Fragment(late, "conditions-list"), StringComparison.Ordinal);
        Assert.Contains("Cet appareil ne remplit pas les conditions DOA", Fragment(late, "conditions-refusal"), StringComparison.Ordinal);

        var good = await filing.Client.PostAsync($"{filing.Url}/save", Again(filing, 2));
        Assert.Equal("3 sur 5 remplies 2 preuves manquantes", Fragment(good, "conditions-sum"));
        Assert.Equal("", Fragment(good, "conditions-refusal"));
    }

    [Fact]
    public async Task Check_WithoutScripts_ShowsHowTheConditionsStand()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);

        var answer = await filing.Client.PostAsync(filing.Url, filing.Fields(("Sold", "no"), ("Check", "1")));

        Assert.Equal((HttpStatusCode.Redirect, $"{filing.Url}#conditions"), (answer.Status, answer.Location));
        var page = await filing.Client.FollowAsync(answer);
        Assert.Contains("Sans objet, appareil non vendu", page.TextOf("#conditions"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#conditions noscript button[name=Check]"));
        Assert.Empty(await filing.DossiersAsync());
    }

    [Fact]
    public async Task Send_StoresTheVersionAndTheVerdict_WhichLaterConditionsDoNotChange()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        await filing.SendAsync();
        var dossier = Assert.Single(await filing.DossiersAsync());
        await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}");
        var before = (await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}")).MainText;

        await AddConditionsAsync(filing, version: 7, from: "2026-11-23", maxDays: 3);

        var details = await portal.Factory.ReadAsync(db => db.Set<TechnicalDoa>().AllOrganisations().Include(d => d.Verdicts).Include(d => d.ConditionSet).SingleAsync(d => d.DossierId == dossier.Id));
        Assert.Equal((1, null), (details.ConditionSet!.Version, details.ConditionSet.CategoryId));
        Assert.Equal([(1, DoaOutcome.Met, 13), (2, DoaOutcome.Met, null), (3, DoaOutcome.Met, null), (4, DoaOutcome.Met, null), (5, DoaOutcome.Met, (int?)null)],
            details.Verdicts.OrderBy(v => v.Position).Select(v => (v.Position, v.Outcome, v.Days)));
        Assert.Equal(before, (await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}")).MainText);
    }

    [Fact]
    public async Task Conditions_OfTheCategoryTakeTheirPlaceOnTheirDay()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        await AddConditionsAsync(filing, version: 1, from: "2026-01-01", maxDays: 30);
        await AddConditionsAsync(filing, version: 2, from: "2026-11-23", maxDays: 7);
        await AddConditionsAsync(filing, version: 3, from: "2026-11-24", maxDays: 100);

        var page = await filing.SendAsync();

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : Condition DOA non remplie : 7 jours au plus (13 jours aujourd’hui)", page.ErrorOf("PurchaseDate"));
        Assert.Contains("version 2, depuis le 23 novembre 2026", page.TextOf("#conditions-head"), StringComparison.Ordinal);
        Assert.Empty(await filing.DossiersAsync());
    }

    [Fact]
    public async Task Send_ForAModelOutsideTheCatalogue_IsJudgedByTheGeneralConditions()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        await AddConditionsAsync(filing, version: 1, from: "2026-01-01", maxDays: 1);

        var sent = await filing.SendAsync(("ModelCode", "INCONNU-1"));

        Assert.Contains("Version 1, depuis le 1 janvier 2020", (await filing.Client.FollowAsync(sent)).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_GoesOnAsARepairRequestWithTheAnswersAndTheFiles()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug);
        var refused = await filing.SendAsync(("Damaged", "yes"));
        Assert.Contains("Appareil non endommagé", refused.TextOf("#conditions-refusal"), StringComparison.Ordinal);

        var turned = await filing.Client.SubmitAsync(refused, "#dossier", ("Turn", "1"));

        Assert.StartsWith("/dossiers/new/repair/", turned.Location, StringComparison.Ordinal);
        var page = await filing.Client.FollowAsync(turned);
        Assert.Equal((filing.Model.Code, "7D6M5AB1800045N", "Écran noir dès le premier allumage.", "COMPTOIR-118"),
            (page.ValueOf("ModelCode"), page.ValueOf("SerialNumber"), page.ValueOf("Description"), page.ValueOf("Reference")));
        Assert.Equal(2, page.Document.QuerySelectorAll("main .tile img").Length);
        var drafts = await portal.Factory.ReadAsync(db => db.Drafts.AllOrganisations().Where(d => d.OrganisationId == filing.Organisation.Id).Select(d => d.Type).ToListAsync());
        Assert.Equal([DossierType.RepairRequest], drafts);
    }

    [Theory]
    [InlineData("Accepted", true)]
    [InlineData("Refused", false)]
    public async Task Decision_IsMailed_WithWhatFollowsFromIt(string resolution, bool leadsOn)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, Slug, "nl");
        await filing.SendAsync();
        var dossier = Assert.Single(await filing.DossiersAsync());
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

        await support.SubmitAsync(
            await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#answer",
            ("Answer.Text", "Bekeken."), ("Answer.Resolution", resolution), ("Answer.Then", "complete"));

        const string NextStep = "De DOA is aanvaard: vraag nu de retour of de afhaling aan";
        var mail = (await portal.Factory.MailsAsync(filing.User.Email)).Single(m => m.Kind == "DossierCompleted");
        Assert.Equal(leadsOn, mail.Text.Contains(NextStep, StringComparison.Ordinal));
        var page = await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Equal(leadsOn, page.MainText.Contains(NextStep, StringComparison.Ordinal));
        Assert.Equal(leadsOn ? 2 : 0, page.Document.QuerySelectorAll("form[action$='/follow'] button").Length);
    }

    private Task AddConditionsAsync(FormFiling filing, int version, string from, int maxDays) => portal.Factory.WriteAsync((write, _) =>
    {
        write.Db.Add(new DoaConditionSet
        {
            CategoryId = filing.Model.CategoryId,
            Version = version,
            EffectiveFrom = DateOnly.Parse(from, CultureInfo.InvariantCulture),
            Conditions =
            [
                new DoaCondition
                {
                    Position = 1,
                    Kind = DoaConditionKind.PurchasedWithin,
                    MaxDays = maxDays,
                    TextFr = $"{maxDays} jours au plus",
                    TextNl = $"Hoogstens {maxDays} dagen",
                    TextDe = $"Höchstens {maxDays} Tage",
                    TextEn = $"{maxDays} days at most",
                },
            ],
        });
        return Task.CompletedTask;
    });

    private static (string Name, string? Value)[] Again(FormFiling filing, int revision, params (string Name, string? Value)[] over) =>
        [.. filing.Fields(over).Where(field => field.Name != "Revision"), ("Revision", revision.ToString(CultureInfo.InvariantCulture))];

    private static string Fragment(PortalPage saved, string id)
    {
        using var json = JsonDocument.Parse(saved.Body);
        var html = new HtmlParser().ParseDocument(json.RootElement.GetProperty("fragments").GetProperty(id).GetString()!);
        return string.Join(' ', html.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
