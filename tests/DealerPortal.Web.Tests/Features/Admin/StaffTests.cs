using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>How somebody comes to work here. Moves the clock.</summary>
public sealed class StaffTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Password = "girafe en montgolfière";
    private static int _last;

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Invitation_LeadsFromTheMailToASessionWithASecondFactor()
    {
        using var admin = await AdministratorAsync();
        var email = NewAddress();

        Assert.Equal("/admin/staff", (await InviteAsync(admin, email, "PortalAdministrator")).Location);

        Assert.Contains(email, (await admin.GetPageAsync("/admin/staff")).MainText, StringComparison.Ordinal);
        var mail = Assert.Single(await _factory.MailsAsync(email));
        Assert.True(mail.Row.IsSecret);
        Assert.Contains("portaalbeheerder", mail.Text, StringComparison.Ordinal);
        using var client = _factory.NewClient("nl");
        var link = mail.Links.Single(l => l.StartsWith("/invitation?", StringComparison.Ordinal));
        // Mail scanners look too; looking consumes nothing.
        await client.GetPageAsync(link);
        var page = await client.GetPageAsync(link);
        var answer = await client.SubmitAsync(page, "#invited", ("FirstName", "Noor"), ("LastName", "Tekst"), ("Password", Password), ("PasswordRepeated", Password));

        Assert.Equal("/account/security", answer.Location);
        Assert.Equal("/account/security", (await client.GetPageAsync("/admin")).Location);
        Assert.Equal(10, (await client.LinkAppAsync(_factory)).Count);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin/staff")).Status);
        var joined = (await _factory.ReadAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync())).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(await _factory.ReadAsync(db => db.Audit.AnyAsync(a => a.Action == "staff.joined" && a.SubjectId == joined && a.Detail == "PortalAdministrator")));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(link)).Status);
    }

    [Fact]
    public async Task Invitation_UsedByThreeAtOnce_MakesOneAccount()
    {
        var (_, token) = await _factory.Data.CreateInvitationAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator), email: NewAddress());
        var clients = Enumerable.Range(0, 3).Select(_ => _factory.NewClient()).ToList();

        var answers = await Task.WhenAll(clients.Select(client => AcceptAsync(client, token)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Found);
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.BadRequest));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Invitation_AfterAWeekOrWithdrawnOrSentAgain_IsNoLongerGood()
    {
        using var admin = await AdministratorAsync();
        var email = NewAddress();
        await InviteAsync(admin, email);
        var first = await LastLinkAsync(email);
        var id = await _factory.ReadAsync(db => db.Set<StaffInvitation>().Where(i => i.Email == email).Select(i => i.Id).SingleAsync());
        using var client = _factory.NewClient();

        _factory.Time.Advance(TimeSpan.FromMinutes(20));
        await admin.PostAsync($"/admin/staff/invitations/{id}/resend");
        var second = await LastLinkAsync(email);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(second)).Status);

        await admin.PostAsync($"/admin/staff/invitations/{id}/withdraw");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(second)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AcceptAsync(client, second.Split('=')[1])).Status);
        Assert.Contains("déjà acceptée ou retirée", (await admin.FollowAsync(await admin.PostAsync($"/admin/staff/invitations/{id}/resend"))).MainText, StringComparison.Ordinal);

        // Withdrawn, so it may be sent anew. A minute later, so that the last mail is known by its time.
        _factory.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/admin/staff", (await InviteAsync(admin, email)).Location);
        var third = await LastLinkAsync(email);
        _factory.Time.Advance(StaffInvitation.Lifetime);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(third)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AcceptAsync(client, third.Split('=')[1])).Status);
        Assert.False(await _factory.ReadAsync(db => db.Users.AnyAsync(u => u.Email == email)));
    }

    [Theory]
    [InlineData("", "SupportAgent", "nl", "Email")]
    [InlineData("jean@", "SupportAgent", "nl", "Email")]
    [InlineData("ok", "None", "nl", "Role")]
    [InlineData("ok", "Employee", "nl", "Role")]
    [InlineData("ok", "SupportAgent", "xx", "MailLanguage")]
    public async Task Invite_WhenWrong_SaysSoAtTheFieldAndKeepsWhatWasTyped(string email, string role, string language, string field)
    {
        using var admin = await AdministratorAsync();
        var typed = email == "ok" ? NewAddress() : email;

        var page = await admin.PostFormAsync("/admin/staff/invite", ("Email", typed), ("Role", role), ("MailLanguage", language));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf(field));
        Assert.Equal(typed, page.ValueOf("Email"));
        Assert.Empty(await _factory.MailsAsync(typed));
    }

    [Fact]
    public async Task Invite_OfAnAddressThatHasAnAccountOrIsInvited_IsRefused()
    {
        using var admin = await AdministratorAsync();
        var dealer = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        var email = NewAddress();
        await InviteAsync(admin, email);

        Assert.Contains("déjà un compte", (await InviteAsync(admin, dealer.Email.ToUpperInvariant())).ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Contains("déjà invitée", (await InviteAsync(admin, email)).ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Single(await _factory.MailsAsync(email));
    }

    [Fact]
    public async Task Invitation_WithABadPasswordOrNoName_KeepsTheLinkOpen()
    {
        var (_, token) = await _factory.Data.CreateInvitationAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator), email: NewAddress());
        using var client = _factory.NewClient();

        var page = await client.PostAsync("/invitation", ("Token", token), ("FirstName", "Noor"), ("LastName", " "), ("Password", "court"), ("PasswordRepeated", "court"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorOf("LastName"));
        Assert.NotNull(page.ErrorOf("Password"));
        Assert.Equal("Noor", page.ValueOf("FirstName"));
        Assert.Equal("/account/security", (await AcceptAsync(client, token)).Location);
    }

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private static string NewAddress() => $"collegue{Interlocked.Increment(ref _last)}@dealerportal.example";

    private static Task<PortalPage> InviteAsync(PortalClient admin, string email, string role = "SupportAgent") =>
        admin.PostFormAsync("/admin/staff/invite", ("Email", email), ("Role", role), ("MailLanguage", "nl"));

    private static Task<PortalPage> AcceptAsync(PortalClient client, string token) =>
        client.PostAsync("/invitation", ("Token", token), ("FirstName", "Noor"), ("LastName", "Tekst"), ("Password", Password), ("PasswordRepeated", Password));

    private async Task<string> LastLinkAsync(string email) => (await _factory.MailsAsync(email)).MaxBy(mail => mail.Row.CreatedAt)!.Links.Single(l => l.StartsWith("/invitation?", StringComparison.Ordinal));
}
