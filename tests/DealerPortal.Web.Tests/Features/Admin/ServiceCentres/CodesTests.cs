using System.Globalization;
using System.Net;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Api;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin.ServiceCentres;

public sealed class CodesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Codes = "/admin/service-centres/codes";

    [Fact]
    public async Task UnknownCode_IsListed_AndMappingItAppliesWhatWaitedAndSaysSo()
    {
        var (centre, dossier, code) = await WaitingAsync();
        using var support = await SupportAsync();
        var list = await support.GetPageAsync("/admin/service-centres/unknown");
        var row = list.Document.QuerySelectorAll("tbody tr").Single(tr => tr.TextContent.Contains(code, StringComparison.Ordinal));
        Assert.Contains("2 événements", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(centre.Name, row.TextContent, StringComparison.Ordinal);

        var form = await support.GetPageAsync(row.QuerySelector("a.btn")!.GetAttribute("href")!);
        Assert.Equal((code, centre.Id.ToString(CultureInfo.InvariantCulture)), (form.ValueOf("Code"), form.ValueOf("Centre")));
        var saved = await support.SubmitAsync(form, "#code", ("Meaning", "InRepair"));

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var notice = (await support.FollowAsync(saved)).TextOf("main");
        Assert.Contains("2 (Appliqué: 1, Déjà connu: 1)", notice, StringComparison.Ordinal);
        Assert.Equal(RepairStatus.InRepair, await portal.Factory.ReadAsync(db => db.Dossiers.IgnoreQueryFilters().Where(d => d.Id == dossier.Id).Select(d => d.RepairStatus).SingleAsync()));
        Assert.DoesNotContain(code, (await support.GetPageAsync("/admin/service-centres/unknown")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitingEvents_OfACodeThatIsMappedByNow_AreAppliedByTheButton()
    {
        var (centre, _, code) = await WaitingAsync();
        // As if the events had come while the line was being written.
        await portal.Factory.WriteAsync((write, _) =>
        {
            write.Db.Add(new CentreCode { Key = CentreCode.KeyOf(centre.Id, code), Code = code, CentreId = centre.Id, Meaning = CodeMeaning.Ignored });
            return Task.CompletedTask;
        });
        using var support = await SupportAsync();
        var list = await support.GetPageAsync("/admin/service-centres/unknown");
        var index = list.Document.QuerySelectorAll("tbody tr").ToList().FindIndex(tr => tr.TextContent.Contains(code, StringComparison.Ordinal));

        var applied = await support.SubmitAsync(list, $"tbody tr:nth-child({index + 1}) form");

        Assert.Contains("2 (Ignoré: 2)", (await support.FollowAsync(applied)).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostCode_RefusesATakenOneAndHalfATranslation_AtTheFields()
    {
        var code = NewCode();
        using var support = await SupportAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await support.PostFormAsync($"{Codes}/new", ("Code", code), ("Meaning", "Information"))).Status);

        var again = await support.PostFormAsync($"{Codes}/new", ("Code", code.ToLowerInvariant()), ("Meaning", "Ignored"));
        var half = await support.PostFormAsync($"{Codes}/new", ("Code", NewCode()), ("Meaning", ""), ("TextFr", "Irréparable"), ("TextNl", new string('n', 121)), ("Centre", "999999"));

        Assert.NotNull(again.ErrorOf("Code"));
        Assert.Equal(code.ToLowerInvariant(), again.ValueOf("Code"));
        Assert.Equal(HttpStatusCode.BadRequest, half.Status);
        Assert.All((string[])["Meaning", "TextNl", "TextDe", "TextEn", "Centre"], field => Assert.NotNull(half.ErrorOf(field)));
        Assert.Equal("Irréparable", half.ValueOf("TextFr"));
    }

    [Fact]
    public async Task PostChange_FromAPageThatIsOld_IsAConflictThatKeepsTheText_AndThenSaves()
    {
        using var support = await SupportAsync();
        var url = await AddAsync(support);
        var old = await support.GetPageAsync(url);
        await support.SubmitAsync(await support.GetPageAsync(url), "#code", ("Meaning", "Inspected"));

        var refused = await support.SubmitAsync(old, "#code", ("Meaning", "Collected"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Retour : Contrôlé", refused.TextOf("#changed"), StringComparison.Ordinal);
        Assert.Equal("Collected", refused.ValueOf("Meaning"));
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(refused, "#code")).Status);
        Assert.Equal("Collected", (await support.GetPageAsync(url)).ValueOf("Meaning"));
    }

    [Fact]
    public async Task PostRemove_TakesTheLineAway_ButNotOneThatSomebodyChangedMeanwhile()
    {
        using var support = await SupportAsync();
        var url = await AddAsync(support);
        var old = await support.GetPageAsync(url);
        await support.SubmitAsync(await support.GetPageAsync(url), "#code", ("Meaning", "Inspected"));

        Assert.Equal(HttpStatusCode.Conflict, (await support.SubmitAsync(old, "form[action$=remove]")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(await support.GetPageAsync(url), "form[action$=remove]")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync(url)).Status);
    }

    [Fact]
    public async Task OwnLineOfACentre_GoesBeforeThatOfAll()
    {
        var code = NewCode();
        var (centre, other) = (await portal.Data.CreateCentreAsync(), await portal.Data.CreateCentreAsync());
        using var support = await SupportAsync();
        await support.PostFormAsync($"{Codes}/new", ("Code", code), ("Meaning", "InRepair"));
        await support.PostFormAsync($"{Codes}/new", ("Code", code), ("Meaning", "Ignored"), ("Centre", centre.Id.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal("ignored", await OutcomeAsync(centre, code));
        Assert.Equal("applied", await OutcomeAsync(other, code));
    }

    private static string NewCode() => $"Z{Guid.NewGuid():N}"[..14].ToUpperInvariant();

    private async Task<string?> OutcomeAsync(TestCentre centre, string code)
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        using var machine = new Machine(portal.Factory, centre.Key);
        return (await machine.ReportAsync(dossier.Number, Machine.Event("o", code, portal.Factory.Now))).Outcome;
    }

    private async Task<(TestCentre, TestDossier, string Code)> WaitingAsync()
    {
        var centre = await portal.Data.CreateCentreAsync();
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        var code = NewCode();
        using var machine = new Machine(portal.Factory, centre.Key);
        await machine.ReportAsync(dossier.Number, Machine.Event("a", code, portal.Factory.Now.AddHours(-2)));
        await machine.ReportAsync(dossier.Number, Machine.Event("b", code, portal.Factory.Now.AddHours(-1)));
        return (centre, dossier, code);
    }

    private async Task<string> AddAsync(PortalClient support)
    {
        var code = NewCode();
        await support.PostFormAsync($"{Codes}/new", ("Code", code), ("Meaning", "Information"));
        var id = await portal.Factory.ReadAsync(db => db.CentreCodes.Where(c => c.Code == code).Select(c => c.Id).SingleAsync());
        return string.Create(CultureInfo.InvariantCulture, $"{Codes}/{id}");
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
}
