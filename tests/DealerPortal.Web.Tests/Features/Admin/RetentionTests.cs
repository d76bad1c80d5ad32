using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Privacy;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Access;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>After three years nothing of an end user is left, wherever it stood, unless somebody holds the dossier. Each on a host of its own, whose time goes on.</summary>
public sealed class RetentionTests
{
    private const string Canary = "Kanarienvogel";

    /// <summary>Everything in a form that a name may be typed into.</summary>
    private static readonly string[] FreeFields =
        ["Subject", "Question", "Message", "Description", "Reason", "ReasonText", "ContactName", "Floor", "OpeningHours", "EndUserName", "EndUserStreet", "EndUserTown", "Reference"];

    [Fact]
    public async Task Dossier_OfEveryForm_HoldsNothingOfAnybodyAfterThreeYears()
    {
        using var portal = new PortalFactory();
        var numbers = new List<(FormCase Form, TestUser Owner, string Number)>();
        var support = await portal.Data.CreateStaffAsync();
        using (var agent = await portal.NewClientAsync(support))
        {
            foreach (var form in FormCase.All)
            {
                using var filing = await FormFiling.StartAsync(portal, form.Slug);
                (string, string?)[] marked = [.. filing.Fields().Where(field => FreeFields.Contains(field.Name) && (field.Name != "Reason" || form.Type != DossierType.AppliancePickup) && !string.IsNullOrEmpty(field.Value)).Select(field => (field.Name, (string?)$"{field.Value} {Canary}"))];
                Assert.NotEmpty(marked);
                var sent = await filing.SendAsync(marked);
                Assert.True(sent.Status == HttpStatusCode.Redirect, $"{form}: {sent.TextOf(".error-summary")}");
                var dossier = Assert.Single(await filing.DossiersAsync());
                await TalkAsync(filing.Client, agent, dossier.Number);
                await portal.Data.CreateMailAsync(filing.User, new TestDossier(dossier.Id, dossier.Number, filing.Organisation.Id, filing.User.Id), $"<p>{Canary}</p>");
                numbers.Add((form, filing.User, dossier.Number));
            }
        }

        await EndTracksAsync(portal);
        var keys = await KeysAsync(portal);
        Assert.NotEmpty(keys);
        var planted = (await StoredRows.ReadAsync(portal)).TextsWith(Canary);
        Assert.True(planted.Count > 60, $"{planted.Count} places hold the mark");

        portal.Time.SetUtcNow(portal.Time.GetUtcNow().AddMonths(36).AddMinutes(-1));
        await AnonymiseAsync(portal);
        Assert.Equal(0, await AnonymisedAsync(portal));
        portal.Time.Advance(TimeSpan.FromMinutes(2));
        await AnonymiseAsync(portal);
        await using (var scope = portal.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FileSweep>().RunAsync(CancellationToken.None);

        Assert.Equal(numbers.Count, await AnonymisedAsync(portal));
        Assert.Empty((await StoredRows.ReadAsync(portal)).TextsWith(Canary));
        var stored = await StoredKeysAsync(portal);
        Assert.Empty(keys.Intersect(stored));
        using var late = await portal.NewClientAsync(support);
        foreach (var (form, owner, number) in numbers)
        {
            using var dealer = await portal.NewClientAsync(owner);
            var page = await dealer.GetPageAsync($"/dossiers/{number}");
            Assert.True(page.Status == HttpStatusCode.OK, $"{form}: {page.Status}");
            Assert.Contains("ont été effacés le", page.MainText, StringComparison.Ordinal);
            Assert.Null(page.Document.QuerySelector("#message"));
            Assert.Contains(number, (await dealer.GetPageAsync($"/dossiers?q={number[3..10]}")).Body + (await dealer.GetPageAsync("/dossiers")).Body, StringComparison.Ordinal);
            var refused = await dealer.PostAsync($"/dossiers/{number}/messages", ("Message.Text", "Encore une chose"));
            Assert.NotEqual(HttpStatusCode.Redirect, refused.Status);
            var desk = await late.GetPageAsync($"/admin/dossiers/{number}");
            Assert.True(desk.Status == HttpStatusCode.OK, $"{form}: {desk.Status}");
            Assert.Null(desk.Document.QuerySelector("#note, #answer, #hold"));
        }

        Assert.DoesNotContain("Encore une chose", string.Join('\n', (await StoredRows.ReadAsync(portal)).TextsWith("Encore")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_KeepsADossier_UntilItIsReleased()
    {
        using var portal = new PortalFactory();
        var organisation = await portal.Data.CreateOrganisationAsync();
        var owner = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, owner, plan =>
        {
            plan.EndUserName = $"Mme {Canary}";
            plan.Status = RequestStatus.Completed;
        });
        var support = await portal.Data.CreateStaffAsync();
        using var agent = await portal.NewClientAsync(support);
        var url = $"/admin/dossiers/{dossier.Number}";
        Assert.Contains("23 novembre 2029", (await agent.GetPageAsync(url)).MainText, StringComparison.Ordinal);

        var empty = await agent.SubmitAsync(await agent.GetPageAsync(url), "#hold", ("Keep.Reason", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("Dites pourquoi", empty.ErrorOf("Keep.Reason"), StringComparison.Ordinal);
        var held = await agent.FollowAsync(await agent.SubmitAsync(await agent.GetPageAsync(url), "#hold", ("Keep.Reason", "Litige avec l’assureur")));
        Assert.Contains("Litige avec l’assureur", held.MainText, StringComparison.Ordinal);

        portal.Time.SetUtcNow(portal.Time.GetUtcNow().AddMonths(40));
        await AnonymiseAsync(portal);
        Assert.Equal(0, await AnonymisedAsync(portal));
        using var later = await portal.NewClientAsync(support);
        await later.PostAsync($"{url}/release");
        await AnonymiseAsync(portal);

        Assert.Equal(1, await AnonymisedAsync(portal));
        Assert.Equal(["dossier.held", "dossier.released", "dossier.anonymised"], await portal.ReadAsync(db => db.Audit
            .Where(a => a.SubjectId == $"{dossier.Id}" && a.SubjectType == nameof(Dossier) && a.Action != "dossier.viewed").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
        Assert.Empty((await StoredRows.ReadAsync(portal)).TextsWith(Canary));
    }

    [Fact]
    public async Task OpenDossiers_AndThoseWhoseRepairEndedLater_AreLeftAlone()
    {
        using var portal = new PortalFactory();
        var organisation = await portal.Data.CreateOrganisationAsync();
        var owner = await portal.Data.CreateMemberAsync(organisation);
        await portal.Data.CreateDossierAsync(organisation, owner, plan => plan.EndUserName = "Mme Ouverte");
        var repaired = await portal.Data.CreateDossierAsync(organisation, owner, plan =>
        {
            plan.EndUserName = "Mme Réparée";
            plan.Status = RequestStatus.Completed;
        });
        portal.Time.SetUtcNow(portal.Time.GetUtcNow().AddMonths(12));
        await EndTracksAsync(portal, RepairStatus.RepairCompleted);

        portal.Time.SetUtcNow(portal.Time.GetUtcNow().AddMonths(30));
        await AnonymiseAsync(portal);
        Assert.Equal(0, await AnonymisedAsync(portal));
        portal.Time.SetUtcNow(portal.Time.GetUtcNow().AddMonths(7));
        await AnonymiseAsync(portal);

        Assert.Equal([repaired.Number], await portal.ReadAsync(db => db.Dossiers.AllOrganisations().Where(d => d.AnonymisedAt != null).Select(d => d.Number).ToListAsync()));
    }

    /// <summary>The dealer writes, with a file; support notes, answers and completes.</summary>
    private static async Task TalkAsync(PortalClient dealer, PortalClient agent, string number)
    {
        var page = await dealer.GetPageAsync($"/dossiers/{number}");
        var wrote = await dealer.SubmitAsync(page, "#message", [new TestFile("Message.Files", $"{Canary}.jpg", RepairFiling.Photo())], ("Message.Text", $"De la part de {Canary}"));
        Assert.Equal(HttpStatusCode.Redirect, wrote.Status);
        var desk = await agent.GetPageAsync($"/admin/dossiers/{number}");
        await agent.SubmitAsync(desk, "#note", ("Note.Text", $"Appelé {Canary}"));
        desk = await agent.GetPageAsync($"/admin/dossiers/{number}");
        var completed = await agent.SubmitAsync(desk, "#status", ("Status.To", "Completed"), ("Status.Resolution", "Answered"), ("Status.Text", $"Réglé avec {Canary}"));
        Assert.Equal(HttpStatusCode.Redirect, completed.Status);
    }

    /// <summary>Repairs and returns that are under way come to their end now.</summary>
    private static Task EndTracksAsync(PortalFactory portal, RepairStatus? begin = null) => portal.WriteAsync(async (write, ct) =>
    {
        foreach (var dossier in await write.Db.Dossiers.AllOrganisations().Where(d => d.Status == RequestStatus.Completed).ToListAsync(ct))
        {
            if (begin is not null || dossier.RepairStatus is not null)
                dossier.ReportRepair(RepairStatus.RepairCompleted, null, portal.Now, portal.Now);
            if (dossier.ReturnStatus is not null)
                dossier.ReportReturn(ReturnStatus.Credited, null, portal.Now, portal.Now);
        }
    });

    private static async Task AnonymiseAsync(PortalFactory portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DossierAnonymising>().RunAsync(CancellationToken.None);
    }

    private static Task<int> AnonymisedAsync(PortalFactory portal) => portal.ReadAsync(db => db.Dossiers.AllOrganisations().CountAsync(d => d.AnonymisedAt != null));

    private static Task<List<string>> KeysAsync(PortalFactory portal) => portal.ReadAsync(db => db.Attachments.AllOrganisations().Where(a => a.DossierId != null).Select(a => a.StorageKey).ToListAsync());

    private static async Task<List<string>> StoredKeysAsync(PortalFactory portal)
    {
        var keys = new List<string>();
        await foreach (var stored in portal.Services.GetRequiredService<IFileStore>().ListAsync(CancellationToken.None))
            keys.Add(stored.Key);
        return keys;
    }
}
