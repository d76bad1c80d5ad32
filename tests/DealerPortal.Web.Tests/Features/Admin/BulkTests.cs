using System.Net;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>One step on several dossiers: previewed, then taken one by one, each with its own result.</summary>
public sealed class BulkTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Assign_FromTheQueue_SaysWhatWillHappen_ThenWhatDid()
    {
        var (organisation, person) = await DealerAsync();
        var agent = await portal.Data.CreateStaffAsync();
        var (first, second) = (await AddAsync(organisation, person), await AddAsync(organisation, person, d => d.AssigneeId = agent.Id));
        using var support = await portal.Factory.NewClientAsync(agent);
        var queue = await support.GetPageAsync($"/admin?waits=open&org={organisation.VatNumber}");

        var preview = await support.SubmitAsync(queue, "#bulk", ("n", first.Number), ("n", second.Number), ("to", $"{agent.Id}"), ("step", "assign"));
        Assert.Equal("1 dossier sera traité.", preview.TextOf("#run p[role=status]"));
        Assert.Contains("Sera attribué", RowOf(preview, first), StringComparison.Ordinal);
        Assert.Contains("déjà ainsi", RowOf(preview, second), StringComparison.Ordinal);
        Assert.Null((await ReadAsync(first)).AssigneeId);
        Assert.Equal($"/admin?waits=open&org={organisation.VatNumber}", preview.Document.QuerySelector("a.back")!.GetAttribute("href"));

        var report = await support.FollowAsync(await support.SubmitAsync(preview, "#run"));
        Assert.Contains("Dossiers traités : 1.", report.TextOf(".notice"), StringComparison.Ordinal);
        Assert.Contains("Attribué", RowOf(report, first), StringComparison.Ordinal);
        Assert.Equal([$"/admin?waits=open&org={organisation.VatNumber}"], report.HrefsOf("a.back"));
        Assert.Equal(agent.Id, (await ReadAsync(first)).AssigneeId);
        using var colleague = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetPageAsync(report.Url)).Status);
    }

    [Fact]
    public async Task Close_WritesEachByItself_MailsThoseWhoAskedForIt_AndLeavesWhatChangedSince()
    {
        var (organisation, person) = await DealerAsync("nl");
        var quiet = await portal.Data.CreateMemberAsync(organisation);
        var plain = await AddAsync(organisation, person);
        var unmailed = await AddAsync(organisation, quiet, d => d.NotifyByMail = false);
        var ended = await AddAsync(organisation, person, d => d.Status = RequestStatus.Completed);
        var changed = await AddAsync(organisation, person);
        using var support = await SupportAsync();
        var preview = await support.GetPageAsync(Preview("close", plain, unmailed, ended, changed));
        Assert.Equal("3 dossiers seront traités.", preview.TextOf("#run p[role=status]"));
        using (var colleague = await SupportAsync())
            await colleague.SubmitAsync(await colleague.GetPageAsync($"/admin/dossiers/{changed.Number}"), "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Une question."));

        var run = await support.SubmitAsync(preview, "#run", ("Form.Resolution", "Answered"), ("Form.Text", "Les pièces sont disponibles."));
        var report = await support.FollowAsync(run);

        Assert.Contains("2 sur 3", report.TextOf(".notice"), StringComparison.Ordinal);
        Assert.Contains("entre-temps", RowOf(report, changed), StringComparison.Ordinal);
        foreach (var done in (TestDossier[])[plain, unmailed])
        {
            var now = await ReadAsync(done);
            Assert.Equal((RequestStatus.Completed, Resolution.Answered, "Les pièces sont disponibles."), (now.Status, now.Resolution!.Value, now.ResolutionText));
            Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Timeline.ScopedTo(Staff).CountAsync(e => e.DossierId == done.Id && e.RequestStatus == RequestStatus.Completed)));
        }

        Assert.Equal(RequestStatus.WaitingForDealer, (await ReadAsync(changed)).Status);
        Assert.Equal(["nl"], (await portal.Factory.MailsAsync(person.Email)).Where(mail => mail.Kind == "DossierCompleted").Select(mail => mail.Row.Language));
        Assert.Empty(await portal.Factory.MailsAsync(quiet.Email));

        // Sent twice: everything has changed since, and nothing is done again.
        var again = await support.FollowAsync(await support.SubmitAsync(preview, "#run", ("Form.Resolution", "Answered"), ("Form.Text", "Les pièces sont disponibles.")));
        Assert.Contains("0 sur 3", again.TextOf(".notice"), StringComparison.Ordinal);
        var retry = await support.FollowLinkAsync(again, "main .actions a.btn-primary");
        Assert.Contains("Sera clos", RowOf(retry, changed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_WithATemplate_IsReadByEachDealerInTheirLanguage()
    {
        var (organisation, french) = await DealerAsync();
        var dutch = await portal.Data.CreateMemberAsync(organisation, language: "nl", firstName: "Piet");
        var (one, two) = (await AddAsync(organisation, french), await AddAsync(organisation, dutch));
        var doa = await portal.Data.CreateReturnAsync(organisation, french);
        var template = await AddTemplateAsync();
        using var support = await SupportAsync();

        var preview = await support.GetPageAsync(Preview("close", one, two, doa) + $"&template={template}");
        Assert.Contains("Stock épuisé", RowOf(preview, one), StringComparison.Ordinal);
        Assert.Contains("Uitverkocht", RowOf(preview, two), StringComparison.Ordinal);
        var report = await support.FollowAsync(await support.SubmitAsync(preview, "#run"));

        Assert.Contains("Dossiers traités : 3.", report.TextOf(".notice"), StringComparison.Ordinal);
        Assert.Equal((Resolution.Refused, true), ((await ReadAsync(one)).Resolution!.Value, (await ReadAsync(one)).ResolutionText!.StartsWith("Stock épuisé", StringComparison.Ordinal)));
        Assert.StartsWith("Uitverkocht", (await ReadAsync(two)).ResolutionText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("close", "Form.Resolution", "", "Form.Text", "C’est réglé.", "Form.Resolution")]
    [InlineData("close", "Form.Resolution", "Answered", "Form.Text", " ", "Form.Text")]
    [InlineData("status", "Form.Status", "WaitingForDealer", "Form.Text", "", "Form.Text")]
    public async Task Run_WithoutWhatItNeeds_KeepsWhatWasTypedAndTicked(string step, string name, string value, string textName, string text, string errorAt)
    {
        var (organisation, person) = await DealerAsync();
        var (kept, unticked) = (await AddAsync(organisation, person), await AddAsync(organisation, person));
        using var support = await SupportAsync();
        var preview = await support.GetPageAsync(Preview(step, kept, unticked) + "&status=WaitingForDealer");
        var pick = preview.Document.QuerySelector($"[name='Form.Pick'][value^='{kept.Number}']")!.GetAttribute("value");

        var refused = await support.SubmitAsync(preview, "#run", ("Form.Pick", pick), (name, value), (textName, text));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf(errorAt));
        Assert.Equal(text, refused.ValueOf(textName));
        Assert.Equal([kept.Number], refused.Document.QuerySelectorAll("[name='Form.Pick'][checked]").Select(box => box.GetAttribute("value")!.Split(':')[0]));
        Assert.Equal(RequestStatus.Submitted, (await ReadAsync(kept)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await support.SubmitAsync(preview, "#run", ("Form.Pick", null), (name, value), (textName, "Texte."))).Status);
    }

    [Fact]
    public async Task Preview_SaysWhatDoesNotExist_AndNeverTakesMoreThanItMay()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await AddAsync(organisation, person);
        using var support = await SupportAsync();

        var page = await support.GetPageAsync($"/admin/bulk?step=assign&to=none&n={dossier.Number}&n={dossier.Number}&n=26-0000000-0");
        Assert.Equal(2, page.TextsOf("tbody tr").Count);
        Assert.Contains("n’existe pas", page.TextsOf("tbody tr")[1], StringComparison.Ordinal);
        Assert.Contains("Aucun dossier n’est choisi", (await support.GetPageAsync("/admin/bulk?step=close")).MainText, StringComparison.Ordinal);
        Assert.Equal("/admin", (await support.GetPageAsync("/admin/bulk?step=erase")).Location);

        var many = string.Concat(Enumerable.Range(0, 250).Select(i => $"&n=26-{i:0000000}-0"));
        Assert.Equal(BulkHandling.MaxDossiers, (await support.GetPageAsync($"/admin/bulk?step=assign&n={dossier.Number}{many}")).TextsOf("tbody tr").Count);
    }

    private static Reader Staff => new(0, StaffRole.SupportAgent, false);

    private static string Preview(string step, params TestDossier[] dossiers) => $"/admin/bulk?step={step}" + string.Concat(dossiers.Select(dossier => $"&n={dossier.Number}"));

    private static string RowOf(PortalPage page, TestDossier dossier) => page.TextsOf("tbody tr").SingleOrDefault(row => row.StartsWith(dossier.Number, StringComparison.Ordinal)) ?? "";

    private Task<int> AddTemplateAsync() => portal.Factory.WriteAsync(async (write, ct) =>
    {
        var template = new AnswerTemplate
        {
            Name = $"Épuisé {Guid.NewGuid():N}",
            Purpose = TemplatePurpose.Closing,
            Resolution = Resolution.Refused,
            Text = new LocalizedText { Fr = "Stock épuisé.", Nl = "Uitverkocht.", De = "Ausverkauft.", En = "Out of stock." },
            UpdatedAt = portal.Factory.Now,
        };
        write.Db.Add(template);
        await write.Db.SaveChangesAsync(ct);
        return template.Id;
    });

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.AsNoTracking().VisibleTo(Staff).SingleAsync(d => d.Id == dossier.Id));

    private Task<TestDossier> AddAsync(TestOrganisation organisation, TestUser person, Action<DossierPlan>? change = null) => portal.Data.CreateDossierAsync(organisation, person, change);

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync(string language = "fr")
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, language: language));
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
}
