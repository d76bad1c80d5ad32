using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers;

public sealed class DossierDetailsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Payload = "<script>alert('x')</script>";

    [Fact]
    public async Task Get_ForAnotherOrganisationOrAColleaguesDossier_IsNotFound()
    {
        var (organisation, author) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, author);
        var colleague = await portal.Data.CreateMemberAsync(organisation);
        var (_, stranger) = await DealerAsync(MembershipRole.Administrator);

        foreach (var person in (TestUser[])[colleague, stranger])
        {
            using var client = await portal.Factory.NewClientAsync(person);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/dossiers/{dossier.Number}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/dossiers/{dossier.Number}/appointment.ics")).Status);
            foreach (var action in (string[])["messages", "notify", "withdraw", "request-cancellation"])
                Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/dossiers/{dossier.Number}/{action}", ("Message.Text", "Bonjour"), ("notify", "true"))).Status);
        }

        Assert.Equal(1, await EntriesAsync(dossier));
    }

    [Fact]
    public async Task Get_ShowsMessagesWithTheirLineBreaksAndNoInternalNote()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d =>
        {
            d.Reference = Payload;
            d.EndUserName = Payload;
            d.Description = $"{Payload}\nDeuxième ligne";
            d.Timeline.Add((ActorKind.Support, TimelineKind.Message, $"Première ligne\n{Payload}"));
            d.Timeline.Add((ActorKind.Support, TimelineKind.InternalNote, "Rien pour le dealer"));
        });

        var page = await PageAsync(person, dossier);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Première ligne<br>", page.Document.QuerySelector(".msg p")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains(Payload, page.TextOf(".msg"), StringComparison.Ordinal);
        Assert.DoesNotContain("Rien pour le dealer", page.Body, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task PostMessage_WhereSupportWaits_PutsTheRequestBackInProgress()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.WaitingForDealer);

        var page = await SendAsync(person, dossier, "#message", ("Message.Text", "Voici la facture.\nMerci"));

        Assert.Equal((HttpStatusCode.Redirect, $"/dossiers/{dossier.Number}"), (page.Status, page.Location));
        Assert.Equal(RequestStatus.InProgress, (await ReadAsync(dossier)).Status);
        Assert.Contains("Voici la facture.", (await PageAsync(person, dossier)).TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Empty(await portal.Factory.MailsAsync(person.Email));
    }

    [Theory]
    [InlineData(30, RequestStatus.InProgress)]
    [InlineData(31, RequestStatus.Completed)]
    public async Task PostMessage_AfterCompletion_ReopensForThirtyDays(int days, RequestStatus expected)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d =>
        {
            d.Status = RequestStatus.Completed;
            d.CreatedAt = portal.Factory.Now.AddDays(-days);
        });

        var before = await PageAsync(person, dossier);
        await SendAsync(person, dossier, "#message", ("Message.Text", "Le problème revient."));

        Assert.Equal(expected, (await ReadAsync(dossier)).Status);
        Assert.Equal(expected == RequestStatus.InProgress, before.MainText.Contains("un message rouvre la demande", StringComparison.Ordinal));
        Assert.Contains("Le problème revient.", (await PageAsync(person, dossier)).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostMessage_WithoutText_KeepsThePageAndSaysWhy()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);

        var page = await SendAsync(person, dossier, "#message", ("Message.Text", "   "));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : Écrivez un message.", page.ErrorOf("Message.Text"));
        Assert.Contains("#Message_Text", page.Document.QuerySelector(".error-summary a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(1, await EntriesAsync(dossier));
    }

    [Fact]
    public async Task PostMessage_WithAFile_ShowsItAtTheMessage()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);

        var sent = await client.SubmitAsync(
            await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#message", [new TestFile("Message.Files", "<b>facture.png", TestFile.Png)], ("Message.Text", "La facture"));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var page = await client.FollowAsync(sent);
        Assert.Contains("facture.png", page.TextOf(".timeline a.chip"), StringComparison.Ordinal);
        Assert.StartsWith("/files/", page.Document.QuerySelector(".tile a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostMessage_WithAFileAlone_IsAMessage()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.WaitingForDealer);
        using var client = await portal.Factory.NewClientAsync(person);

        var sent = await client.SubmitAsync(
            await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#message", [new TestFile("Message.Files", "plaque.png", TestFile.Png)], ("Message.Text", " "));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains("plaque.png", (await client.FollowAsync(sent)).TextOf(".timeline a.chip"), StringComparison.Ordinal);
        Assert.Equal(RequestStatus.InProgress, (await ReadAsync(dossier)).Status);
    }

    [Theory]
    [InlineData(TimelineEntry.TextMaxLength, HttpStatusCode.Redirect)]
    [InlineData(TimelineEntry.TextMaxLength + 1, HttpStatusCode.BadRequest)]
    public async Task PostMessage_CountsALineBreakAsOneCharacter(int length, HttpStatusCode expected)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);

        // As a browser counts for maxlength, and as it posts.
        var answer = await SendAsync(person, dossier, "#message", ("Message.Text", string.Concat(Enumerable.Repeat("x\r\n", 100)) + new string('y', length - 200)));

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task PostMessage_WithFilesThatAreNoImages_SaysSoOfEachAndSendsTheGoodOneNext()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);

        var page = await client.SubmitAsync(
            await client.GetPageAsync($"/dossiers/{dossier.Number}"),
            "#message",
            [new TestFile("Message.Files", "a.png", TestFile.Png), new TestFile("Message.Files", "virus.png", "MZ and more"u8.ToArray()), new TestFile("Message.Files", "rien.pdf", [])],
            ("Message.Text", "Avec une photo"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("virus.png", page.ErrorOf("Message.Files"), StringComparison.Ordinal);
        Assert.Contains("rien.pdf", page.ErrorOf("Message.Files"), StringComparison.Ordinal);
        Assert.Equal("Avec une photo", page.ValueOf("Message.Text"));
        Assert.Contains("a.png", page.TextOf("#message fieldset"), StringComparison.Ordinal);
        Assert.Equal(0, await FilesAsync(dossier));

        var sent = await client.SubmitAsync(page, "#message");

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains("a.png", (await client.FollowAsync(sent)).TextOf(".timeline a.chip"), StringComparison.Ordinal);
        Assert.Equal(1, await FilesAsync(dossier));
    }

    [Fact]
    public async Task PostMessage_ThatIsTooLong_KeepsItsFileUnlessItIsLeftOut()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);
        var page = await client.SubmitAsync(
            await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#message", [new TestFile("Message.Files", "a.png", TestFile.Png)], ("Message.Text", new string('x', TimelineEntry.TextMaxLength + 1)));
        Assert.Contains("a.png", page.TextOf("#message fieldset"), StringComparison.Ordinal);

        page.Document.QuerySelector("#Message_Kept_0")!.RemoveAttribute("checked");
        var sent = await client.SubmitAsync(page, "#message", ("Message.Text", "Plus court"));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(0, await FilesAsync(dossier));
    }

    [Fact]
    public async Task PostMessage_WithAKeptFileTwice_FilesItOnceAndKeepsTheText()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);
        var page = await client.SubmitAsync(
            await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#message", [new TestFile("Message.Files", "a.png", TestFile.Png)], ("Message.Text", new string('x', TimelineEntry.TextMaxLength + 1)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.SubmitAsync(page, "#message", ("Message.Text", "Voici"))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Redirect), again =>
        {
            Assert.Equal(HttpStatusCode.BadRequest, again.Status);
            Assert.Equal("Erreur : Ces fichiers sont déjà dans le dossier, avec un message envoyé plus tôt.", again.ErrorOf("Message.Files"));
            Assert.Equal("Voici", again.ValueOf("Message.Text"));
        });
        Assert.Equal(1, await FilesAsync(dossier));
    }

    [Theory]
    [InlineData("another person")]
    [InlineData("another dossier")]
    [InlineData("half a day later")]
    [InlineData("made up")]
    public async Task PostMessage_WithATicketThatIsNotForIt_TakesNothing(string why)
    {
        await using var own = new PortalFactory();
        var data = own.Data;
        var organisation = await data.CreateOrganisationAsync();
        var person = await data.CreateMemberAsync(organisation);
        var administrator = await data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var (dossier, other) = (await data.CreateDossierAsync(organisation, person), await data.CreateDossierAsync(organisation, person));
        using var client = await own.NewClientAsync(person);
        var refused = await client.SubmitAsync(
            await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#message", [new TestFile("Message.Files", "a.png", TestFile.Png)], ("Message.Text", new string('x', TimelineEntry.TextMaxLength + 1)));
        var ticket = refused.Document.QuerySelector("#Message_Kept_0")!.GetAttribute("value")!;

        if (why == "half a day later")
            own.Time.Advance(TimeSpan.FromHours(12));
        using var sender = await own.NewClientAsync(why == "another person" ? administrator : person);
        var target = why == "another dossier" ? other : dossier;
        var page = await sender.SubmitAsync(
            await sender.GetPageAsync($"/dossiers/{target.Number}"), "#message", ("Message.Text", "Voici"), ("Message.Kept", why == "made up" ? "x" + ticket : ticket));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : Un fichier reçu plus tôt n’est plus disponible. Choisissez-le de nouveau.", page.ErrorOf("Message.Files"));
        Assert.Equal("Voici", page.ValueOf("Message.Text"));
        Assert.Null(page.Document.QuerySelector("#Message_Kept_0"));
        Assert.Equal(0, await own.ReadAsync(db => db.Attachments.AllOrganisations().CountAsync(a => a.DossierId != null)));
    }

    [Fact]
    public async Task PostWithdraw_WhileSubmitted_CancelsTheRequest()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);

        await SendAsync(person, dossier, "#withdraw");

        var row = await ReadAsync(dossier);
        Assert.Equal((RequestStatus.Completed, Resolution.Cancelled, false), (row.Status, row.Resolution, row.IsOpen));
        Assert.Contains("Demande retirée", (await PageAsync(person, dossier)).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostWithdraw_WhenSupportHasBegun_AnswersConflictWithWhatChanged()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);
        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}");
        var agent = await portal.Data.CreateStaffAsync();
        using var support = await portal.Factory.NewClientAsync(agent);
        await support.SubmitAsync(
            await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#answer", ("Answer.Text", "Nous regardons."), ("Answer.Then", "wait"));

        var refused = await client.SubmitAsync(page, "#withdraw");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Nous regardons.", refused.TextOf("#changed"), StringComparison.Ordinal);
        Assert.Equal(RequestStatus.WaitingForDealer, (await ReadAsync(dossier)).Status);
        Assert.Null(refused.Document.QuerySelector("#withdraw"));
    }

    [Fact]
    public async Task PostRequestCancellation_TellsSupportAndCountsAsAnAnswer()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.WaitingForDealer);

        await SendAsync(person, dossier, "#cancel", ("Cancel.Reason", "Le client garde l’appareil."));

        Assert.Equal(RequestStatus.InProgress, (await ReadAsync(dossier)).Status);
        var page = await PageAsync(person, dossier);
        Assert.Contains("Annulation demandée", page.TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Contains("Le client garde l’appareil.", page.TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostNotify_SwitchesMailsAndSaysSoInTheTimeline()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);

        await SendAsync(person, dossier, "form[action$=notify]", ("notify", null));

        Assert.False((await ReadAsync(dossier)).NotifyByMail);
        Assert.Contains("Suivi par mail désactivé", (await PageAsync(person, dossier)).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LinksADossierAndItsCopyBothWays()
    {
        var (organisation, person) = await DealerAsync();
        var source = await portal.Data.CreateDossierAsync(organisation, person);
        var copy = await portal.Data.CreateDossierAsync(organisation, person, d => d.CopiedFromId = source.Id);

        Assert.NotNull((await PageAsync(person, source)).Document.QuerySelector($"dd a[href='/dossiers/{copy.Number}']"));
        Assert.NotNull((await PageAsync(person, copy)).Document.QuerySelector($"dd a[href='/dossiers/{source.Number}']"));
        Assert.NotNull((await PageAsync(person, source)).Document.QuerySelector($"a[href='/dossiers/{source.Number}/copy']"));
    }

    private Task<int> FilesAsync(TestDossier dossier) =>
        portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().CountAsync(a => a.DossierId == dossier.Id));

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync(MembershipRole role = MembershipRole.Employee)
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, role));
    }

    private async Task<PortalPage> PageAsync(TestUser person, TestDossier dossier)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        return await client.GetPageAsync($"/dossiers/{dossier.Number}");
    }

    private async Task<PortalPage> SendAsync(TestUser person, TestDossier dossier, string form, params (string Name, string? Value)[] values)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        return await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{dossier.Number}"), form, values);
    }

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));

    private Task<int> EntriesAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Timeline.AllOrganisations().CountAsync(e => e.DossierId == dossier.Id));
}
