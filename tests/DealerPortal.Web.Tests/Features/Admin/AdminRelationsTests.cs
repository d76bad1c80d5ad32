using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Duplicates and linked dossiers.</summary>
public sealed class AdminRelationsTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Merge_MovesMessagesAndFilesEndsTheDuplicateAndLeadsToTheOther()
    {
        var (organisation, person) = await DealerAsync("nl");
        var duplicate = await portal.Data.CreateDossierAsync(organisation, person);
        var survivor = await portal.Data.CreateDossierAsync(organisation, person);
        using var client = await portal.Factory.NewClientAsync(person);
        await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{duplicate.Number}"), "#message",
            [new TestFile("Message.Files", "plaatje.png", TestFile.Png)], ("Message.Text", "Hier is de foto."));
        using var support = await SupportAsync();
        var page = await support.GetPageAsync($"/admin/dossiers/{duplicate.Number}");
        Assert.Equal("Deze aanvraag bestaat twee keer. Ze gaat verder in het andere dossier, met uw berichten en bestanden.", page.ValueOf("Merge.Text"));

        var merged = await support.SubmitAsync(page, "#merge", ("Merge.Survivor", survivor.Number.Replace("-", "", StringComparison.Ordinal)));

        Assert.Equal($"/admin/dossiers/{survivor.Number}", merged.Location);
        var kept = await client.GetPageAsync($"/dossiers/{survivor.Number}");
        Assert.Contains("Hier is de foto.", kept.TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Contains("plaatje.png", kept.TextOf(".timeline .chip"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(kept.Document.QuerySelector(".timeline .chip")!.GetAttribute("href")!)).Status);
        var ended = await client.GetPageAsync($"/dossiers/{duplicate.Number}");
        Assert.NotNull(ended.Document.QuerySelector($".notice a[href='/dossiers/{survivor.Number}']"));
        Assert.Null(ended.Document.QuerySelector("#message"));
        Assert.Null(ended.Document.QuerySelector("#withdraw"));
        var stored = await ReadAsync(duplicate);
        Assert.Equal((RequestStatus.Completed, Resolution.Cancelled, survivor.Id, false), (stored.Status, stored.Resolution, stored.MergedIntoId, stored.IsOpen));
        var mail = Assert.Single(await MailsAsync(person), m => m.Kind == "DossierCompleted");
        Assert.Equal("nl", mail.Language);
        Assert.Equal(2, await portal.Factory.ReadAsync(db => db.Audit.CountAsync(a =>
            (a.Action == "dossier.merged" && a.SubjectId == $"{duplicate.Id}") || (a.Action == "dossier.duplicate-merged" && a.SubjectId == $"{survivor.Id}"))));
    }

    [Fact]
    public async Task MergedDossier_TakesNoMoreChanges_ButNotes()
    {
        var (organisation, person) = await DealerAsync();
        var duplicate = await portal.Data.CreateDossierAsync(organisation, person);
        var survivor = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();
        var before = await support.GetPageAsync($"/admin/dossiers/{duplicate.Number}");
        await support.SubmitAsync(before, "#merge", ("Merge.Survivor", survivor.Number));
        using var client = await portal.Factory.NewClientAsync(person);

        var answer = await support.SubmitAsync(before, "#answer", ("Answer.Text", "Trop tard."), ("Answer.Then", "stay"));
        var status = await support.SubmitAsync(before, "#status", ("Status.To", "InProgress"));
        var message = await client.PostAsync($"/dossiers/{duplicate.Number}/messages", ("Message.Text", "Et maintenant ?"));
        var note = await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{duplicate.Number}"), "#note", ("Note.Text", "Vu."));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(status.Status, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.Conflict]);
        Assert.Equal(HttpStatusCode.BadRequest, message.Status);
        Assert.Contains("continue dans un autre dossier", message.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, note.Status);
        Assert.Equal(RequestStatus.Completed, (await ReadAsync(duplicate)).Status);
    }

    [Fact]
    public async Task Merge_WhereItIsNotPossible_SaysWhyAndChangesNothing()
    {
        var (organisation, person) = await DealerAsync();
        var (elsewhere, stranger) = await DealerAsync();
        var duplicate = await portal.Data.CreateDossierAsync(organisation, person);
        var underWay = await portal.Data.CreateDossierAsync(organisation, person, d => d.RepairStatus = RepairStatus.InRepair);
        var foreign = await portal.Data.CreateDossierAsync(elsewhere, stranger);
        using var support = await SupportAsync();

        async Task RefusedAsync(TestDossier from, string into, string reason)
        {
            var page = await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{from.Number}"), "#merge", ("Merge.Survivor", into), ("Merge.Text", "Gardé."));
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(reason, page.ErrorOf("Merge.Survivor"), StringComparison.Ordinal);
            Assert.Equal("Gardé.", page.ValueOf("Merge.Text"));
            Assert.True(page.Document.QuerySelector("#merge")!.ParentElement!.HasAttribute("open"));
            Assert.Null((await ReadAsync(from)).MergedIntoId);
        }

        await RefusedAsync(duplicate, "26-0001234-9", "numéro de dossier complet");
        await RefusedAsync(duplicate, duplicate.Number, "Aucun autre dossier");
        await RefusedAsync(duplicate, foreign.Number, "Aucun autre dossier");
        await RefusedAsync(underWay, duplicate.Number, "en cours");
    }

    [Fact]
    public async Task Link_ShowsOnBothSidesToStaffOnly_AndCanBeRemoved()
    {
        var (organisation, person) = await DealerAsync();
        var (elsewhere, stranger) = await DealerAsync();
        var one = await portal.Data.CreateDossierAsync(organisation, person);
        var two = await portal.Data.CreateDossierAsync(elsewhere, stranger);
        using var support = await SupportAsync();

        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{two.Number}"), "#link", ("Link.Other", one.Number));
        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{one.Number}"), "#link", ("Link.Other", two.Number));

        var page = await support.GetPageAsync($"/admin/dossiers/{one.Number}");
        Assert.Contains(two.Number, page.TextOf("[aria-labelledby=re]"), StringComparison.Ordinal);
        Assert.Contains(elsewhere.Name, page.TextOf("[aria-labelledby=re]"), StringComparison.Ordinal);
        Assert.Single(page.TextsOf(".timeline strong"), text => text.StartsWith("Lié au dossier", StringComparison.Ordinal));
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain(two.Number, (await client.GetPageAsync($"/dossiers/{one.Number}")).Body, StringComparison.Ordinal);

        await support.SubmitAsync(page, "form[action$='/unlink']", ("other", two.Number));
        Assert.Empty((await support.GetPageAsync($"/admin/dossiers/{two.Number}")).TextsOf("[aria-labelledby=re] li"));
    }

    [Fact]
    public async Task Link_ToNoDossier_SaysSo()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        using var support = await SupportAsync();

        var refused = await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#link", ("Link.Other", DossierNumber.Format(2019, 4711)));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf("Link.Other"));
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync(string language = "fr")
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, language: language));
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));

    private Task<List<OutboxMail>> MailsAsync(TestUser person) => portal.Factory.ReadAsync(db => db.Set<OutboxMail>().AsNoTracking()
        .Where(m => m.Recipient == person.Email).OrderBy(m => m.CreatedAt).ToListAsync());
}
