using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
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
    public async Task Answer_DoesNotAssign_AndRenewsThePromise_WhichWaitingForTheDealerEnds()
    {
        var (dealer, dossier) = await DossierAsync();
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        var url = $"/admin/dossiers/{dossier.Number}";

        await support.SubmitAsync(await support.GetPageAsync(url), "#answer", ("Answer.Text", "Nous regardons."), ("Answer.Then", "stay"));
        var takenUp = await ReadAsync(dossier);
        Assert.Equal(RequestStatus.InProgress, takenUp.Status);
        Assert.Null(takenUp.AssigneeId);
        // A repair: one working day, until 17:00 in Brussels.
        Assert.Equal(new DateTime(2026, 11, 24, 16, 0, 0, DateTimeKind.Utc), takenUp.DueAt);

        await support.SubmitAsync(await support.GetPageAsync(url), "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Une question."));
        Assert.Null((await ReadAsync(dossier)).DueAt);

        portal.Factory.Time.Advance(TimeSpan.FromDays(4));
        using var client = await portal.Factory.NewClientAsync(dealer);
        await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{dossier.Number}"), "form[action$='/messages']", ("Message.Text", "Voici."));
        // Answered on a Friday: promised for Monday.
        Assert.Equal(new DateTime(2026, 11, 30, 16, 0, 0, DateTimeKind.Utc), (await ReadAsync(dossier)).DueAt);
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
