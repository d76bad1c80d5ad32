using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Who looks after a dossier, and until when support should have acted.</summary>
public sealed class AssignTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Assign_WritesAnInternalEntryAndAnAuditRow_AndTheDealersUpdatedStays()
    {
        var (dealer, dossier) = await DossierAsync();
        var (agent, other) = (await portal.Data.CreateStaffAsync(), await portal.Data.CreateStaffAsync());
        var before = await ReadAsync(dossier);
        portal.Factory.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(HandlingOutcome.Done, await AssignAsync(agent, dossier, other.Id, before.Stamp));

        var after = await ReadAsync(dossier);
        Assert.Equal((other.Id, before.UpdatedAt, before.DueAt), (after.AssigneeId!.Value, after.UpdatedAt, after.DueAt));
        Assert.NotEqual(before.Stamp, after.Stamp);
        var subject = dossier.Id.ToString(CultureInfo.InvariantCulture);
        var audit = await portal.Factory.ReadAsync(db => db.Audit.SingleAsync(a => a.Action == "dossier.assigned" && a.SubjectId == subject));
        Assert.Equal((agent.Id, other.Id.ToString(CultureInfo.InvariantCulture)), (audit.ActorId!.Value, audit.Detail));
        using var support = await portal.Factory.NewClientAsync(agent);
        Assert.Contains($"Attribué à {other.FullName}", (await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")).TextOf(".timeline"), StringComparison.Ordinal);
        using var client = await portal.Factory.NewClientAsync(dealer);
        Assert.DoesNotContain(other.LastName, (await client.GetPageAsync($"/dossiers/{dossier.Number}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assign_ToNobodyAndToWhomItIsAlready()
    {
        var (_, dossier) = await DossierAsync();
        var agent = await portal.Data.CreateStaffAsync();
        await AssignAsync(agent, dossier, agent.Id);
        Assert.Equal(HandlingOutcome.Done, await AssignAsync(agent, dossier, agent.Id));
        Assert.Equal(1, await EntriesAsync(dossier));

        Assert.Equal(HandlingOutcome.Done, await AssignAsync(agent, dossier, null));

        Assert.Null((await ReadAsync(dossier)).AssigneeId);
        Assert.Equal(2, await EntriesAsync(dossier));
        using var support = await portal.Factory.NewClientAsync(agent);
        Assert.Contains("N’a plus de responsable", (await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assign_ToADealerOrADeactivatedAgent_IsNotAllowed_AndAStaleOneChangesNothing()
    {
        var (dealer, dossier) = await DossierAsync();
        var (agent, gone) = (await portal.Data.CreateStaffAsync(), await portal.Data.CreateStaffAsync());
        await portal.Factory.WriteAsync(async (write, ct) => (await write.Db.Users.SingleAsync(u => u.Id == gone.Id, ct)).DeactivatedAt = portal.Factory.Now);

        Assert.Equal(HandlingOutcome.NotAllowed, await AssignAsync(agent, dossier, dealer.Id));
        Assert.Equal(HandlingOutcome.NotAllowed, await AssignAsync(agent, dossier, gone.Id));
        Assert.Equal(HandlingOutcome.NotAllowed, await AssignAsync(agent, dossier, 987_654));
        Assert.Equal(HandlingOutcome.Stale, await AssignAsync(agent, dossier, agent.Id, Guid.NewGuid()));
        Assert.Null((await ReadAsync(dossier)).AssigneeId);
    }

    [Fact]
    public async Task Post_FromTheDossiersPage_ByChoiceAndToOneself()
    {
        var (_, dossier) = await DossierAsync();
        var (agent, other) = (await portal.Data.CreateStaffAsync(), await portal.Data.CreateStaffAsync());
        using var support = await portal.Factory.NewClientAsync(agent);
        var url = $"/admin/dossiers/{dossier.Number}";

        Assert.Equal("none", (await support.GetPageAsync(url)).ValueOf("Assign.To"));
        var page = await support.SubmitAsync(await support.GetPageAsync(url), "#assign", ("Assign.To", other.Id.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(url, page.Location);
        page = await support.GetPageAsync(url);
        Assert.Equal(other.Id.ToString(CultureInfo.InvariantCulture), page.ValueOf("Assign.To"));

        await support.SubmitAsync(page, "#assign-me");
        page = await support.GetPageAsync(url);
        Assert.Equal(agent.Id.ToString(CultureInfo.InvariantCulture), page.ValueOf("Assign.To"));
        Assert.Null(page.Document.QuerySelector("#assign-me"));
        Assert.Equal(agent.Id, (await ReadAsync(dossier)).AssigneeId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("987654")]
    [InlineData("x")]
    public async Task Post_ToNoSuchPerson_IsRefusedAtTheField(string to)
    {
        var (_, dossier) = await DossierAsync();
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

        var page = await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#assign", ("Assign.To", to));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("ne fait pas (ou plus) partie", page.ErrorOf("Assign.To")!, StringComparison.Ordinal);
        Assert.Null((await ReadAsync(dossier)).AssigneeId);
    }

    [Fact]
    public async Task Post_AfterAColleagueTookIt_Is409AndSaysWho()
    {
        var (_, dossier) = await DossierAsync();
        var (agent, other) = (await portal.Data.CreateStaffAsync(), await portal.Data.CreateStaffAsync());
        using var support = await portal.Factory.NewClientAsync(agent);
        var seen = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        await AssignAsync(other, dossier, other.Id);

        var page = await support.SubmitAsync(seen, "#assign-me");

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains($"Attribué à {other.FullName}", page.TextOf("main .notice"), StringComparison.Ordinal);
        Assert.Equal(other.Id, (await ReadAsync(dossier)).AssigneeId);
    }

    [Fact]
    public async Task Get_WithAnAssigneeWhoLeft_StillShowsWhoHadIt()
    {
        var (_, dossier) = await DossierAsync();
        var (agent, gone) = (await portal.Data.CreateStaffAsync(), await portal.Data.CreateStaffAsync());
        await AssignAsync(agent, dossier, gone.Id);
        await portal.Factory.WriteAsync(async (write, ct) => (await write.Db.Users.SingleAsync(u => u.Id == gone.Id, ct)).DeactivatedAt = portal.Factory.Now);
        using var support = await portal.Factory.NewClientAsync(agent);

        var page = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");

        Assert.Equal(gone.Id.ToString(CultureInfo.InvariantCulture), page.ValueOf("Assign.To"));
        Assert.Contains(gone.FullName, page.TextOf("#Assign_To option[selected]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_DoesNotAssign_AndBeginsTheNextStep_WhichWaitingForTheDealerHolds()
    {
        var (dealer, dossier) = await DossierAsync();
        var agent = await portal.Data.CreateStaffAsync();
        using var support = await portal.Factory.NewClientAsync(agent);
        var url = $"/admin/dossiers/{dossier.Number}";

        await support.SubmitAsync(await support.GetPageAsync(url), "#answer", ("Answer.Text", "Nous regardons."), ("Answer.Then", "stay"));
        var takenUp = await ReadAsync(dossier);
        Assert.Equal(RequestStatus.InProgress, takenUp.Status);
        Assert.Null(takenUp.AssigneeId);
        // Answered on Monday at ten: the service centre's order is the next step of a repair, eight working hours from now.
        Assert.Equal((PromiseStep.RepairOrder, (DateTime?)new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc)), (takenUp.Step, takenUp.DueAt));
        portal.Factory.Time.Advance(TimeSpan.FromHours(3));

        using var later = await portal.Factory.NewClientAsync(agent);
        await later.SubmitAsync(await later.GetPageAsync(url), "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Une question."));
        Assert.Null((await ReadAsync(dossier)).DueAt);

        portal.Factory.Time.Advance(TimeSpan.FromDays(4));
        using var client = await portal.Factory.NewClientAsync(dealer);
        await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{dossier.Number}"), "form[action$='/messages']", ("Message.Text", "Voici."));
        // Answered on Friday at one: of the eight hours five are left, four on that day and one on Monday.
        Assert.Equal(new DateTime(2026, 11, 30, 9, 0, 0, DateTimeKind.Utc), (await ReadAsync(dossier)).DueAt);
    }

    private async Task<HandlingOutcome> AssignAsync(TestUser by, TestDossier dossier, int? assignee, Guid? stamp = null)
    {
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SupportHandling>().AssignAsync(
            new SupportAssignment(new Reader(by.Id, StaffRole.SupportAgent, false), dossier.Number, stamp, assignee), CancellationToken.None);
    }

    private Task<int> EntriesAsync(TestDossier dossier) =>
        portal.Factory.ReadAsync(db => db.Timeline.ScopedTo(Staff).CountAsync(e => e.DossierId == dossier.Id && e.Kind == TimelineKind.Assigned));

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.AsNoTracking().VisibleTo(Staff).SingleAsync(d => d.Id == dossier.Id));

    private static Reader Staff => new(0, StaffRole.SupportAgent, false);

    private async Task<(TestUser Dealer, TestDossier Dossier)> DossierAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        return (dealer, await portal.Data.CreateDossierAsync(organisation, dealer));
    }
}
