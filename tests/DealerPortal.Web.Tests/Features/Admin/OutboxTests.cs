using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Mail;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class OutboxTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Html = "<p style=\"color:red\">Bonjour</p><script>alert(1)</script>";

    [Fact]
    public async Task List_FiltersByState_AndFindsByAddressAndByDossier()
    {
        var (dossier, person) = await DossierAsync();
        var sent = await portal.Data.CreateMailAsync(person, dossier, Html);
        var somebody = await portal.Data.CreateUserAsync(email: "Quelque.Un@demo-electro.example");
        var dead = await portal.Data.CreateMailAsync(somebody, dossier, Html, Dead);
        var waiting = await portal.Data.CreateMailAsync(person, dossier, Html, mail => (mail.SentAt, mail.DueAt) = (null, portal.Factory.Now.AddHours(1)));
        var sending = await portal.Data.CreateMailAsync(person, dossier, Html, mail => (mail.SentAt, mail.DueAt, mail.LeaseUntil) = (null, portal.Factory.Now, portal.Factory.Now.AddMinutes(5)));
        using var administrator = await ClientAsync(StaffRole.PortalAdministrator);

        Assert.Equal([sent.Id], await IdsAsync(administrator, $"q={dossier.Number}&state=Sent"));
        Assert.Equal([dead.Id], await IdsAsync(administrator, $"q={dossier.Number}&state=Dead"));
        Assert.Equal([waiting.Id], await IdsAsync(administrator, $"q={dossier.Number}&state=Waiting"));
        Assert.Equal([sending.Id], await IdsAsync(administrator, $"q={dossier.Number}&state=Sending"));
        Assert.Equal([dead.Id], await IdsAsync(administrator, "q=quelque.un@demo-electro.example&state=Dead"));
        Assert.Equal(4, (await IdsAsync(administrator, $"q={dossier.Number}")).Count);
        Assert.Contains(dead.Id, await IdsAsync(administrator, "state=Dead"));
        Assert.Contains("adresse e-mail entière", (await administrator.GetPageAsync("/admin/outbox?q=quelque")).TextOf("#q-e"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Support_ReadsTheMailsOfDossiersAlone()
    {
        var (dossier, person) = await DossierAsync();
        var mail = await portal.Data.CreateMailAsync(person, dossier, Html);
        var other = await portal.Data.CreateMailAsync(person);
        using var support = await ClientAsync(StaffRole.SupportAgent);

        Assert.Equal([mail.Id], await IdsAsync(support, $"q={person.Email}"));
        Assert.Equal(HttpStatusCode.OK, (await support.GetPageAsync($"/admin/outbox/{mail.Id}")).Status);
        foreach (var part in (string[])["", "/html", "/files/0"])
            Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync($"/admin/outbox/{other.Id}{part}")).Status);
        Assert.Null((await support.GetPageAsync($"/admin/outbox/{mail.Id}")).Document.QuerySelector("#again"));
        Assert.Equal(HttpStatusCode.NotFound, (await support.PostAsync($"/admin/outbox/{mail.Id}/send-again")).Status);
    }

    [Fact]
    public async Task Show_HasTheExactContent_InAFrameThatCanDoNothing_AndTheLookIsOnRecord()
    {
        var (dossier, person) = await DossierAsync();
        var mail = await portal.Data.CreateMailAsync(person, dossier, Html);
        var staff = await portal.Data.CreateStaffAsync();
        using var support = await portal.Factory.NewClientAsync(staff);

        var page = await support.GetPageAsync($"/admin/outbox/{mail.Id}");
        var frame = page.Document.QuerySelector("iframe")!;
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains("frame-src 'self'", Policy(page), StringComparison.Ordinal);
        Assert.Equal("Bonjour <Claire>", page.TextOf("pre"));
        Assert.Contains(dossier.Number, page.TextOf("aside"), StringComparison.Ordinal);
        var html = await support.GetPageAsync(frame.GetAttribute("src")!);
        Assert.Equal(Html, html.Body);
        Assert.Contains("default-src 'none'", Policy(html), StringComparison.Ordinal);
        Assert.EndsWith("; sandbox", Policy(html), StringComparison.Ordinal);
        var file = await support.GetPageAsync($"/admin/outbox/{mail.Id}/files/0");
        Assert.Equal(("BEGIN:VCALENDAR", "attachment"), (file.Body, file.ContentHeaders.ContentDisposition!.DispositionType));
        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync($"/admin/outbox/{mail.Id}/files/1")).Status);

        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "mail.viewed" && a.ActorId == staff.Id && a.SubjectId == mail.Id.ToString("N"))));
    }

    [Fact]
    public async Task Secret_IsShownToNobodyAndNeverSentAgain()
    {
        var secret = await portal.Data.CreateMailAsync(await portal.Data.CreateUserAsync(), change: mail => mail.Content = "protected", isSecret: true);
        using var administrator = await ClientAsync(StaffRole.PortalAdministrator);

        var page = await administrator.GetPageAsync($"/admin/outbox/{secret.Id}");

        Assert.Contains("Contenu masqué", page.MainText, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("iframe, pre, main form"));
        foreach (var part in (string[])["/html", "/files/0"])
            Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetPageAsync($"/admin/outbox/{secret.Id}{part}")).Status);
        foreach (var action in (string[])["send-again", "put-back"])
            Assert.Equal(HttpStatusCode.BadRequest, (await administrator.PostAsync($"/admin/outbox/{secret.Id}/{action}")).Status);
        Assert.Equal(0, await portal.Factory.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.AgainOfId == secret.Id)));
    }

    [Fact]
    public async Task SendAgain_MakesOneNewMailThatRefersToTheFirst()
    {
        var (dossier, person) = await DossierAsync();
        var mail = await portal.Data.CreateMailAsync(person, dossier, Html);
        using var administrator = await ClientAsync(StaffRole.PortalAdministrator);
        var page = await administrator.GetPageAsync($"/admin/outbox/{mail.Id}");

        var done = await administrator.SubmitAsync(page, "#again");
        var twice = await administrator.SubmitAsync(page, "#again");

        Assert.Equal((HttpStatusCode.Redirect, done.Location), (twice.Status, twice.Location));
        var copy = await portal.Factory.ReadAsync(db => db.Set<OutboxMail>().AsNoTracking().SingleAsync(m => m.AgainOfId == mail.Id));
        Assert.Equal($"/admin/outbox/{copy.Id}", done.Location);
        Assert.Equal((mail.Content, mail.Recipient, mail.Subject, mail.DossierId, true), (copy.Content, copy.Recipient, copy.Subject, copy.DossierId, copy.DueAt is not null));
        Assert.NotEqual(mail.MessageId, copy.MessageId);
        Assert.StartsWith(copy.Id.ToString("N"), copy.MessageId, StringComparison.Ordinal);
        Assert.Equal($"of {mail.Id:N}", await portal.Factory.ReadAsync(db => db.Audit.Where(a => a.Action == "mail.sent-again" && a.SubjectId == copy.Id.ToString("N")).Select(a => a.Detail).SingleAsync()));
        Assert.NotNull((await administrator.GetPageAsync($"/admin/outbox/{copy.Id}")).Document.QuerySelector($"a[href='/admin/outbox/{mail.Id}']"));
    }

    [Fact]
    public async Task PutBack_HasADeadLetterTriedAnewUnderItsOwnMessageId()
    {
        var (dossier, person) = await DossierAsync();
        var mail = await portal.Data.CreateMailAsync(person, dossier, Html, Dead);
        using var administrator = await ClientAsync(StaffRole.PortalAdministrator);

        var done = await administrator.SubmitAsync(await administrator.GetPageAsync($"/admin/outbox/{mail.Id}"), "#back");

        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        var row = await portal.Factory.ReadAsync(db => db.Set<OutboxMail>().AsNoTracking().SingleAsync(m => m.Id == mail.Id));
        Assert.Equal((null, portal.Factory.Now, 0, mail.MessageId), (row.FailedAt, row.DueAt, row.Attempts, row.MessageId));
        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "mail.put-back" && a.SubjectId == mail.Id.ToString("N"))));
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.PostAsync($"/admin/outbox/{mail.Id}/put-back")).Status);
    }

    [Theory]
    [InlineData("nl", "Verzonden mails")]
    [InlineData("de", "Versandte Mails")]
    [InlineData("en", "Mails sent")]
    public async Task List_SpeaksTheReadersLanguage(string language, string title)
    {
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(language: language));

        Assert.Equal(title, (await support.GetPageAsync("/admin/outbox")).TextOf("h1"));
    }

    private static string Policy(PortalPage page) => page.Headers.GetValues("Content-Security-Policy").Single();

    private static void Dead(OutboxMail mail) => (mail.SentAt, mail.FailedAt, mail.Attempts, mail.LastError) = (null, mail.CreatedAt, 9, "550 non");

    private static async Task<IReadOnlyList<Guid>> IdsAsync(PortalClient client, string query) =>
        [.. (await client.GetPageAsync($"/admin/outbox?{query}")).Document.QuerySelectorAll("tbody a.key").Select(link => Guid.Parse(link.GetAttribute("href")!.Split('/')[^1]))];

    private async Task<PortalClient> ClientAsync(StaffRole role) => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(role));

    private async Task<(TestDossier Dossier, TestUser Person)> DossierAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        return (await portal.Data.CreateDossierAsync(organisation, person), person);
    }
}
