using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>Which mails a member gets, from the page to the outbox.</summary>
public sealed class MailsTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Save_KeepsTheDefaultAndTheKinds_AndShowsThemAgain()
    {
        var person = await MemberAsync("nl");
        using var client = await _factory.NewClientAsync(person);
        var page = await client.GetPageAsync("/account/mails");
        Assert.Equal(AllMailTopics.List.Count, page.Document.QuerySelectorAll("input[name='Topics'][checked]").Length);
        Assert.Contains("wordt uiteindelijk afgesloten", page.TextOf("#topic-Question-h"), StringComparison.Ordinal);

        var saved = await client.FollowAsync(await client.PostAsync("/account/mails", ("Topics", "Answered"), ("Topics", "Question"), ("Topics", "Nonsense"), ("Topics", "255")));

        Assert.Equal("Uw keuzes zijn opgeslagen.", saved.TextOf(".flash"));
        Assert.Null(saved.Document.QuerySelector("#NotifyByMail[checked]"));
        Assert.Equal(["Answered", "Question"], saved.Document.QuerySelectorAll("input[name='Topics'][checked]").Select(box => box.GetAttribute("value")));
        var row = await _factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == person.Id));
        Assert.Equal((false, AllMailTopics.All & ~(MailTopics.Answered | MailTopics.Question)), (row.NotifyByMail, row.MutedMails));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "user.mails-chosen" && a.ActorId == person.Id)));
        // The default is what a new form proposes.
        Assert.Null((await client.GetPageAsync("/dossiers/new/question")).Document.QuerySelector("#Notify[checked]"));
    }

    [Fact]
    public async Task AKindThatIsSwitchedOff_IsNeverMade_AndTheOthersAre()
    {
        var person = await MemberAsync();
        var dossier = await _factory.Data.CreateDossierAsync(_organisation!, person, plan => plan.Status = RequestStatus.InProgress);
        using var client = await _factory.NewClientAsync(person);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        await client.PostAsync("/account/mails", [("NotifyByMail", "true"), .. AllMailTopics.List.Where(topic => topic != MailTopics.Question).Select(topic => ("Topics", (string?)topic.ToString()))]);

        await AnswerAsync(support, dossier, "Une question", "wait");
        Assert.Empty(await _factory.MailsAsync(person.Email));
        await AnswerAsync(support, dossier, "Une réponse", "");
        Assert.Equal(["DossierAnswered"], (await _factory.MailsAsync(person.Email)).Select(mail => mail.Kind));

        // The dossier's own flag goes before the kinds.
        await client.PostAsync($"/dossiers/{dossier.Number}/notify", ("notify", "false"));
        await AnswerAsync(support, dossier, "Encore", "");
        Assert.Single(await _factory.MailsAsync(person.Email));
    }

    private static async Task AnswerAsync(PortalClient support, TestDossier dossier, string text, string then)
    {
        var desk = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        var answered = await support.SubmitAsync(desk, "#answer", ("Answer.Text", text), ("Answer.Then", then));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answered.Status);
    }

    private TestOrganisation? _organisation;

    private async Task<TestUser> MemberAsync(string language = "fr")
    {
        _organisation = await _factory.Data.CreateOrganisationAsync();
        return await _factory.Data.CreateMemberAsync(_organisation, language: language);
    }
}
