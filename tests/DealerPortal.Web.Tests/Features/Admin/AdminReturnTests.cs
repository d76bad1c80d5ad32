using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>The steps of a return, from support to the dealer.</summary>
public sealed class AdminReturnTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task PostReturn_PlannedPickup_ReachesTheDealerByMailAndCalendarAndMoves()
    {
        var (organisation, person) = await DealerAsync("de");
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var support = await SupportAsync();

        var sent = await StepAsync(support, dossier, ("Return.Status", "PickupPlanned"), ("Return.Date", "2026-11-26"), ("Return.From", "08:00"), ("Return.Until", "12:00"), ("Return.Place", "Rue de la Démo 1"));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var mail = Assert.Single(await portal.Factory.MailsAsync(person.Email));
        Assert.Equal("PickupPlanned", mail.Kind);
        Assert.Contains("Abholung geplant", mail.Subject, StringComparison.Ordinal);
        using var dealer = await portal.Factory.NewClientAsync(person);
        var page = await dealer.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Contains("Rue de la Démo 1", page.TextOf(".appointment"), StringComparison.Ordinal);
        Assert.Contains("Abholung geplant", page.TextOf(".timeline"), StringComparison.Ordinal);
        var calendar = await dealer.GetPageAsync($"/dossiers/{dossier.Number}/appointment.ics");
        Assert.Contains("SUMMARY:Abholung " + dossier.Number, calendar.Body, StringComparison.Ordinal);
        // The request was taken up with the first step.
        Assert.Equal((RequestStatus.InProgress, ReturnStatus.PickupPlanned), ((await ReadAsync(dossier)).Status, (await ReadAsync(dossier)).ReturnStatus));

        await StepAsync(support, dossier, ("Return.Status", "PickupPlanned"), ("Return.Date", "2026-11-27"), ("Return.From", "08:00"), ("Return.Until", "12:00"), ("Return.Place", "Rue de la Démo 1"));
        Assert.Contains(await portal.Factory.MailsAsync(person.Email), moved => moved.Subject.Contains("Abholung verschoben", StringComparison.Ordinal));
        Assert.Contains("SEQUENCE:1", (await dealer.GetPageAsync($"/dossiers/{dossier.Number}/appointment.ics")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorised", "", "ReturnAuthorised")]
    [InlineData("Collected", "", null)]
    [InlineData("Inspected", "", null)]
    [InlineData("Credited", "", "ReturnCredited")]
    [InlineData("Refused", "La photo est illisible.", "ReturnRefused")]
    public async Task PostReturn_MailsWhatTheDealerAskedFor(string status, string text, string? mail)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var support = await SupportAsync();

        await StepAsync(support, dossier, ("Return.Status", status), ("Return.Text", text));

        Assert.Equal(mail is null ? [] : [mail], (await portal.Factory.MailsAsync(person.Email)).Select(m => m.Kind));
        Assert.Equal(status, (await ReadAsync(dossier)).ReturnStatus.ToString());
    }

    [Fact]
    public async Task PostReturn_Credited_TellsTheGrmsNumber_ByWhichTheDossierIsFound()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var support = await SupportAsync();

        await StepAsync(support, dossier, ("Return.Status", "Credited"), ("Return.Grms", "gr2611-00042"));

        Assert.Contains("GR2611-00042", Assert.Single(await portal.Factory.MailsAsync(person.Email)).Text, StringComparison.Ordinal);
        using var dealer = await portal.Factory.NewClientAsync(person);
        Assert.Contains(dossier.Number, (await dealer.GetPageAsync("/dossiers?q=GR2611-00042")).MainText, StringComparison.Ordinal);
        var page = await dealer.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Contains("GR2611-00042", page.MainText, StringComparison.Ordinal);
        // The question about this credit begins with its number.
        var form = await dealer.FollowAsync(await dealer.GetPageAsync(page.Document.QuerySelector("main a[href*=credit-question]")!.GetAttribute("href")!));
        Assert.Equal("GR2611-00042", form.ValueOf("GrmsNumber"));
    }

    [Theory]
    [InlineData("Return.Status", "Refused", "Return.Text")]
    [InlineData("Return.Status", "", "Return.Status")]
    [InlineData("Return.Status", "InRepair", "Return.Status")]
    [InlineData("Return.Grms", "<b>", "Return.Grms")]
    public async Task PostReturn_WhenWrong_SaysSoAtTheField(string field, string value, string at)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var support = await SupportAsync();

        var page = await StepAsync(support, dossier, [.. new (string, string?)[] { ("Return.Status", "Collected") }.Where(f => f.Item1 != field), (field, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf(at));
        Assert.Null((await ReadAsync(dossier)).ReturnStatus);
    }

    [Fact]
    public async Task PostReturn_AfterItsEnd_IsRefused()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var support = await SupportAsync();
        var before = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        await support.SubmitAsync(before, "#return", ("Return.Status", "Credited"));

        var page = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        Assert.Null(page.Document.QuerySelector("#return"));
        var late = await support.PostAsync($"/admin/dossiers/{dossier.Number}/return", ("Return.Status", "Collected"), ("Return.Stamp", page.ValueOf("Status.Stamp")));

        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Equal(ReturnStatus.Credited, (await ReadAsync(dossier)).ReturnStatus);
    }

    [Fact]
    public async Task PostReturn_OnARepair_IsRefused()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();
        var page = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");

        var answer = await support.PostAsync($"/admin/dossiers/{dossier.Number}/return", ("Return.Status", "Collected"), ("Return.Stamp", page.ValueOf("Status.Stamp")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null((await ReadAsync(dossier)).ReturnStatus);
    }

    private static async Task<PortalPage> StepAsync(PortalClient support, TestDossier dossier, params (string Name, string? Value)[] values) =>
        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#return", values);

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync(string language = "fr")
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, language: language));
    }

    private Task<Dossier> ReadAsync(TestDossier dossier) =>
        portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));
}
