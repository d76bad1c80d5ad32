using System.Net;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Dossiers;

/// <summary>The dealer cannot be there on the day that was arranged.</summary>
public sealed class AnotherDateTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Theory]
    [InlineData(null)]
    [InlineData("WaitingForDealer")]
    [InlineData("Completed")]
    public async Task Ask_MakesItSupportsMove_AndTheAppointmentStands(string? status)
    {
        var (client, support, dossier) = await AppointedAsync();
        using var _ = client;
        using var __ = support;
        var desk = $"/admin/dossiers/{dossier.Number}";
        if (status is not null)
            await support.SubmitAsync(await support.GetPageAsync(desk), "#status", ("Status.To", status), ("Status.Text", "Voilà."), ("Status.Resolution", status == "Completed" ? "Answered" : ""));

        var asked = await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#another-date", ("AnotherDate.Text", "Plutôt vendredi, après 14 h."));

        var page = await client.FollowAsync(asked);
        Assert.Contains("Autre date demandée", page.TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Contains("Plutôt vendredi, après 14 h.", page.TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Contains("26 novembre 2026", page.TextOf(".appointment"), StringComparison.Ordinal);
        Assert.StartsWith("Le support s’en occupe.", page.TextOf("#move"), StringComparison.Ordinal);
        Assert.Equal([dossier.Number], (await support.GetPageAsync($"/admin?waits=support&q={dossier.Number[3..10]}")).TextsOf("a.key"));
    }

    [Fact]
    public async Task Ask_WithoutSayingWhen_IsRefusedAtTheField()
    {
        var (client, support, dossier) = await AppointedAsync();
        using var _ = client;
        using var __ = support;

        var page = await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#another-date", ("AnotherDate.Text", " "));

        Assert.Equal((HttpStatusCode.BadRequest, "Erreur : Indiquez les jours ou les heures qui conviendraient."), (page.Status, page.ErrorOf("AnotherDate.Text")));
        Assert.True(page.Document.QuerySelector("details:has(#another-date)")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Ask_OnceTheDeviceIsInRepair_IsRefusedAndSaysWhy()
    {
        var (client, support, dossier) = await AppointedAsync();
        using var _ = client;
        using var __ = support;
        var shown = await client.GetPageAsync($"/dossiers/{dossier.Number}");
        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#repair", ("Repair.Status", "InRepair"));

        var page = await client.SubmitAsync(shown, "#another-date", ("AnotherDate.Text", "Vendredi."));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("n’est plus à venir", page.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#another-date"));
    }

    private async Task<(PortalClient Dealer, PortalClient Support, TestDossier Dossier)> AppointedAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, dealer, d => d.Status = RequestStatus.InProgress);
        var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        await support.SubmitAsync(
            await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#repair",
            ("Repair.Status", "AppointmentScheduled"), ("Repair.Date", "2026-11-26"), ("Repair.From", "08:00"), ("Repair.Until", "12:00"), ("Repair.Place", "Rue du Technicien 3"));
        return (await portal.Factory.NewClientAsync(dealer), support, dossier);
    }
}
