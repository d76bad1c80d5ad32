using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class AdminDossierTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Get_ForDealers_DoesNotExist()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync("/admin")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/admin/dossiers/{dossier.Number}")).Status);
        foreach (var action in (string[])["answer", "note", "status", "repair"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/admin/dossiers/{dossier.Number}/{action}", ("Answer.Text", "x"))).Status);
    }

    [Fact]
    public async Task List_ShowsAllOrganisationsWithoutEndUsers_AndFindsByOrganisation()
    {
        var organisation = await portal.Data.CreateOrganisationAsync(name: "Voorbeeldhuis Zottegem");
        var person = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => { d.EndUserName = "Mme Introuvable"; d.Status = RequestStatus.InProgress; });
        using var support = await SupportAsync();

        var page = await support.GetPageAsync("/admin?q=zotte&status=InProgress");

        Assert.Equal([dossier.Number], page.TextsOf("a.key"));
        Assert.Contains("Voorbeeldhuis Zottegem", page.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.DoesNotContain("Introuvable", page.Body, StringComparison.Ordinal);
        Assert.Empty((await support.GetPageAsync("/admin?q=zotte&status=Submitted")).TextsOf("a.key"));
    }

    [Fact]
    public async Task Get_PutsTheLookOnRecordOncePerTenMinutes()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.EndUserName = "Mme Spécimen");
        var plain = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        await support.GetPageAsync($"/admin/dossiers/{plain.Number}");
        Assert.Equal((1, 0), (await ViewsAsync(dossier), await ViewsAsync(plain)));
        portal.Factory.Time.Advance(TimeSpan.FromMinutes(11));
        await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        Assert.Equal(2, await ViewsAsync(dossier));
    }

    [Fact]
    public async Task PostAnswer_RefusedTwice_SendsTheGoodFileInTheEnd()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.InProgress);
        using var support = await SupportAsync();
        var opened = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");

        var refused = await support.SubmitAsync(
            opened, "#answer", [new TestFile("Answer.Files", "plan.png", TestFile.Png), new TestFile("Answer.Files", "outil.exe", "MZ and more"u8.ToArray())],
            ("Answer.Text", "Voici le plan."), ("Answer.Then", "stay"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("outil.exe", refused.ErrorOf("Answer.Files"), StringComparison.Ordinal);
        Assert.Contains("plan.png", refused.TextOf("#answer fieldset"), StringComparison.Ordinal);

        using (var colleague = await SupportAsync())
            await colleague.SubmitAsync(await colleague.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Une question."));
        var stale = await support.SubmitAsync(refused, "#answer", ("Answer.Then", "wait"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("Voici le plan.", stale.ValueOf("Answer.Text"));

        var sent = await support.SubmitAsync(stale, "#answer", ("Answer.Then", "stay"));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains("plan.png", (await support.FollowAsync(sent)).TextOf(".timeline a.chip"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stay", null, RequestStatus.InProgress, "DossierAnswered")]
    [InlineData("wait", null, RequestStatus.WaitingForDealer, "DossierQuestion")]
    [InlineData("complete", "Accepted", RequestStatus.Completed, "DossierCompleted")]
    public async Task PostAnswer_WritesTimelineStatusAndMailInTheDealersLanguage(string then, string? resolution, RequestStatus expected, string mail)
    {
        var (organisation, person) = await DealerAsync("nl");
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.InProgress);
        using var support = await SupportAsync();

        var sent = await support.SubmitAsync(
            await PageAsync(support, dossier), "#answer", ("Answer.Text", "Bezorg ons de factuur."), ("Answer.Then", then), ("Answer.Resolution", resolution ?? ""));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(expected, (await ReadAsync(dossier)).Status);
        var queued = Assert.Single(await MailsAsync(person));
        Assert.Equal((mail, "nl"), (queued.Kind, queued.Language));
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.Contains("Bezorg ons de factuur.", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostAnswer_OnASubmittedRequest_TakesItUpSoThatItIsNoLongerWithdrawn()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        await support.SubmitAsync(await PageAsync(support, dossier), "#answer", ("Answer.Text", "Nous regardons."), ("Answer.Then", "stay"));

        Assert.Equal(RequestStatus.InProgress, (await ReadAsync(dossier)).Status);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.Null((await client.GetPageAsync($"/dossiers/{dossier.Number}")).Document.QuerySelector("#withdraw"));
    }

    [Fact]
    public async Task PostAnswer_WhenTheDealerWantsNoMail_SendsNone()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.NotifyByMail = false);
        using var support = await SupportAsync();

        await support.SubmitAsync(await PageAsync(support, dossier), "#answer", ("Answer.Text", "Bonjour"), ("Answer.Then", "wait"));

        Assert.Equal(RequestStatus.WaitingForDealer, (await ReadAsync(dossier)).Status);
        Assert.Empty(await MailsAsync(person));
    }

    [Fact]
    public async Task PostAnswer_Complete_NeedsAResolution()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        var page = await support.SubmitAsync(await PageAsync(support, dossier), "#answer", ("Answer.Text", "C’est réglé."), ("Answer.Then", "complete"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf("Answer.Resolution"));
        Assert.Equal("C’est réglé.", page.ValueOf("Answer.Text"));
        Assert.Equal(RequestStatus.Submitted, (await ReadAsync(dossier)).Status);
    }

    [Fact]
    public async Task PostNote_IsForSupportOnly()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        await support.SubmitAsync(await PageAsync(support, dossier), "#note", ("Note.Text", "À vérifier avant d’accepter"));

        Assert.Contains("À vérifier avant d’accepter", (await PageAsync(support, dossier)).TextOf(".timeline"), StringComparison.Ordinal);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain("avant d’accepter", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).Body, StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(person));
    }

    [Fact]
    public async Task Get_OffersOnlyWhatTheTablesAllow()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => { d.Status = RequestStatus.Completed; d.RepairStatus = RepairStatus.InRepair; });
        using var support = await SupportAsync();

        var page = await PageAsync(support, dossier);

        Assert.Equal(["", "InProgress"], page.Document.QuerySelectorAll("#Status_To option").Select(o => o.GetAttribute("value")));
        Assert.Equal(
            ["AppointmentScheduled", "WaitingForParts", "RepairCompleted", "RepairCancelled"],
            page.Document.QuerySelectorAll("#repair input[type=radio]").Select(o => o.GetAttribute("value")));
        Assert.Empty(page.Document.QuerySelectorAll("button[value=wait], button[value=complete]"));
    }

    [Fact]
    public async Task PostStatus_WhereTheTableForbidsIt_SaysSoAtTheFieldAndKeepsTheText()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.Completed);
        using var support = await SupportAsync();

        var page = await support.SubmitAsync(await PageAsync(support, dossier), "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Il manque la photo."));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("ne peut pas passer", page.ErrorOf("Status.To"), StringComparison.Ordinal);
        Assert.Equal("Il manque la photo.", page.ValueOf("Status.Text"));
        Assert.Equal(RequestStatus.Completed, (await ReadAsync(dossier)).Status);
    }

    [Fact]
    public async Task PostStatus_FromAPageThatIsOld_AnswersConflictAndKeepsTheText()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.InProgress);
        using var first = await SupportAsync();
        using var second = await SupportAsync();
        var old = await PageAsync(second, dossier);
        await first.SubmitAsync(await PageAsync(first, dossier), "#answer", ("Answer.Text", "Premier arrivé"), ("Answer.Then", "wait"));

        var refused = await second.SubmitAsync(old, "#status", ("Status.To", "Completed"), ("Status.Resolution", "Refused"), ("Status.Text", "Hors garantie."));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("Hors garantie.", refused.ValueOf("Status.Text"));
        Assert.Contains("Premier arrivé", refused.TextOf("#changed"), StringComparison.Ordinal);
        Assert.Equal(RequestStatus.WaitingForDealer, (await ReadAsync(dossier)).Status);
        // Sent again with what was learnt, it goes through.
        var sent = await second.SubmitAsync(refused, "#status");
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(Resolution.Refused, (await ReadAsync(dossier)).Resolution);
    }

    [Fact]
    public async Task PostAnswer_WithoutAStatus_NeverConflicts()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();
        var old = await PageAsync(support, dossier);
        await support.SubmitAsync(old, "#answer", ("Answer.Text", "Un"), ("Answer.Then", "stay"));

        var sent = await support.SubmitAsync(old, "#answer", ("Answer.Text", "Deux"), ("Answer.Then", "stay"));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
    }

    [Fact]
    public async Task PostRepair_Appointment_ReachesTheDealerByMailAndCalendarAndMoves()
    {
        var (organisation, person) = await DealerAsync("de");
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => { d.Status = RequestStatus.Completed; d.SerialNumber = "7D6M5AB1800045N"; });
        using var support = await SupportAsync();

        var sent = await support.SubmitAsync(
            await PageAsync(support, dossier), "#repair", ("Repair.Status", "AppointmentScheduled"), ("Repair.Date", "2026-11-26"), ("Repair.From", "08:00"), ("Repair.Until", "12:00"));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);

        var row = await ReadAsync(dossier);
        Assert.Equal((RepairStatus.AppointmentScheduled, true), (row.RepairStatus, row.IsOpen));
        var mail = Assert.Single(await MailsAsync(person));
        Assert.Equal(("AppointmentConfirmed", "de"), (mail.Kind, mail.Language));
        var content = MailContent.Read(mail, portal.Factory.Services.GetRequiredService<IDataProtectionProvider>())!;
        Assert.Contains("Donnerstag, 26. November 2026", content.Text, StringComparison.Ordinal);
        var calendar = Assert.Single(content.Files);
        Assert.Contains("DTSTART:20261126T070000Z", System.Text.Encoding.UTF8.GetString(calendar.Content), StringComparison.Ordinal);

        using var client = await portal.Factory.NewClientAsync(person);
        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Contains("Donnerstag, 26. November 2026, zwischen 8 und 12", page.TextOf(".appointment").Replace('\u00A0', ' '), StringComparison.Ordinal);
        var file = await client.GetPageAsync($"/dossiers/{dossier.Number}/appointment.ics");
        Assert.Equal("text/calendar", file.ContentHeaders.ContentType!.MediaType);
        Assert.Contains("SEQUENCE:0", file.Body, StringComparison.Ordinal);

        await support.SubmitAsync(
            await PageAsync(support, dossier), "#repair", ("Repair.Status", "AppointmentScheduled"), ("Repair.Date", "2026-11-27"), ("Repair.From", "13:00"), ("Repair.Until", "17:00"));
        Assert.Contains("SEQUENCE:1", (await client.GetPageAsync($"/dossiers/{dossier.Number}/appointment.ics")).Body, StringComparison.Ordinal);
        Assert.Equal(2, (await MailsAsync(person)).Count);
    }

    [Theory]
    [InlineData("", "08:00", "12:00", "Liège", "Repair.Date")]
    [InlineData("2026-11-20", "08:00", "12:00", "Liège", "Repair.Date")]
    [InlineData("2026-11-26", "25:00", "12:00", "Liège", "Repair.From")]
    [InlineData("2026-11-26", "12:00", "12:00", "Liège", "Repair.Until")]
    [InlineData("2026-11-26", "08:00", "12:00", " ", "Repair.Place")]
    public async Task PostRepair_WithAnIncompleteAppointment_SaysWhatIsMissing(string date, string from, string until, string place, string field)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        var page = await support.SubmitAsync(
            await PageAsync(support, dossier), "#repair",
            ("Repair.Status", "AppointmentScheduled"), ("Repair.Date", date), ("Repair.From", from), ("Repair.Until", until), ("Repair.Place", place));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf(field));
        Assert.Null((await ReadAsync(dossier)).RepairStatus);
    }

    [Theory]
    [InlineData("OrderReceived", "", "RepairOrderReceived")]
    [InlineData("InRepair", "", null)]
    [InlineData("RepairCompleted", "", "RepairCompleted")]
    [InlineData("RepairCancelled", "Pièce introuvable.", "RepairCancelled")]
    public async Task PostRepair_MailsWhatTheDealerAskedFor(string status, string text, string? mail)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        await support.SubmitAsync(await PageAsync(support, dossier), "#repair", ("Repair.Status", status), ("Repair.Text", text));

        Assert.Equal(status, (await ReadAsync(dossier)).RepairStatus.ToString());
        Assert.Equal(mail ?? "", string.Join(',', (await MailsAsync(person)).Select(m => m.Kind)));
    }

    [Fact]
    public async Task PostRepair_Cancelled_NeedsAReason()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        var page = await support.SubmitAsync(await PageAsync(support, dossier), "#repair", ("Repair.Status", "RepairCancelled"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf("Repair.Text"));
    }

    [Fact]
    public async Task PostRepair_AfterItsEnd_IsRefused()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.RepairStatus = RepairStatus.RepairCompleted);
        using var support = await SupportAsync();
        var page = await PageAsync(support, dossier);
        Assert.Null(page.Document.QuerySelector("#repair"));

        var refused = await support.PostAsync(
            $"/admin/dossiers/{dossier.Number}/repair", ("Repair.Status", "InRepair"), ("Repair.Stamp", page.ValueOf("Status.Stamp")));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(RepairStatus.RepairCompleted, (await ReadAsync(dossier)).RepairStatus);
    }

    [Fact]
    public async Task Get_TellsSupportOfTheSameSerialElsewhereAndOfAnUnknownModel()
    {
        var (organisation, person) = await DealerAsync();
        var (elsewhere, stranger) = await DealerAsync();
        const string Serial = "0F4X3CD2200117K";
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.SerialNumber = Serial);
        var other = await portal.Data.CreateDossierAsync(elsewhere, stranger, d => d.SerialNumber = Serial);
        using var support = await SupportAsync();

        var page = await PageAsync(support, dossier);

        Assert.NotNull(page.Document.QuerySelector($"a[href='/admin/dossiers/{other.Number}']"));
        Assert.Contains("pas dans le catalogue", page.MainText, StringComparison.Ordinal);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain(other.Number, (await client.GetPageAsync($"/dossiers/{dossier.Number}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 90, true)]
    [InlineData(100, 91, false)]
    [InlineData(60, 60, true)]
    public async Task Get_FlagsARepairThatFollowsAnotherWithin90Days(int filedDaysAgo, int completedDaysAgo, bool isFlagged)
    {
        var (organisation, person) = await DealerAsync();
        var serial = $"REPEAT{filedDaysAgo}{completedDaysAgo}";
        var earlier = await portal.Data.CreateDossierAsync(organisation, person, d =>
        {
            d.SerialNumber = serial;
            d.CreatedAt = portal.Factory.Now.AddDays(-filedDaysAgo);
            d.Status = RequestStatus.Completed;
        });
        await portal.Factory.WriteAsync(async (write, ct) =>
            await write.Db.Dossiers.AllOrganisations().Where(d => d.Id == earlier.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.CompletedAt, portal.Factory.Now.AddDays(-completedDaysAgo)), ct));
        var again = await portal.Data.CreateDossierAsync(organisation, person, d => d.SerialNumber = serial);
        using var support = await SupportAsync();

        var page = await PageAsync(support, again);

        Assert.Contains(earlier.Number, page.MainText, StringComparison.Ordinal);
        Assert.Equal(isFlagged, page.MainText.Contains($"Réparation répétée, {completedDaysAgo} jours après la précédente", StringComparison.Ordinal));
        Assert.DoesNotContain("Réparation répétée", (await PageAsync(support, earlier)).MainText, StringComparison.Ordinal);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain("Réparation répétée", (await client.GetPageAsync($"/dossiers/{again.Number}")).MainText, StringComparison.Ordinal);
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync(string language = "fr")
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, language: language));
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private Task<List<OutboxMail>> MailsAsync(TestUser person) => portal.Factory.ReadAsync(db => db.Set<OutboxMail>().AsNoTracking()
        .Where(m => m.Recipient == person.Email).OrderBy(m => m.CreatedAt).ToListAsync());

    private static Task<PortalPage> PageAsync(PortalClient client, TestDossier dossier) => client.GetPageAsync($"/admin/dossiers/{dossier.Number}");

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));

    private Task<int> ViewsAsync(TestDossier dossier)
    {
        var subject = dossier.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return portal.Factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "dossier.viewed" && a.SubjectType == "Dossier" && a.SubjectId == subject));
    }
}
