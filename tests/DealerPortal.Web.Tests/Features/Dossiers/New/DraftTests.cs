using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

public sealed class DraftTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Get_WritesNothing()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var start = await filing.Client.GetPageAsync("/dossiers/new/repair");
        await filing.Client.FollowAsync(start);

        Assert.Matches("^/dossiers/new/repair/[0-9a-f-]{36}$", start.Location);
        Assert.False(await portal.Factory.ReadAsync(db => db.Drafts.AllOrganisations().AnyAsync(d => d.OwnerId == filing.User.Id)));
    }

    [Fact]
    public async Task Enter_WithoutScripts_SavesAndDoesNotSend()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var page = await filing.Client.GetPageAsync(filing.Url);
        var first = page.Document.QuerySelectorAll("form#dossier button, [form=dossier]")[0];

        var answer = await filing.SendAsync((first.GetAttribute("name")!, first.GetAttribute("value")));

        Assert.Equal(filing.Url, answer.Location);
        Assert.Empty(await filing.DossiersAsync());
        Assert.Equal(1, (await filing.DraftAsync())!.Revision);
    }

    [Fact]
    public async Task Save_FromTwoDevices_TellsTheSecondAndLosesNothing()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        using var phone = await portal.Factory.NewClientAsync(filing.User);
        Assert.Equal(200, (await filing.SaveAsync(filing.Client, 0, ("Description", "desk"))).Status);
        Assert.Equal(200, (await filing.SaveAsync(phone, 1, ("Description", "phone"))).Status);

        Assert.Equal(409, (await filing.SaveAsync(filing.Client, 1, ("Description", "desk again"))).Status);
        var page = await filing.Client.PostAsync(filing.Url, ("Revision", "1"), ("Description", "desk again"), ("Save", "1"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("desk again", page.ValueOf("Description"));
        Assert.Contains("modifié sur un autre appareil", page.MainText, StringComparison.Ordinal);
        Assert.Equal("phone", (await filing.DraftAsync())!.ReadPairs().Single(p => p.Key == "Description").Value);

        // Saving what stands there replaces the other version: the person was told.
        var again = await filing.Client.SubmitAsync(page, "form#dossier", ("Save", "1"));
        Assert.Equal(HttpStatusCode.Redirect, again.Status);
        Assert.Equal("desk again", (await filing.DraftAsync())!.ReadPairs().Single(p => p.Key == "Description").Value);
    }

    [Fact]
    public async Task Save_WhenTheSameComesTwice_IsNoConflict()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SaveAsync(filing.Client, 0, ("Description", "once"));

        var (status, json) = await filing.SaveAsync(filing.Client, 0, ("Description", "once"));

        Assert.Equal((200, 1), (status, json.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task Save_AfterSending_ChangesNothingAndSaysWhere()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SendAsync();
        var dossier = Assert.Single(await filing.DossiersAsync());

        var (status, json) = await filing.SaveAsync(filing.Client, 1, ("Description", "late"));

        Assert.Equal((410, $"/dossiers/{dossier.Number}"), (status, json.GetProperty("location").GetString()));
        Assert.Equal("[]", (await filing.DraftAsync())!.Pairs);
        Assert.Equal($"/dossiers/{dossier.Number}", (await filing.Client.GetPageAsync(filing.Url)).Location);
        Assert.Equal($"/dossiers/{dossier.Number}", (await filing.SendAsync(("Description", "other"))).Location);
        Assert.Single(await filing.DossiersAsync());
    }

    [Fact]
    public async Task Post_TwentyTimesAtOnce_MakesOneDossierAndOneMail()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");
        await filing.Client.AntiforgeryTokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => filing.SendAsync())));

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Redirect, $"/dossiers/{dossier.Number}"), (answer.Status, answer.Location)));
        Assert.Single(await portal.Factory.MailsAsync(filing.User.Email));
        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Timeline.AllOrganisations().CountAsync(e => e.DossierId == dossier.Id)));
        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().CountAsync(a => a.DossierId == dossier.Id)));
    }

    [Fact]
    public async Task Draft_OfAColleagueOrAStranger_DoesNotExist()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SaveAsync(filing.Client, 0, ("Description", "mine"));
        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");
        var file = await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().SingleAsync(a => a.DraftId == filing.DraftId));
        var colleague = await portal.Data.CreateMemberAsync(filing.Organisation, Core.Organisations.MembershipRole.Administrator);
        var stranger = await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync());

        foreach (var person in new[] { colleague, stranger })
        {
            using var client = await portal.Factory.NewClientAsync(person);
            foreach (var page in new[] { "", "/model", "/device", "/branch" })
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync(filing.Url + page)).Status);
            Assert.Equal(404, (await filing.SaveAsync(client, 1, ("Description", "theirs"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(filing.Url, filing.Fields())).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(filing.Url, ("Discard", "1"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(filing.Url + "/language", ("language", "nl"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(filing.Url + "/model", ("code", "AB12"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostFilesAsync(filing.Url + "/files", [new TestFile("file", "x.jpg", RepairFiling.Photo(9))])).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(filing.Url + "/files/remove", ("Remove", $"{file.Id}"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/files/{file.Id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/files/{file.Id}/thumbnail")).Status);
        }

        Assert.Equal("mine", (await filing.DraftAsync())!.ReadPairs().Single(p => p.Key == "Description").Value);
        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().CountAsync(a => a.DraftId == filing.DraftId)));
    }

    [Fact]
    public async Task Discard_RemovesTheDraftAndItsFiles()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SaveAsync(filing.Client, 0, ("Description", "mine"));
        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");
        var key = await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().Where(a => a.DraftId == filing.DraftId).Select(a => a.StorageKey).SingleAsync());

        var answer = await filing.Client.PostAsync(filing.Url, ("Revision", "1"), ("Discard", "1"));

        Assert.Equal("/dossiers/new", answer.Location);
        Assert.Null(await filing.DraftAsync());
        Assert.False(File.Exists(Path.Combine(portal.Factory.FilesPath, key)));
    }

    [Fact]
    public async Task Language_SavesWhatIsTypedAndSpeaksTheOtherLanguage()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var answer = await filing.Client.PostAsync(filing.Url + "/language", ("Revision", "0"), ("language", "de"), ("PreferredDate", "31/02"));
        var page = await filing.Client.FollowAsync(answer);

        Assert.Equal("Reparaturauftrag", page.TextOf("h1"));
        Assert.Equal("31/02", page.ValueOf("PreferredDate"));
    }

    [Fact]
    public async Task Overview_OffersTheOpenDraftsOfThisPersonOnly()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SaveAsync(filing.Client, 0, ("ModelCode", "WAITING1"));
        using var colleague = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(filing.Organisation));

        var own = await filing.Client.GetPageAsync("/dossiers/new");
        var theirs = await colleague.GetPageAsync("/dossiers/new");

        Assert.NotNull(own.Document.QuerySelector($"a[href='{filing.Url}']"));
        Assert.Contains("WAITING1", own.MainText, StringComparison.Ordinal);
        Assert.Null(theirs.Document.QuerySelector($"a[href='{filing.Url}']"));
    }

    [Fact]
    public async Task Overview_OffersADraftThatHasFilesOnly()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");

        Assert.NotNull((await filing.Client.GetPageAsync("/dossiers/new")).Document.QuerySelector($"a[href='{filing.Url}']"));
    }

    [Fact]
    public async Task Save_OfTooMuch_IsRefused()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        Assert.Equal(413, (await filing.SaveAsync(filing.Client, 0, ("Description", new string('x', Draft.PairsMaxLength)))).Status);
        Assert.Equal(413, (await filing.SaveAsync(filing.Client, 0, [.. Enumerable.Range(0, DraftService.MaxPairs + 1).Select(i => ($"f{i}", (string?)"x"))])).Status);
        Assert.Null(await filing.DraftAsync());
    }
}
