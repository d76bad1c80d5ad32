using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

public sealed class CopyTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("same", "COPY00000000001")]
    [InlineData("other", "")]
    public async Task Copy_TakesTheAnswersButNeitherDatesNorFilesNorStatus(string device, string serial)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var source = await SourceAsync(filing);

        var page = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{source.Number}/copy", ("device", device)));

        Assert.Equal(
            ("LW90T554/BE", serial, "REF-1", "Mme Spécimen", "L’appareil ne démarre plus.", ""),
            (page.ValueOf("ModelCode"), page.ValueOf("SerialNumber"), page.ValueOf("Reference"), page.ValueOf("BuyerName"), page.ValueOf("Description"), page.ValueOf("PreferredDate")));
        Assert.Empty(page.Document.QuerySelectorAll(".tile img"));
        Assert.Null(page.Document.QuerySelector("[name=Confirm][checked]"));
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/dossiers/{source.Number}']"));
    }

    [Fact]
    public async Task Copy_WhenSent_LinksToItsSource()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var source = await SourceAsync(filing);
        var page = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{source.Number}/copy", ("device", "same")));

        var sent = await filing.Client.SubmitAsync(page, "form#dossier", ("Confirm", "true"));

        var number = sent.Location!.Split('/')[^1];
        var copy = await portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().SingleAsync(d => d.Number == number));
        Assert.Equal((source.Id, RequestStatus.Submitted), (copy.CopiedFromId!.Value, copy.Status));
    }

    [Theory]
    [InlineData(Resolution.Cancelled, "same")]
    [InlineData(Resolution.Answered, "other")]
    public async Task Choose_ProposesTheSameDeviceAfterACancellation(Resolution resolution, string proposed)
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var source = await portal.Data.CreateDossierAsync(filing.Organisation, filing.User, d => (d.Status, d.Resolution) = (RequestStatus.Completed, resolution));

        var page = await filing.Client.GetPageAsync($"/dossiers/{source.Number}/copy");

        Assert.Equal(proposed, page.Document.QuerySelector("input[name=device][checked]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Copy_OfADossierThatIsNotTheirs_DoesNotExist()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var source = await SourceAsync(filing);
        using var colleague = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(filing.Organisation));

        Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetPageAsync($"/dossiers/{source.Number}/copy")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.PostAsync($"/dossiers/{source.Number}/copy", ("device", "same"))).Status);
    }

    private Task<TestDossier> SourceAsync(RepairFiling filing) => portal.Data.CreateDossierAsync(filing.Organisation, filing.User, d =>
    {
        (d.SerialNumber, d.Reference, d.Sold, d.EndUserName) = ("COPY00000000001", "REF-1", true, "Mme Spécimen");
        d.PreferredDate = new DateOnly(2026, 12, 1);
    });
}
