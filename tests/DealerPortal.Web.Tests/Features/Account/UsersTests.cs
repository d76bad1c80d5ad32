using System.Net;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Registration;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

public sealed class UsersTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Approve_OpensThePortalAtOnceAndSaysSoByMail()
    {
        var (organisation, administrator) = await OrganisationAsync();
        var email = RegistrationSteps.NewAddress();
        using var applicant = await _factory.JoinedAsync(email, organisation.Id, "nl");
        Assert.Equal("/pending", (await applicant.GetPageAsync("/account/branches")).Location);
        using var client = await _factory.NewClientAsync(administrator);
        var link = Assert.Single(await _factory.MailsAsync(administrator.Email)).Links.First(l => l.Contains("/account/users/", StringComparison.Ordinal));

        var page = await client.GetPageAsync(link);
        Assert.Contains("Nora Spécimen", page.MainText, StringComparison.Ordinal);
        Assert.Equal(MembershipStatus.Pending, (await MembershipAsync(organisation, email)).Status);
        var answer = await client.SubmitAsync(page, "main form[action$=approve]");

        Assert.Equal("/account/users", answer.Location);
        Assert.Contains("Nora Spécimen est maintenant membre", (await client.FollowAsync(answer)).TextOf(".flash"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await applicant.GetPageAsync("/account/branches")).Status);
        Assert.Equal("nl", Assert.Single(await _factory.MailsAsync(email), m => m.Kind == "MembershipApproved").Row.Language);
        var membership = await MembershipAsync(organisation, email);
        Assert.Equal(administrator.Id, membership.DecidedById);
        Assert.True(await _factory.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(
            a => a.Action == "membership.approved" && a.SubjectId == $"{membership.Id}" && a.ActorId == administrator.Id)));

        // A second decision changes nothing, and says so.
        var again = await client.PostAsync($"/account/users/{membership.Id}/refuse");
        Assert.Contains("déjà décidé", (await client.FollowAsync(again)).TextOf(".flash"), StringComparison.Ordinal);
        Assert.Equal(MembershipStatus.Approved, (await MembershipAsync(organisation, email)).Status);
    }

    [Fact]
    public async Task Refuse_TellsTheApplicantByMailAndOnThePage_AndCanBeMended()
    {
        var (organisation, administrator) = await OrganisationAsync();
        var email = RegistrationSteps.NewAddress();
        using var applicant = await _factory.JoinedAsync(email, organisation.Id);
        using var client = await _factory.NewClientAsync(administrator);
        var id = (await MembershipAsync(organisation, email)).Id;

        await client.PostAsync($"/account/users/{id}/refuse");

        Assert.Single(await _factory.MailsAsync(email), m => m.Kind == "MembershipRefused");
        Assert.Equal("Votre demande a été refusée", (await applicant.GetPageAsync("/pending")).TextOf("h1"));
        Assert.Equal("/pending", (await applicant.GetPageAsync("/account/branches")).Location);

        await client.SubmitAsync(await client.GetPageAsync($"/account/users/{id}"), "main form[action$=reactivate]");
        Assert.Equal(HttpStatusCode.OK, (await applicant.GetPageAsync("/account/branches")).Status);
        Assert.Single(await _factory.MailsAsync(email), m => m.Kind == "MembershipApproved");
    }

    [Fact]
    public async Task Visibility_ShowsEmployeesTheirColleaguesDossiersAtOnce_AndHidesThemAgain()
    {
        var (organisation, administrator) = await OrganisationAsync();
        var employee = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, administrator, d => d.Reference = "partagé");
        using var client = await _factory.NewClientAsync(administrator);
        using var colleague = await _factory.NewClientAsync(employee);
        Assert.Empty((await colleague.GetPageAsync("/dossiers")).TextsOf("a.key"));

        foreach (var (expected, notice) in new[] { (true, "voient maintenant tous"), (false, "ses propres dossiers") })
        {
            var users = await client.GetPageAsync("/account/users");
            var answer = await client.SubmitAsync(users, "form[action$=visibility]", ("seeAll", users.Document.QuerySelector("[name=seeAll]")!.GetAttribute("value")!));

            Assert.Contains(notice, (await client.FollowAsync(answer)).TextOf(".flash"), StringComparison.Ordinal);
            foreach (var address in (string[])["/dossiers", "/dossiers?q=partag", "/dossiers/export.csv"])
                Assert.Equal(expected, (await colleague.GetPageAsync(address)).Body.Contains(dossier.Number, StringComparison.Ordinal));
            Assert.Equal(expected ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await colleague.GetPageAsync($"/dossiers/{dossier.Number}")).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync("/account/users/visibility", ("seeAll", "true"))).Status);
        Assert.Equal(["organisation.colleagues-see-all", "organisation.colleagues-see-own"], await _factory.ReadAsync(db => db.Set<AuditEntry>()
            .Where(a => a.ActorId == administrator.Id && a.SubjectId == $"{organisation.Id}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/approve")]
    [InlineData("/refuse")]
    [InlineData("/role")]
    [InlineData("/deactivate")]
    [InlineData("/reactivate")]
    public async Task Get_DecidesNothing(string move)
    {
        var (organisation, administrator) = await OrganisationAsync();
        var pending = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        using var client = await _factory.NewClientAsync(administrator);
        var id = (await MembershipAsync(organisation, pending.Email)).Id;

        await client.GetPageAsync($"/account/users/{id}{move}?role=Administrator");

        var membership = await MembershipAsync(organisation, pending.Email);
        Assert.Equal((MembershipStatus.Pending, MembershipRole.Employee), (membership.Status, membership.Role));
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("refuse")]
    [InlineData("role")]
    [InlineData("deactivate")]
    [InlineData("reactivate")]
    public async Task Move_WhenTheMembershipIsOfAnotherOrganisation_DoesNotExist(string move)
    {
        var (_, administrator) = await OrganisationAsync();
        var other = await _factory.Data.CreateOrganisationAsync();
        var stranger = await _factory.Data.CreateMemberAsync(other, status: move is "approve" or "refuse" ? MembershipStatus.Pending : move == "reactivate" ? MembershipStatus.Deactivated : MembershipStatus.Approved);
        var before = await MembershipAsync(other, stranger.Email);
        using var client = await _factory.NewClientAsync(administrator);

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/account/users/{before.Id}/{move}", ("role", "Administrator"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"/account/users/{before.Id}")).Status);

        var after = await MembershipAsync(other, stranger.Email);
        Assert.Equal((before.Status, before.Role, before.Stamp), (after.Status, after.Role, after.Stamp));
    }

    [Fact]
    public async Task Users_AreForAdministratorsOnly()
    {
        var (organisation, _) = await OrganisationAsync();
        var employee = await _factory.Data.CreateMemberAsync(organisation);
        var own = await MembershipAsync(organisation, employee.Email);
        using var client = await _factory.NewClientAsync(employee);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetPageAsync("/account/users")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"/account/users/{own.Id}/role", ("role", "Administrator"))).Status);
        Assert.Equal(MembershipRole.Employee, (await MembershipAsync(organisation, employee.Email)).Role);
    }

    [Fact]
    public async Task Role_WhenMadeAdministratorAndBack_ChangesWhatThePersonSeesAtOnce()
    {
        var (organisation, administrator) = await OrganisationAsync();
        var colleague = await _factory.Data.CreateMemberAsync(organisation);
        var id = (await MembershipAsync(organisation, colleague.Email)).Id;
        using var client = await _factory.NewClientAsync(administrator);
        using var theirs = await _factory.NewClientAsync(colleague);
        Assert.Equal(HttpStatusCode.Forbidden, (await theirs.GetPageAsync("/account/users")).Status);

        await client.SubmitAsync(await client.GetPageAsync($"/account/users/{id}"), "main form[action$=role]", ("role", "Administrator"));
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetPageAsync("/account/users")).Status);
        await client.SubmitAsync(await client.GetPageAsync($"/account/users/{id}"), "main form[action$=role]", ("role", "Employee"));
        Assert.Equal(HttpStatusCode.Forbidden, (await theirs.GetPageAsync("/account/users")).Status);
        await client.PostAsync($"/account/users/{id}/deactivate");
        Assert.Equal("/pending", (await theirs.GetPageAsync("/account/branches")).Location);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync($"/account/users/{id}/role", ("role", "PortalAdministrator"))).Status);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("deactivate")]
    public async Task LastAdministrator_CannotGo(string move)
    {
        var (organisation, administrator) = await OrganisationAsync();
        var id = (await MembershipAsync(organisation, administrator.Email)).Id;
        using var client = await _factory.NewClientAsync(administrator);

        var page = await client.PostAsync($"/account/users/{id}/{move}", ("role", "Employee"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("garde au moins un administrateur", page.TextOf(".error-summary"), StringComparison.Ordinal);
        var membership = await MembershipAsync(organisation, administrator.Email);
        Assert.Equal((MembershipStatus.Approved, MembershipRole.Administrator), (membership.Status, membership.Role));
        Assert.Empty((await client.GetPageAsync($"/account/users/{id}")).Document.QuerySelectorAll("main form[action*='/account/users/']"));
    }

    [Fact]
    public async Task LastAdministrator_WhenTwentyStepDownAtOnce_OneRemains()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var clients = new List<(PortalClient Client, int Id)>();
        for (var i = 0; i < 20; i++)
        {
            var administrator = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
            var client = await _factory.NewClientAsync(administrator);
            await client.AntiforgeryTokenAsync();
            clients.Add((client, (await MembershipAsync(organisation, administrator.Email)).Id));
        }

        var answers = await Task.WhenAll(clients.Select((c, i) =>
            c.Client.PostAsync($"/account/users/{c.Id}/{(i % 2 == 0 ? "role" : "deactivate")}", ("role", "Employee"))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict);
        Assert.Equal(1, await _factory.ReadAsync(db => db.Memberships.CountAsync(
            m => m.OrganisationId == organisation.Id && m.Role == MembershipRole.Administrator && m.Status == MembershipStatus.Approved)));
        clients.ForEach(c => c.Client.Dispose());
    }

    [Fact]
    public async Task LastAdministrator_WhenTwoDemoteEachOtherAtOnce_OneRemains()
    {
        for (var round = 0; round < 5; round++)
        {
            var (organisation, one) = await OrganisationAsync();
            var other = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
            var (oneId, otherId) = ((await MembershipAsync(organisation, one.Email)).Id, (await MembershipAsync(organisation, other.Email)).Id);
            using var first = await _factory.NewClientAsync(one);
            using var second = await _factory.NewClientAsync(other);

            await Task.WhenAll(
                first.PostAsync($"/account/users/{otherId}/role", ("role", "Employee")), second.PostAsync($"/account/users/{oneId}/role", ("role", "Employee")));

            Assert.Equal(1, await _factory.ReadAsync(db => db.Memberships.CountAsync(m => m.OrganisationId == organisation.Id && m.Role == MembershipRole.Administrator)));
        }
    }

    private async Task<(TestOrganisation Organisation, TestUser Administrator)> OrganisationAsync()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        return (organisation, await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
    }

    private Task<Membership> MembershipAsync(TestOrganisation organisation, string email) => _factory.ReadAsync(db => (
        from membership in db.Memberships.AsNoTracking()
        join user in db.Users on membership.UserId equals user.Id
        where user.Email == email && membership.OrganisationId == organisation.Id
        select membership).SingleAsync());
}
