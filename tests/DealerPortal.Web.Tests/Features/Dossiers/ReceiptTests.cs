using System.Net;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers;

/// <summary>What the consumer is given: their own data, in their own language, and nothing of what shop and support say to each other.</summary>
public sealed class ReceiptTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Canary = "canari";

    [Fact]
    public async Task Get_SaysWhatTheConsumerHandedIn_AndNothingInternal()
    {
        var (organisation, _) = await DealerAsync();
        var person = await portal.Data.CreateMemberAsync(organisation, firstName: $"{Canary}-employé", lastName: $"{Canary}-nom");
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d =>
        {
            d.Reference = $"{Canary}-référence";
            d.EndUserName = "Mme Essai";
            d.SerialNumber = "7D6M5AB1800045N";
            d.Imei = "490154203237518";
            d.Description = "Ne démarre plus.\n<b>Fuite</b>";
            d.Timeline.Add((ActorKind.Support, TimelineKind.InternalNote, $"{Canary}-note"));
            d.Timeline.Add((ActorKind.Support, TimelineKind.Message, $"{Canary}-réponse"));
            d.Timeline.Add((ActorKind.Dealer, TimelineKind.Message, $"{Canary}-message"));
        });

        var page = await GetAsync(person, dossier);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Reçu de prise en charge", page.TextOf(".sheet h1"));
        var sheet = page.TextOf(".sheet");
        foreach (var part in (string[])[dossier.Number, organisation.Name, "Rue de la Démo", "4000 Liège, Belgique", "Mme Essai", "LW90T554/BE", "7D6M5AB1800045N", "490154203237518", "Ne démarre plus.", "<b>Fuite</b>", "23 novembre 2026", "La suite"])
            Assert.Contains(part, sheet, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, page.Document.QuerySelector("main")!.OuterHtml, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(page.Document.QuerySelector($".sheet svg[aria-label*='{dossier.Number}']"));
    }

    [Theory]
    [InlineData("nl", "nl-BE", "Ontvangstbewijs", "Klacht", "23 november 2026")]
    [InlineData("de", "de-BE", "Annahmebeleg", "Beanstandung", "23. November 2026")]
    [InlineData("en", "en-GB", "Repair receipt", "Complaint", "23 November 2026")]
    [InlineData("fr", "fr-BE", "Reçu de prise en charge", "Plainte", "23 novembre 2026")]
    [InlineData("xx", "fr-BE", "Reçu de prise en charge", "Plainte", "23 novembre 2026")]
    public async Task Get_InAnotherLanguage_ChangesTheReceiptAlone(string language, string culture, string title, string label, string date)
    {
        var (organisation, person) = await DealerAsync();
        var model = await portal.Data.CreateModelAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Model = model);
        using var client = await portal.Factory.NewClientAsync(person);

        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}/receipt?lang={language}");

        Assert.Equal(culture, page.Document.QuerySelector(".sheet")!.GetAttribute("lang"));
        Assert.Equal(title, page.TextOf(".sheet h1"));
        Assert.Contains(label, page.TextsOf(".sheet dt"));
        Assert.Contains(date, page.TextOf(".sheet dl"), StringComparison.Ordinal);
        Assert.Contains(language is "xx" ? model.Name.Fr : model.Name.In(language), page.TextOf(".sheet dl"), StringComparison.Ordinal);
        // The shop's own page stays in the shop's language, here and afterwards.
        Assert.Equal("fr-BE", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("À remettre au client", page.TextOf("main .head"), StringComparison.Ordinal);
        Assert.Equal(4, page.Document.QuerySelectorAll("main .head .chips a").Length);
        Assert.Single(page.Document.QuerySelectorAll("main .head .chips a[aria-current]"));
        Assert.Equal("fr-BE", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("fr", await portal.Factory.ReadAsync(db => db.Users.Where(u => u.Id == person.Id).Select(u => u.Language).SingleAsync()));
    }

    [Theory]
    [InlineData(false, false, "un technicien vous contacte")]
    [InlineData(true, false, "le technicien passe chez vous le jeudi 26 novembre 2026, entre 8 h et 12 h")]
    [InlineData(false, true, null)]
    public async Task Get_ForADeviceAtHome_SaysWhoComesAndKeepsTheShopsAddress(bool planned, bool over, string? next)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await HomeRepairAsync(organisation, person, over ? RepairStatus.RepairCompleted : null);
        if (planned)
            await PlanAsync(dossier);

        var page = await GetAsync(person, dossier);

        Assert.Contains("Rue de la Démo", page.TextOf("section[aria-labelledby=shop]"), StringComparison.Ordinal);
        Assert.Contains("Mme Essai Rue du Test 5, 4020 Liège", string.Join(' ', page.TextsOf("section[aria-labelledby=customer] strong, section[aria-labelledby=customer] span")), StringComparison.Ordinal);
        Assert.Equal(next is null, page.Document.QuerySelector("section[aria-labelledby=next]") is null);
        if (next is not null)
            Assert.Contains(next, page.TextOf("section[aria-labelledby=next]").Replace('\u00A0', ' '), StringComparison.OrdinalIgnoreCase);
    }

    public static TheoryData<string, string> LongTexts => new()
    {
        { string.Join(' ', Enumerable.Repeat("L’appareil vibre.", 230)), "…" },
        { new string('x', 4000), "…" },
        { string.Join('\n', Enumerable.Repeat("bruit", 400)), "…" },
        { string.Concat(Enumerable.Repeat("🔧", 1000)), "…" },
        { "L’appareil vibre.\n\n\nIl fuit.", "Il fuit." },
    };

    [Theory]
    [MemberData(nameof(LongTexts))]
    public async Task Get_WithALongDescription_KeepsToOneSheetAndSaysSo(string description, string end)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Description = description);

        var page = await GetAsync(person, dossier);

        var shown = page.Document.QuerySelector(".sheet dl .full dd")!;
        var note = shown.QuerySelector(".muted")?.TextContent;
        Assert.Equal(end == "…", note is not null);
        var text = note is null ? shown.TextContent : shown.TextContent.Replace(note, "", StringComparison.Ordinal);
        Assert.EndsWith(end, text, StringComparison.Ordinal);
        Assert.True(text.Length <= 601 && shown.QuerySelectorAll("br").Length < 9, $"{text.Length} characters, {shown.QuerySelectorAll("br").Length + 1} lines");
        // No half of a character: it would be shown as the sign for a broken one.
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public async Task Get_WithoutAName_LeavesALineToWriteOn()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);

        Assert.NotNull((await GetAsync(person, dossier)).Document.QuerySelector("section[aria-labelledby=customer] .fill"));
    }

    [Fact]
    public async Task Get_ForAReturnOrForAStranger_IsNotFound_AndOnlyARepairOffersIt()
    {
        var (organisation, person) = await DealerAsync();
        var repair = await portal.Data.CreateDossierAsync(organisation, person, d => d.RepairStatus = RepairStatus.RepairCompleted);
        var returned = await portal.Data.CreateReturnAsync(organisation, person);
        var (_, stranger) = await DealerAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(person, returned)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(stranger, repair)).Status);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.NotNull((await client.GetPageAsync($"/dossiers/{repair.Number}")).Document.QuerySelector($"main a[href='/dossiers/{repair.Number}/receipt']"));
        Assert.Null((await client.GetPageAsync($"/dossiers/{returned.Number}")).Document.QuerySelector("main a[href$='/receipt']"));
    }

    private async Task<PortalPage> GetAsync(TestUser person, TestDossier dossier)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        return await client.GetPageAsync($"/dossiers/{dossier.Number}/receipt");
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation));
    }

    private Task<TestDossier> HomeRepairAsync(TestOrganisation organisation, TestUser person, RepairStatus? status) => portal.Data.CreateDossierAsync(organisation, person, d =>
    {
        d.Location = DeviceLocation.EndUser;
        d.RepairStatus = status;
        (d.EndUserName, d.EndUserStreet, d.EndUserPostalCode, d.EndUserTown) = ("Mme Essai", "Rue du Test 5", "4020", "Liège");
    });

    private Task PlanAsync(TestDossier dossier) => portal.Factory.WriteAsync((write, _) =>
    {
        write.Db.Add(new Appointment
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Date = new DateOnly(2026, 11, 26),
            From = new TimeOnly(8, 0),
            Until = new TimeOnly(12, 0),
            Place = "Rue du Test 5, 4020 Liège",
        });
        return Task.CompletedTask;
    });
}
