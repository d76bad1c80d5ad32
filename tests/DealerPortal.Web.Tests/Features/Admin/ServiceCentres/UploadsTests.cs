using System.Net;
using System.Text;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Api;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin.ServiceCentres;

public sealed class UploadsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Header = "dossier;code;occurredAt;eventId;orderNumber;appointmentDate;appointmentFrom;appointmentUntil;appointmentPlace;reason;grmsNumber;text";

    [Fact]
    public async Task File_IsShownFirst_ThenTakenIn_WithAResultPerRow_AndMailsTheDealer()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var support = await SupportAsync();
        var file = $"""
            {Header}
            {dossier.Number};COMPLETED;23/11/2026 09:30;;;;;;;;;
            {dossier.Number};APPOINTMENT;23/11/2026 08:10;;R-9;26/11/2026;8:00;12:00;Rue de l’Été 3, 4000 Liège;;;
            {dossier.Number};QUOI;23/11/2026 08:20;;;;;;;;;
            26-0000000-0;COMPLETED;23/11/2026 08:30;;;;;;;;;
            {dossier.Number};CANCELLED;23/11/2026 08:40;;;;;;;;;
            {dossier.Number};COMPLETED;hier;x y;;;;;;;;
            """;

        var preview = await PreviewAsync(support, centre, Encoding.UTF8.GetBytes(file));
        Assert.Equal(
            ["En ordre", "En ordre", "Code inconnu", "Aucun dossier", "À corriger reason : manque.", "À corriger eventId : forme non reconnue. occurredAt : forme non reconnue."],
            preview.TextsOf("tbody td.state"));
        Assert.Null((await ReadAsync(dossier)).RepairStatus);
        Assert.Empty(await portal.Factory.MailsAsync(person.Email));

        var waiting = await support.FollowAsync(await support.SubmitAsync(preview, "form.actions"));
        Assert.NotNull(waiting.Document.QuerySelector("[data-poll] [data-poll-on]"));
        Assert.Contains("En cours", (await support.GetPageAsync($"/admin/service-centres/{centre.Id}/upload")).TextOf("tbody"), StringComparison.Ordinal);
        Assert.Null((await ReadAsync(dossier)).RepairStatus);
        await RunAsync();
        var result = await support.GetPageAsync(preview.Url);

        Assert.Equal(["Appliqué", "Appliqué", "Code inconnu", "Aucun dossier"], result.TextsOf("tbody td.state").Take(4));
        var stored = await ReadAsync(dossier);
        Assert.Equal((RepairStatus.RepairCompleted, "R-9", centre.Id), (stored.RepairStatus, stored.ServiceOrderNumber, stored.ServiceCentreId));
        Assert.Equal(["AppointmentConfirmed", "RepairCompleted"], (await portal.Factory.MailsAsync(person.Email)).Select(mail => mail.Kind).Order(StringComparer.Ordinal));
        Assert.Equal("Rue de l’Été 3, 4000 Liège", await portal.Factory.ReadAsync(db => db.Appointments.IgnoreQueryFilters().Where(a => a.DossierId == dossier.Id).Select(a => a.Place).SingleAsync()));
    }

    [Fact]
    public async Task SameFileAgain_ChangesNothing()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var support = await SupportAsync();
        // The same row twice in the file is one event as well.
        var file = Encoding.UTF8.GetBytes($"code,occurredAt,dossier\r\nORDER-RECEIVED,2026-11-23 08:00,{dossier.Number}\r\nORDER-RECEIVED,2026-11-23 08:00,{dossier.Number}\r\n");
        await support.SubmitAsync(await PreviewAsync(support, centre, file), "form.actions");
        await RunAsync();
        var before = await CountsAsync(dossier, person);

        var again = await PreviewAsync(support, centre, file);

        Assert.Equal(["Déjà reçu", "Déjà reçu"], again.TextsOf("tbody td.state"));
        Assert.Null(again.Document.QuerySelector("form.actions"));
        Assert.Equal(HttpStatusCode.Redirect, (await support.PostAsync(again.Url)).Status);
        await RunAsync();
        Assert.Equal(before, await CountsAsync(dossier, person));
        Assert.Equal((1, 1), (before.Events, before.Mails));
    }

    [Fact]
    public async Task OwnIds_AreThoseOfTheApi_AndATakenOneIsAConflict()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var at = portal.Factory.Now.AddHours(-1);
        await machine.ReportAsync(dossier.Number, Machine.Event("A-1", "ORDER-RECEIVED", at));
        using var support = await SupportAsync();

        var preview = await PreviewAsync(support, centre, Encoding.UTF8.GetBytes(
            $"dossier;code;occurredAt;eventId\n{dossier.Number};order-received;{at:s}Z;A-1\n{dossier.Number};COMPLETED;{at:s}Z;A-1\n"));

        Assert.Equal(["Déjà reçu", "eventId déjà pris"], preview.TextsOf("tbody td.state"));
    }

    [Fact]
    public async Task Windows1252_AndQuotes_AreRead()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var support = await SupportAsync();
        var file = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(
            $"dossier;code;occurredAt;text\n{dossier.Number};INFORMATION;23/11/2026 9:05;\"Pièce «neuve»; à 12 €\npour l’été\"\n");

        await support.SubmitAsync(await PreviewAsync(support, centre, file), "form.actions");
        await RunAsync();

        Assert.Contains("Pièce «neuve»; à 12 €\npour l’été", await portal.Factory.ReadAsync(db =>
            db.Timeline.IgnoreQueryFilters().Where(e => e.DossierId == dossier.Id && e.Kind == TimelineKind.CentreReport).Select(e => e.Text!).ToListAsync()));
    }

    [Theory]
    [InlineData("", "Choisissez")]
    [InlineData("dossier;code;occurredAt\n", "pas de lignes")]
    [InlineData("dossier;code\n26-0001234-2;X\n", "occurredAt")]
    [InlineData("dossier;code;occurredAt;klant\n26-0001234-2;X;23/11/2026 9:00;y\n", "klant")]
    [InlineData("PK\u0003\u0004\0\0", "CSV lisible")]
    [InlineData("dossier;code;occurredAt\n26-0001234-2;\"X;23/11/2026 9:00\nrest of the file", "CSV lisible")]
    public async Task UnreadableFile_IsRefusedAtTheField(string content, string error)
    {
        var (centre, _, _) = await CaseAsync();
        using var support = await SupportAsync();

        var page = await UploadAsync(support, centre, Encoding.UTF8.GetBytes(content));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(error, page.ErrorOf("file"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyRowsAndBytes_AreRefused()
    {
        var (centre, _, _) = await CaseAsync();
        using var support = await SupportAsync();
        var rows = "dossier;code;occurredAt\n" + string.Concat(Enumerable.Repeat("26-0001234-2;X;23/11/2026 9:00\n", CentreUpload.MaxRows + 1));

        Assert.NotNull((await UploadAsync(support, centre, Encoding.UTF8.GetBytes(rows))).ErrorOf("file"));
        Assert.NotNull((await UploadAsync(support, centre, new byte[CentreUpload.MaxLength + 1])).ErrorOf("file"));
    }

    [Fact]
    public async Task Upload_BelongsToItsCentre()
    {
        var (centre, dossier, _) = await CaseAsync();
        var other = await portal.Data.CreateCentreAsync();
        using var support = await SupportAsync();
        var preview = await PreviewAsync(support, centre, Encoding.UTF8.GetBytes($"dossier;code;occurredAt\n{dossier.Number};COMPLETED;23/11/2026 9:00\n"));
        var elsewhere = preview.Url.Replace($"/{centre.Id}/", $"/{other.Id}/", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync(elsewhere)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await support.PostAsync(elsewhere)).Status);
        await RunAsync();
        Assert.Null((await ReadAsync(dossier)).RepairStatus);
    }

    [Fact]
    public async Task Content_GoesAfterNinetyDays_AndItsEventsStay()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var support = await SupportAsync();
        var file = Encoding.UTF8.GetBytes($"dossier;code;occurredAt\n{dossier.Number};COMPLETED;23/11/2026 9:00\n");
        var preview = await PreviewAsync(support, centre, file);
        await support.SubmitAsync(preview, "form.actions");
        await RunAsync();

        portal.Factory.Time.Advance(CentreUpload.KeptFor + TimeSpan.FromDays(1));
        using var later = await SupportAsync();
        await PreviewAsync(later, centre, file);

        Assert.Equal(HttpStatusCode.NotFound, (await later.GetPageAsync(preview.Url)).Status);
        Assert.Equal(1, (await CountsAsync(dossier, person)).Events);
    }

    private static Task<PortalPage> UploadAsync(PortalClient client, TestCentre centre, byte[] content) =>
        client.PostFilesAsync($"/admin/service-centres/{centre.Id}/upload", [new TestFile("file", "semaine.csv", content)]);

    private static async Task<PortalPage> PreviewAsync(PortalClient client, TestCentre centre, byte[] content) => await client.FollowAsync(await UploadAsync(client, centre, content));

    private Task RunAsync() => portal.Factory.RunAsync<CentreTaking>();

    private async Task<(TestCentre, TestDossier, TestUser)> CaseAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        return (await portal.Data.CreateCentreAsync(), await portal.Data.CreateDossierAsync(organisation, person), person);
    }

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.IgnoreQueryFilters().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));

    private async Task<(int Events, int Entries, int Mails)> CountsAsync(TestDossier dossier, TestUser person) => (
        await portal.Factory.ReadAsync(db => db.CentreEvents.CountAsync(e => e.DossierId == dossier.Id)),
        await portal.Factory.ReadAsync(db => db.Timeline.IgnoreQueryFilters().CountAsync(e => e.DossierId == dossier.Id)),
        (await portal.Factory.MailsAsync(person.Email)).Count);

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
}
