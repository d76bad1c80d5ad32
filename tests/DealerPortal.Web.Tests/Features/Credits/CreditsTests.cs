using System.IO.Compression;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Credits;

/// <summary>What a dealer sees of credits.</summary>
public sealed class CreditsTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task List_ShowsTheOrganisationsOwn_WithTheirTotal_ToEveryMember()
    {
        var (organisation, client) = await DealerAsync();
        var other = await portal.Data.CreateOrganisationAsync();
        await portal.Data.CreateCreditAsync(other, change: given => given with { AmountCents = 99900 });
        await portal.Data.CreateCreditAsync(null);
        await portal.Data.CreateCreditAsync(organisation, change: given => given with { AmountCents = 110475, RequestedOn = new DateOnly(2026, 11, 1) });
        await portal.Data.CreateCreditAsync(organisation, change: given => given with { AmountCents = -1050, Kind = CreditKind.Correction, State = CreditState.InProcess, RequestedOn = new DateOnly(2026, 11, 2) });

        var page = await client.GetPageAsync("/credits");

        Assert.Equal("2 crédits", page.TextOf("[role=status] strong"));
        Assert.Equal(["2 novembre 2026", "1 novembre 2026"], page.TextsOf("tbody time"));
        Assert.Equal(["-10,50 €", "1 104,75 €"], page.TextsOf("tbody td:last-child").Select(Spaced));
        Assert.Equal("1 094,25 €", Spaced(page.TextOf("tfoot td")));
    }

    [Theory]
    [InlineData("state=InProcess", "B")]
    [InlineData("kind=Correction", "C")]
    [InlineData("beneficiary=Distributor", "C")]
    [InlineData("from=2026-11-02", "B,C")]
    [InlineData("until=2026-11-02", "A,B")]
    [InlineData("from=2026-11-02&until=2026-11-02", "B")]
    [InlineData("q=refb", "B")]
    [InlineData("q=TV55", "B")]
    [InlineData("q=SNC", "C")]
    [InlineData("q=%3Cb%3E", "")]
    [InlineData("state=Nonsense&page=0&from=x", "A,B,C")]
    [InlineData("gap=Dossier&org=1", "A,B,C")]
    public async Task Filters_NarrowTheList(string query, string expected)
    {
        var (organisation, client) = await DealerAsync();
        string[] names = ["A", "B", "C"];
        foreach (var (name, day) in names.Select((name, day) => (name, day)))
        {
            await portal.Data.CreateCreditAsync(organisation, change: given => given with
            {
                Reference = $"Ref {name}",
                SerialNumber = $"SN{name}{organisation.Id}",
                ModelCode = name == "B" ? "TV55QD8/BE" : null,
                RequestedOn = new DateOnly(2026, 11, 1 + day),
                State = name == "B" ? CreditState.InProcess : CreditState.Issued,
                Kind = name == "C" ? CreditKind.Correction : CreditKind.Credit,
                Beneficiary = name == "C" ? Beneficiary.Distributor : Beneficiary.Shop,
            });
        }

        // With a second value, so that a single find stays in the list.
        var page = await client.GetPageAsync($"/credits?{query}&sort=Oldest");

        Assert.Equal(expected, string.Join(',', page.TextsOf("tbody tr").Select(row => row.Split("Ref ")[1][..1])));
    }

    [Fact]
    public async Task LookUp_OfOneNumberSerialOrReference_OpensTheCredit()
    {
        var (organisation, client) = await DealerAsync();
        var credit = await portal.Data.CreateCreditAsync(organisation, change: given => given with { SerialNumber = "LOOKSN1", Reference = "Mon comptoir 7" });
        await portal.Data.CreateCreditAsync(organisation, change: given => given with { SerialNumber = "LOOKSN12" });

        foreach (var typed in (string[])[credit.GrmsNumber, " " + credit.GrmsNumber[..3] + " " + credit.GrmsNumber[3..], "looksn1", "mon COMPTOIR 7"])
            Assert.Equal($"/credits/{credit.GrmsNumber}", (await client.GetPageAsync($"/credits?q={Uri.EscapeDataString(typed)}")).Location);
        // Only the beginning of several: a list.
        Assert.Equal(2, (await client.GetPageAsync("/credits?q=LOOKSN")).Document.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Credit_ShowsEveryFieldOfTheReference_AndItsDossier()
    {
        var (organisation, client) = await DealerAsync();
        var member = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateReturnAsync(organisation, member);
        var credit = await portal.Data.CreateCreditAsync(organisation, change: given => given with { Beneficiary = Beneficiary.Distributor, BeneficiaryName = "Démo Distribution" });
        await portal.Factory.WriteAsync((write, ct) => write.Db.Credits.AllOrganisations().Where(c => c.Id == credit.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.DossierId, dossier.Id), ct));

        var page = await client.GetPageAsync($"/credits/{credit.GrmsNumber}");

        var pairs = page.Document.QuerySelectorAll("dl.pairs > div").ToDictionary(pair => pair.QuerySelector("dt")!.TextContent.Trim(), pair => Spaced(pair.QuerySelector("dd")!.TextContent.Trim()));
        Assert.Equal(
            [
                ("Bénéficiaire", "Distributeur"), ("Code modèle", "LW90T554/BE"), ("Date de la demande", "12 novembre 2026"), ("Date de la facture", "18 novembre 2026"), ("Genre", "Crédit"), ("IMEI", "Inconnu"),
                ("Numéro de facture", "DEMO-2026-00871"), ("Numéro de série", "7D6M5AB1800045N"), ("Numéro GRMS", credit.GrmsNumber), ("Référence client", "COMPTOIR-088"),
            ],
            pairs.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.InvariantCultureIgnoreCase));
        var main = Spaced(page.MainText);
        Assert.Contains("256,50 €", main, StringComparison.Ordinal);
        Assert.Contains("Attendu 450,00 €, crédité 256,50 € : l’appareil a perdu 43 % de sa valeur.", main, StringComparison.Ordinal);
        Assert.Contains("Distributeur : Démo Distribution", main, StringComparison.Ordinal);
        // Only who may see the dossier is led to it; the credit is every member's.
        Assert.Contains(dossier.Number, main, StringComparison.Ordinal);
        Assert.DoesNotContain($"/dossiers/{dossier.Number}", page.HrefsOf("a"));
        using var owner = await portal.Factory.NewClientAsync(member);
        Assert.Contains($"/dossiers/{dossier.Number}", (await owner.GetPageAsync($"/credits/{credit.GrmsNumber}")).HrefsOf("a"));
    }

    [Fact]
    public async Task Export_HoldsWhatTheListShows_AsNumbersAndWithoutFormulas()
    {
        var (organisation, client) = await DealerAsync();
        var other = await portal.Data.CreateOrganisationAsync();
        await portal.Data.CreateCreditAsync(other, change: given => given with { SerialNumber = "EXPORT1" });
        var credit = await portal.Data.CreateCreditAsync(organisation, change: given => given with { Reference = "=1+1", AmountCents = -125650, SerialNumber = "EXPORT2" });
        await portal.Data.CreateCreditAsync(organisation, change: given => given with { State = CreditState.InProcess });

        var csv = await client.GetPageAsync("/credits/export.csv?q=export&state=Issued");
        var lines = csv.Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{credit.GrmsNumber};Crédit;Émise;12/11/2026;LW90T554/BE;", lines[1], StringComparison.Ordinal);
        Assert.Contains(";'=1+1;", lines[1], StringComparison.Ordinal);
        Assert.Contains(";43,00;-1256,50;", lines[1], StringComparison.Ordinal);

        var workbook = await client.GetPageAsync("/credits/export.xlsx?state=Issued");
        using var zip = new ZipArchive(new MemoryStream(workbook.Content));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains("<v>-1256.5</v>", (await reader.ReadToEndAsync()).Replace("-1256.50", "-1256.5", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_SaysWhatToDo()
    {
        var (_, client) = await DealerAsync();

        Assert.Equal(["/dossiers/new/credit-question"], (await client.GetPageAsync("/credits")).HrefsOf(".empty a"));
        Assert.Equal(["/credits"], (await client.GetPageAsync("/credits?q=zzz")).HrefsOf(".empty a"));
    }

    private static string Spaced(string text) => text.Replace('\u00a0', ' ');

    private async Task<(TestOrganisation Organisation, PortalClient Client)> DealerAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation)));
    }
}
