using System.Net;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Support corrects what a form said.</summary>
public sealed class AdminDataTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task PostData_ChangesSearchAndTellsBothSidesWhatStoodBefore()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d =>
        {
            d.SerialNumber = "0F4X3CD22OO117K";
            d.EndUserName = "Mme Avantcorrection";
            d.EndUserPhone = "+3240000071";
        });
        using var support = await SupportAsync();
        var page = await support.GetPageAsync(Url(dossier));
        Assert.Equal("0F4X3CD22OO117K", page.ValueOf("Form.SerialNumber"));

        var saved = await support.SubmitAsync(page, "#data", ("Form.SerialNumber", "0f4x3cd22 00117k"), ("Form.EndUserName", "Mme Aprescorrection"), ("Form.Reference", "CORR-77"));

        Assert.Equal($"/admin/dossiers/{dossier.Number}", saved.Location);
        var stored = await ReadAsync(dossier);
        Assert.Equal(("0F4X3CD2200117K", "Mme Aprescorrection", "CORR-77", "+3240000071"), (stored.SerialNumber, stored.EndUserName, stored.Reference, stored.EndUserPhone));
        using var client = await portal.Factory.NewClientAsync(person);
        foreach (var timeline in (string[])[(await support.FollowAsync(saved)).TextOf(".timeline .changes"), (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf(".timeline .changes")])
        {
            Assert.Contains("0F4X3CD22OO117K devient 0F4X3CD2200117K", timeline, StringComparison.Ordinal);
            Assert.Contains("Mme Avantcorrection devient Mme Aprescorrection", timeline, StringComparison.Ordinal);
            Assert.Contains("(rien) devient CORR-77", timeline, StringComparison.Ordinal);
            Assert.DoesNotContain("Téléphone", timeline, StringComparison.Ordinal);
        }

        Assert.Equal([dossier.Number], (await client.GetPageAsync("/dossiers?q=aprescorrection")).TextsOf("a.key"));
        Assert.Empty((await client.GetPageAsync("/dossiers?q=avantcorrection")).TextsOf("a.key"));
        var subject = $"{dossier.Id}";
        var audit = await portal.Factory.ReadAsync(db => db.Audit.SingleAsync(a => a.Action == "dossier.data-changed" && a.SubjectId == subject));
        Assert.Equal("Reference,SerialNumber,EndUserName", audit.Detail);
    }

    [Fact]
    public async Task PostData_WithAServiceCentresOrder_IsFoundByIt_AndWhatNoCentreHandlesHasNoSuchField()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        var doa = await portal.Data.CreateDoaAsync(organisation, person, decision: null);
        using var support = await SupportAsync();

        await support.SubmitAsync(await support.GetPageAsync(Url(dossier)), "#data", ("Form.ServiceOrderNumber", " HAND-4711 "));

        Assert.Equal("HAND-4711", (await ReadAsync(dossier)).ServiceOrderNumber);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.Equal([dossier.Number], (await client.GetPageAsync("/dossiers?q=hand4711")).TextsOf("a.key"));
        Assert.Contains("(rien) devient HAND-4711", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf(".timeline .changes"), StringComparison.Ordinal);
        var page = await support.GetPageAsync(Url(doa));
        Assert.Null(page.ValueOf("Form.ServiceOrderNumber"));
        await support.SubmitAsync(page, "#data", ("Form.ServiceOrderNumber", "HAND-4712"));
        Assert.Null((await ReadAsync(doa)).ServiceOrderNumber);
        var refused = await support.SubmitAsync(await support.GetPageAsync(Url(dossier)), "#data", ("Form.ServiceOrderNumber", new string('7', 41)));
        Assert.NotNull(refused.ErrorOf("Form.ServiceOrderNumber"));
    }

    [Fact]
    public async Task PostData_WithNothingChanged_WritesNothing()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.EndUserName = "Mme Inchangée");
        using var support = await SupportAsync();

        await support.SubmitAsync(await support.GetPageAsync(Url(dossier)), "#data");

        Assert.False(await portal.Factory.ReadAsync(db => db.Timeline.AllOrganisations().AnyAsync(e => e.DossierId == dossier.Id && e.Kind == TimelineKind.DataChanged)));
    }

    [Theory]
    [InlineData("ModelCode", "??")]
    [InlineData("SerialNumber", "série!")]
    [InlineData("Imei", "123456789012345")]
    [InlineData("GrmsNumber", "sans chiffre")]
    [InlineData("EndUserName", "")]
    [InlineData("EndUserPostalCode", "40")]
    [InlineData("EndUserPhone", "12")]
    [InlineData("EndUserEmail", "pas une adresse")]
    [InlineData("BranchId", "999999")]
    public async Task PostData_WithAWrongField_SaysSoThereAndKeepsWhatWasTyped(string field, string value)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => { d.EndUserName = "M. Premier"; d.EndUserTown = "Namur"; });
        using var support = await SupportAsync();

        var refused = await support.SubmitAsync(await support.GetPageAsync(Url(dossier)), "#data", ("Form.Reference", "GARDÉE-1"), ($"Form.{field}", value));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf($"Form.{field}"));
        Assert.Equal("GARDÉE-1", refused.ValueOf("Form.Reference"));
        Assert.Null((await ReadAsync(dossier)).Reference);
    }

    [Fact]
    public async Task PostData_FromAPageThatIsOld_AnswersConflictShowsWhatHappenedAndKeepsTheText()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();
        using var colleague = await SupportAsync();
        var old = await support.GetPageAsync(Url(dossier));
        await colleague.SubmitAsync(await colleague.GetPageAsync(Url(dossier)), "#data", ("Form.Reference", "PREMIER-1"));

        var refused = await support.SubmitAsync(old, "#data", ("Form.Reference", "SECOND-2"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Données corrigées", refused.TextOf("#changed"), StringComparison.Ordinal);
        Assert.Equal("SECOND-2", refused.ValueOf("Form.Reference"));
        Assert.Equal("PREMIER-1", (await ReadAsync(dossier)).Reference);
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(refused, "#data")).Status);
        Assert.Equal("SECOND-2", (await ReadAsync(dossier)).Reference);
    }

    [Fact]
    public async Task PostData_SetsTheOfferOfAModelThatTheCatalogueDoesNotKnow_Once()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.ModelCode = "UNKNOWN-77");
        using var support = await SupportAsync();
        Assert.Contains("service offert n’est pas encore décidé", (await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")).MainText, StringComparison.Ordinal);

        await support.SubmitAsync(await support.GetPageAsync(Url(dossier)), "#data", ("Form.Offer", "InHome"));

        Assert.Equal(ServiceOffer.InHome, await portal.Factory.ReadAsync(db => db.RepairRequests.AllOrganisations().Where(r => r.DossierId == dossier.Id).Select(r => r.ServiceOffer).SingleAsync()));
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.Contains("Service offert: (rien) devient À domicile", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf(".timeline .changes"), StringComparison.Ordinal);
        Assert.Null((await support.GetPageAsync(Url(dossier))).Document.QuerySelector("#Form_Offer"));
    }

    [Fact]
    public async Task PostData_WithAKnownModel_TakesItsOffer()
    {
        var (organisation, person) = await DealerAsync();
        var model = await portal.Data.CreateModelAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.ModelCode = "MISTYPED-1");
        using var support = await SupportAsync();

        await support.SubmitAsync(await support.GetPageAsync(Url(dossier)), "#data", ("Form.ModelCode", model.Code.ToLowerInvariant()));

        Assert.Equal((model.Id, model.Code), ((await ReadAsync(dossier)).ModelId, (await ReadAsync(dossier)).ModelCode));
        Assert.Equal(model.ServiceOffer, await portal.Factory.ReadAsync(db => db.RepairRequests.AllOrganisations().Where(r => r.DossierId == dossier.Id).Select(r => r.ServiceOffer).SingleAsync()));
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private static string Url(TestDossier dossier) => $"/admin/dossiers/{dossier.Number}/data";

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));
}
