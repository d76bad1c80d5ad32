using System.Net;
using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Access;
using DealerPortal.Web.Tests.Access;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Support in a dealer's place: looking, and filing for them.</summary>
public sealed class SeatTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Look_ShowsWhatTheDealerSees_AndPutsEachPageOnRecord()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var employee = await portal.Data.CreateMemberAsync(organisation);
        var own = await portal.Data.CreateDossierAsync(organisation, employee, d => d.EndUserName = "Mme Àvoir");
        var colleagues = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        using var support = await SupportAsync();

        var taken = await TakeAsync(support, employee, SeatMode.Look);

        Assert.Equal("/", taken.Location);
        var list = await support.GetPageAsync("/dossiers");
        Assert.Equal([own.Number], list.TextsOf("a.key"));
        Assert.Contains("Mme Àvoir", list.MainText, StringComparison.Ordinal);
        Assert.Contains($"Vous voyez le portail comme {employee.FullName} ({organisation.Name}).", list.TextOf(".seat"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await support.GetPageAsync($"/dossiers/{own.Number}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync($"/dossiers/{colleagues.Number}")).Status);
        var looks = await _factory.ReadAsync(db => db.Audit.Where(a => a.Action == "seat.looked").Select(a => a.Detail).ToListAsync());
        Assert.Equal(["/dossiers", $"/dossiers/{own.Number}", $"/dossiers/{colleagues.Number}"], looks.Where(path => path!.StartsWith("/dossiers", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Look_LeavesTheAdminAreaAsItIs_UntilItIsLeft()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        var elsewhere = await portal.Data.CreateOrganisationAsync();
        var other = await portal.Data.CreateDossierAsync(elsewhere, await portal.Data.CreateMemberAsync(elsewhere));
        using var support = await SupportAsync();
        await TakeAsync(support, dealer, SeatMode.Look);

        var page = await support.GetPageAsync($"/admin/dossiers/{other.Number}");
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(page, "#note", ("Note.Text", "Vu depuis l’autre onglet."))).Status);
        Assert.NotNull(page.Document.QuerySelector(".seat"));
        Assert.Equal("/admin", (await support.SubmitAsync(page, "form[action='/admin/seat/leave']")).Location);

        Assert.Null((await support.GetPageAsync("/admin")).Document.QuerySelector(".seat"));
        Assert.Equal(HttpStatusCode.Forbidden, (await support.GetPageAsync("/dossiers")).Status);
    }

    [Fact]
    public async Task Look_CanChangeNothing()
    {
        foreach (var route in EveryForm.RoutesOf(_factory).Where(route => SeatGate.IsDealers(route.Pattern)))
        {
            using var world = await AccessWorld.CreateAsync(_factory);
            var form = await FilledForms.OfAsync(route.Key, world, _factory);
            using var support = await SupportAsync();
            await TakeAsync(support, world.Owner, SeatMode.Look);
            var before = await StoredRows.ReadAsync(_factory);

            var answer = await form.SendByAsync(support);

            Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{route.Key} answered {answer.Status}");
            var changes = (await StoredRows.ReadAsync(_factory)).ChangesSince(before);
            Assert.True(changes.Count == 0, $"{route.Key}: {string.Join(", ", changes.Select(change => change.Kind))}");
        }
    }

    /// <summary>A page of the dealers' that is not listed would answer staff with a refusal.</summary>
    [Fact]
    public void EveryPageForMembersOnly_BelongsToTheDealersSide() => Assert.All(
        Route.AllOf(_factory).Where(route => route.Endpoint.Metadata.GetMetadata<AccessAttribute>() is { Audience: Audience.Member or Audience.OrganisationAdministrator }),
        route => Assert.True(SeatGate.IsDealers(route.Pattern), route.Key));

    [Fact]
    public async Task File_MakesADossierOfTheDealersWithTheAgentAsItsAuthor()
    {
        using var filing = await RepairFiling.StartAsync(_factory, language: "nl");
        var agent = await portal.Data.CreateStaffAsync();
        using var support = await _factory.NewClientAsync(agent);
        Assert.Equal("/dossiers/new", (await TakeAsync(support, filing.User, SeatMode.File)).Location);
        Assert.Contains(filing.User.FullName, (await support.GetPageAsync(filing.Url)).TextOf(".seat"), StringComparison.Ordinal);

        var sent = await support.PostAsync(filing.Url, filing.Fields());

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.Equal($"/admin/dossiers/{dossier.Number}", sent.Location);
        Assert.Equal((agent.Id, filing.User.Id), (dossier.AuthorId, dossier.OwnerId));
        var mail = await _factory.ReadAsync(db => db.Set<OutboxMail>().SingleAsync(m => m.DossierId == dossier.Id));
        Assert.Equal((filing.User.Email, "nl"), (mail.Recipient, mail.Language));
        var page = await filing.Client.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Contains($"door {agent.FullName}, support", page.TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Contains($"Dossier van {filing.User.FullName}", page.MainText, StringComparison.Ordinal);
        Assert.Equal([dossier.Number], (await filing.Client.GetPageAsync("/dossiers?q=comptoir-131")).TextsOf("a.key"));
    }

    [Fact]
    public async Task File_KeepsTheDealerOfAFormThatIsOpen_WhenAnotherPlaceIsTaken()
    {
        using var filing = await RepairFiling.StartAsync(_factory);
        using var other = await RepairFiling.StartAsync(_factory);
        using var support = await SupportAsync();
        await TakeAsync(support, filing.User, SeatMode.File);
        await filing.SaveAsync(support, 0, filing.Fields());
        await TakeAsync(support, other.User, SeatMode.File);

        await support.PostAsync(filing.Url, [.. filing.Fields(("Revision", "1"))]);

        Assert.Equal(filing.User.Id, Assert.Single(await filing.DossiersAsync()).OwnerId);
        Assert.Empty(await other.DossiersAsync());
    }

    [Fact]
    public async Task File_WritesNothingBesideTheForms()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, dealer);
        using var support = await SupportAsync();
        await TakeAsync(support, dealer, SeatMode.File);

        Assert.Equal(HttpStatusCode.Forbidden, (await support.PostAsync($"/dossiers/{dossier.Number}/messages", ("Message.Text", "Au nom du dealer"))).Status);
    }

    [Fact]
    public async Task Seat_OfSomeoneWhoIsNoMemberAnyMore_IsOver()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        using var support = await SupportAsync();
        await TakeAsync(support, dealer, SeatMode.Look);

        await _factory.WriteAsync(async (write, ct) => await write.Db.Memberships.Where(m => m.UserId == dealer.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MembershipStatus.Deactivated), ct));

        Assert.Equal(HttpStatusCode.Forbidden, (await support.GetPageAsync("/dossiers")).Status);
        Assert.Equal("/admin/on-behalf", (await TakeAsync(support, dealer, SeatMode.Look)).Location);
    }

    [Fact]
    public async Task OnBehalf_FindsTheOrganisationAndOffersItsMembers()
    {
        var organisation = await portal.Data.CreateOrganisationAsync(name: "Téléphonehuis Zonderland");
        var dealer = await portal.Data.CreateMemberAsync(organisation);
        using var support = await SupportAsync();

        var page = await support.GetPageAsync("/admin/on-behalf?q=zonderland");

        Assert.Contains(dealer.FullName, page.MainText, StringComparison.Ordinal);
        Assert.Equal("/dossiers/new", (await support.SubmitAsync(page, "main form[method=post]", ("mode", "File"))).Location);
        Assert.Contains("Aucune organisation", (await support.GetPageAsync("/admin/on-behalf?q=nulle%20part")).MainText, StringComparison.Ordinal);
    }

    private async Task<PortalClient> SupportAsync() => await _factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    private async Task<PortalPage> TakeAsync(PortalClient support, TestUser dealer, SeatMode mode) =>
        await support.PostAsync("/admin/seat", ("membership", $"{await portal.Data.MembershipIdAsync(dealer)}"), ("mode", mode.ToString()));
}
