using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>What support does within a minute, as the dealer reads it: from the desk to one mail that can be answered.</summary>
public sealed class GatheringTests : IDisposable
{
    private readonly PortalFactory _factory = new();

    public GatheringTests()
    {
        foreach (var (key, value) in Answering.Settings().Append(KeyValuePair.Create<string, string?>("Mail:GatherFor", "00:01:00")))
            _factory.Settings[key] = value;
    }

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task StepsWithinAMinute_AreOneMail_ThatTheOutboxShowsAsHeld_AndThatCanBeAnswered()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var person = await _factory.Data.CreateMemberAsync(organisation);
        var dossier = await _factory.Data.CreateDossierAsync(organisation, person, plan => plan.Status = RequestStatus.InProgress);
        var other = await _factory.Data.CreateDossierAsync(organisation, person, plan => plan.Status = RequestStatus.InProgress);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

        await AnswerAsync(support, dossier, "Pouvez-vous joindre la preuve d’achat ?", "wait");
        _factory.Time.Advance(TimeSpan.FromSeconds(30));
        await AnswerAsync(support, dossier, "Le filtre est sous garantie.", "");
        await AnswerAsync(support, other, "Un autre dossier.", "");

        var mails = await _factory.MailsAsync(person.Email);
        Assert.Equal([2, 1], mails.Select(mail => mail.Row.News));
        Assert.Equal($"{dossier.Number}\u00A0: votre réponse est attendue (et une autre nouvelle)", mails[0].Row.Subject);
        var page = await support.GetPageAsync($"/admin/outbox/{mails[0].Row.Id}");
        Assert.Contains("Rassemblé", page.MainText, StringComparison.Ordinal);
        Assert.Equal("2026-11-23T09:01:00Z", page.Document.QuerySelector("aside time")!.GetAttribute("datetime"));
        Assert.Equal(2, (await support.GetPageAsync("/admin/outbox?state=Held")).Document.QuerySelectorAll("tbody tr").Length);
        Assert.Empty((await support.GetPageAsync("/admin/outbox?state=Waiting")).Document.QuerySelectorAll("tbody tr"));

        _factory.Time.Advance(TimeSpan.FromMinutes(1));
        var sent = await Answering.SentAsync(_factory, person.Email);
        Assert.Equal(2, Directory.GetFiles(_factory.MailFolder, "*.eml").Length);
        Assert.Contains("Un autre dossier.", sent.TextBody, StringComparison.Ordinal);
        var file = Directory.EnumerateFiles(_factory.MailFolder, $"*-{mails[0].Row.Id:N}.eml").Single();
        var answering = new Answering(_factory) { Organisation = organisation, Person = person, Dossier = dossier, Mail = await MimeKit.MimeMessage.LoadAsync(file) };
        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answering.Answer("Voici la preuve.")));
        Assert.Equal(RequestStatus.InProgress, await answering.StatusAsync());
    }

    private static async Task AnswerAsync(PortalClient support, TestDossier dossier, string text, string then)
    {
        var desk = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        var answered = await support.SubmitAsync(desk, "#answer", ("Answer.Text", text), ("Answer.Then", then));
        Assert.Equal(HttpStatusCode.Redirect, answered.Status);
    }
}
