using System.Net;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Erasure;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Registration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>How an administrator brings a colleague in by mail. Moves the clock.</summary>
public sealed class InvitationsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Password = "girafe en montgolfière";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Invitation_LeadsFromTheMailToAPlaceThatWorksAtOnce()
    {
        var (organisation, admin) = await AdministratorAsync();
        var email = RegistrationSteps.NewAddress();

        Assert.Equal("/account/users", (await InviteAsync(admin, email, "Administrator")).Location);

        var list = await admin.GetPageAsync("/account/users");
        Assert.Contains(email, list.MainText, StringComparison.Ordinal);
        Assert.Contains("Noor Tekst", list.MainText, StringComparison.Ordinal);
        Assert.Contains($"Valable jusqu’au {Formats.Date(_factory.Now + MemberInvitation.Lifetime, Languages.CultureOf("fr"))}", list.MainText, StringComparison.Ordinal);
        var mail = Assert.Single(await _factory.MailsAsync(email));
        Assert.True(mail.Row.IsSecret);
        Assert.Contains("nodigt u uit om voor", mail.Text, StringComparison.Ordinal);
        Assert.Contains(organisation.Name, mail.Row.Subject, StringComparison.Ordinal);
        using var client = _factory.NewClient("nl");
        var link = LinkOf(mail);
        // Mail scanners look too; looking consumes nothing.
        await client.GetPageAsync(link);
        var page = await client.GetPageAsync(link);
        Assert.Equal("Noor", page.ValueOf("FirstName"));
        var answer = await client.SubmitAsync(page, "#invited", ("Phone", "04 000 00 19"), ("Password", Password), ("PasswordRepeated", Password));

        Assert.Equal($"/?organisation={organisation.Id}", answer.Location);
        Assert.Contains($"Welkom bij {organisation.Name}.", (await client.FollowAsync(answer)).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account/users")).Status);
        var person = await _factory.ReadAsync(db => db.Users.SingleAsync(u => u.Email == email));
        Assert.Equal(("Noor", "Tekst", "+3240000019", "nl", true), (person.FirstName, person.LastName, person.PhoneNumber, person.Language, person.EmailConfirmed));
        var after = await admin.GetPageAsync("/account/users");
        Assert.DoesNotContain("Invitations en attente", after.MainText, StringComparison.Ordinal);
        Assert.Contains(email, after.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(link)).Status);
        Assert.Equal(["member.invited", "membership.joined"], await _factory.ReadAsync(db => db.Audit
            .Where(a => a.Action.StartsWith("member") && (a.ActorId == person.Id || a.Detail == $"organisation {organisation.Id}; Administrator")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task Invitation_OfSomebodyWithAnAccount_IsAcceptedAfterSigningIn()
    {
        var (organisation, admin) = await AdministratorAsync();
        var elsewhere = await _factory.Data.CreateOrganisationAsync();
        var person = await _factory.Data.CreateMemberAsync(elsewhere);
        // Whether the address has an account is not said to who invites.
        var typed = char.ToUpperInvariant(person.Email[0]) + person.Email[1..];
        Assert.Equal("/account/users", (await InviteAsync(admin, typed)).Location);
        var link = await LastLinkAsync(typed);
        using var client = _factory.NewClient();

        var page = await client.GetPageAsync(link);
        Assert.Contains("a déjà un compte", page.MainText, StringComparison.Ordinal);
        var signIn = page.HrefsOf("main a.btn-primary").Single();
        var signedIn = await client.SubmitAsync(await client.GetPageAsync(signIn), "#sign-in", ("Email", person.Email), ("Password", TestUser.Password));
        Assert.Equal(link, signedIn.Location);
        var answer = await client.SubmitAsync(await client.FollowAsync(signedIn), "main form");

        Assert.Equal($"/?organisation={organisation.Id}", answer.Location);
        Assert.Contains(organisation.Name, (await client.GetPageAsync("/")).TextOf("header"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"/dossiers?organisation={elsewhere.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetPageAsync($"/account/users?organisation={organisation.Id}")).Status);
    }

    [Fact]
    public async Task Invitation_OfSomebodyWhoWaitsForNothingElse_IsReachedAfterSigningIn()
    {
        var (organisation, admin) = await AdministratorAsync();
        var refused = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), status: MembershipStatus.Refused);
        await InviteAsync(admin, refused.Email);
        var link = await LastLinkAsync(refused.Email);
        using var client = _factory.NewClient();

        var signedIn = await client.PostFormAsync("/sign-in", ("Email", refused.Email), ("Password", TestUser.Password), ("ReturnUrl", link));

        Assert.Equal(link, signedIn.Location);
        Assert.Equal($"/?organisation={organisation.Id}", (await client.SubmitAsync(await client.GetPageAsync(link), "main form")).Location);
    }

    [Fact]
    public async Task Invitation_OpenedBySomebodyElse_IsNotForThem()
    {
        var (organisation, admin) = await AdministratorAsync();
        var person = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        var other = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        await InviteAsync(admin, person.Email);
        var link = await LastLinkAsync(person.Email);
        using var client = await _factory.NewClientAsync(other);

        Assert.Contains("avec un autre compte", (await client.GetPageAsync(link)).MainText, StringComparison.Ordinal);
        var answer = await client.PostAsync("/invitation/member", ("Token", TokenOf(link)));

        Assert.Contains("avec un autre compte", answer.MainText, StringComparison.Ordinal);
        Assert.False(await _factory.ReadAsync(db => db.Memberships.AnyAsync(m => m.OrganisationId == organisation.Id && (m.UserId == other.Id || m.UserId == person.Id))));
    }

    [Fact]
    public async Task Invitation_AcceptedAtABrowserWhereSomebodyElseIsSignedIn_EndsThatSession()
    {
        var (organisation, admin) = await AdministratorAsync();
        var email = RegistrationSteps.NewAddress();
        await InviteAsync(admin, email);
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(organisation));

        Assert.Equal(HttpStatusCode.Found, (await AcceptAsync(client, TokenOf(await LastLinkAsync(email)))).Status);

        Assert.Equal("Noor", (await client.GetPageAsync("/account")).ValueOf("FirstName"));
    }

    [Fact]
    public async Task Invitation_UsedByThreeAtOnce_MakesOneAccount()
    {
        var (organisation, _) = await AdministratorAsync();
        var email = RegistrationSteps.NewAddress();
        var (_, token) = await _factory.Data.CreateMemberInvitationAsync(organisation, await _factory.Data.CreateMemberAsync(organisation), email: email);
        var clients = Enumerable.Range(0, 3).Select(_ => _factory.NewClient()).ToList();

        var answers = await Task.WhenAll(clients.Select(client => AcceptAsync(client, token)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Found);
        Assert.Equal(1, await _factory.ReadAsync(db => db.Users.CountAsync(u => u.Email == email)));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Invitation_AfterTwoWeeksOrWithdrawnOrSentAgain_IsNoLongerGood()
    {
        var (organisation, admin) = await AdministratorAsync();
        var email = RegistrationSteps.NewAddress();
        await InviteAsync(admin, email);
        var first = await LastLinkAsync(email);
        var id = await _factory.ReadAsync(db => db.Set<MemberInvitation>().Where(i => i.OrganisationId == organisation.Id).Select(i => i.Id).SingleAsync());
        using var client = _factory.NewClient();

        _factory.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Contains("avec un nouveau lien", (await admin.FollowAsync(await admin.PostAsync($"/account/users/invitations/{id}/resend"))).MainText, StringComparison.Ordinal);
        var second = await LastLinkAsync(email);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(second)).Status);

        await admin.PostAsync($"/account/users/invitations/{id}/withdraw");
        Assert.Contains("Demandez à votre entreprise", (await client.GetPageAsync(second)).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await AcceptAsync(client, TokenOf(second))).Status);
        Assert.Contains("déjà acceptée ou retirée", (await admin.FollowAsync(await admin.PostAsync($"/account/users/invitations/{id}/resend"))).MainText, StringComparison.Ordinal);

        // Withdrawn, so it may be sent anew. A minute later, so that the last mail is known by its time.
        _factory.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/account/users", (await InviteAsync(admin, email)).Location);
        var third = await LastLinkAsync(email);
        _factory.Time.Advance(MemberInvitation.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(third)).Status);
        _factory.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await AcceptAsync(client, TokenOf(third))).Status);
        Assert.False(await _factory.ReadAsync(db => db.Users.AnyAsync(u => u.Email == email)));
    }

    [Theory]
    [InlineData("fr", "Indiquez une adresse mail complète.", "Choisissez un rôle.")]
    [InlineData("nl", "Vul een volledig e-mailadres in.", "Kies een rol.")]
    [InlineData("de", "Geben Sie eine vollständige E-Mail-Adresse ein.", "Wählen Sie eine Rolle.")]
    [InlineData("en", "Enter a complete e-mail address.", "Choose a role.")]
    public async Task Invite_WhenWrong_SaysSoAtTheFieldAndKeepsWhatWasTyped(string language, string email, string role)
    {
        var admin = await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), MembershipRole.Administrator, language: language));

        var page = await admin.PostFormAsync("/account/users/invite", ("Email", "jean@"), ("FirstName", "Noor"), ("Role", "SupportAgent"), ("MailLanguage", "nl"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(email, page.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.EndsWith(role, page.ErrorOf("Role"), StringComparison.Ordinal);
        Assert.Equal(("jean@", "Noor"), (page.ValueOf("Email"), page.ValueOf("FirstName")));
    }

    [Fact]
    public async Task Invite_OfSomebodyTheOrganisationKnows_SaysWhatToDoInstead()
    {
        var (organisation, admin) = await AdministratorAsync();
        var address = RegistrationSteps.NewAddress();
        await InviteAsync(admin, address);

        foreach (var (email, said) in new[]
                 {
                     ((await _factory.Data.CreateMemberAsync(organisation)).Email, "est déjà membre"),
                     ((await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending)).Email, "Approuvez sa demande"),
                     ((await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Deactivated)).Email, "Rendez-lui l’accès"),
                     (address, "déjà invitée"),
                 })
        {
            var page = await InviteAsync(admin, email);

            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(said, page.ErrorOf("Email"), StringComparison.Ordinal);
        }

        Assert.Single(await _factory.MailsAsync(address));
    }

    [Fact]
    public async Task Invite_WhenTheAddressHasHadItsShareOfMails_WaitsHalfAnHour()
    {
        var email = RegistrationSteps.NewAddress();
        for (var i = 0; i < MailAllowance.Mails; i++)
            Assert.Equal("/account/users", (await InviteAsync((await AdministratorAsync()).Client, email)).Location);

        var (_, admin) = await AdministratorAsync();
        Assert.Contains("Réessayez dans une demi-heure", (await InviteAsync(admin, email)).ErrorOf("Email"), StringComparison.Ordinal);

        _factory.Time.Advance(MailAllowance.Window);
        Assert.Equal("/account/users", (await InviteAsync(admin, email)).Location);
    }

    [Fact]
    public async Task Invite_WhenTheOrganisationHasInvitedItsShareOfTheDay_WaitsForTheNext_WhateverStaffInvitedOrWasWithdrawn()
    {
        var (organisation, admin) = await AdministratorAsync();
        var (inviter, staff) = (await _factory.Data.CreateMemberAsync(organisation), await _factory.Data.CreateStaffAsync());
        for (var i = 0; i < MemberInvitations.MaxADay; i++)
            await _factory.Data.CreateMemberInvitationAsync(organisation, staff);
        for (var i = 0; i < MemberInvitations.MaxADay - 1; i++)
            await _factory.Data.CreateMemberInvitationAsync(organisation, inviter);
        await _factory.WriteAsync((write, ct) => write.Db.Set<MemberInvitation>().Where(i => i.OrganisationId == organisation.Id && i.InvitedById == inviter.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, _factory.Now), ct));
        var email = RegistrationSteps.NewAddress();

        Assert.Equal("/account/users", (await InviteAsync(admin, RegistrationSteps.NewAddress())).Location);
        var page = await InviteAsync(admin, email);

        Assert.Contains("Réessayez demain", page.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Equal(email, page.ValueOf("Email"));
        Assert.Empty(await _factory.MailsAsync(email));
        _factory.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("/account/users", (await InviteAsync(await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator)), email)).Location);
    }

    [Fact]
    public async Task Invitation_OfSomebodyWhosePlaceWasTakenAwaySince_OpensNothing()
    {
        var (organisation, _) = await AdministratorAsync();
        var person = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Deactivated);
        var (_, token) = await _factory.Data.CreateMemberInvitationAsync(organisation, person, email: person.Email);
        using var client = await _factory.NewClientAsync(person);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/invitation/member", ("Token", token))).Status);

        Assert.Equal(MembershipStatus.Deactivated, await _factory.ReadAsync(db => db.Memberships.Where(m => m.UserId == person.Id).Select(m => m.Status).SingleAsync()));
    }

    [Fact]
    public async Task Invitation_OfSomebodyWhoAskedMeanwhile_GrantsThat()
    {
        var (organisation, admin) = await AdministratorAsync();
        var person = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        var (_, token) = await _factory.Data.CreateMemberInvitationAsync(organisation, person, MembershipRole.Administrator, person.Email);
        using var client = await _factory.NewClientAsync(person);

        Assert.Equal($"/?organisation={organisation.Id}", (await client.PostAsync("/invitation/member", ("Token", token))).Location);

        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account/users")).Status);
        Assert.DoesNotContain("Demande d’accès", (await admin.GetPageAsync("/account/users")).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_WithABadPasswordOrNoPhone_KeepsTheLinkOpen()
    {
        var (organisation, _) = await AdministratorAsync();
        var (_, token) = await _factory.Data.CreateMemberInvitationAsync(organisation, await _factory.Data.CreateMemberAsync(organisation));
        using var client = _factory.NewClient();

        var page = await client.PostAsync("/invitation/member", ("Token", token), ("FirstName", "Noor"), ("LastName", " "), ("Phone", "04"), ("Password", "court"), ("PasswordRepeated", "court"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        foreach (var field in new[] { "LastName", "Phone", "Password" })
            Assert.NotNull(page.ErrorOf(field));
        Assert.Equal(("Noor", "04"), (page.ValueOf("FirstName"), page.ValueOf("Phone")));
        Assert.Equal(HttpStatusCode.Found, (await AcceptAsync(client, token)).Status);
    }

    [Fact]
    public async Task Invitation_OfAnOrganisationThatWasMerged_LeadsIntoTheOther()
    {
        var (from, _) = await AdministratorAsync();
        var (into, _) = await AdministratorAsync();
        var inviter = await _factory.Data.CreateMemberAsync(from);
        var (moved, twice) = (RegistrationSteps.NewAddress(), RegistrationSteps.NewAddress());
        var (_, token) = await _factory.Data.CreateMemberInvitationAsync(from, inviter, email: moved);
        var (_, second) = await _factory.Data.CreateMemberInvitationAsync(from, inviter, email: twice);
        await _factory.Data.CreateMemberInvitationAsync(into, inviter, email: twice);
        var support = await _factory.Data.CreateStaffAsync();

        await using (var scope = _factory.Services.CreateAsyncScope())
        {
            var merging = scope.ServiceProvider.GetRequiredService<OrganisationMerging>();
            Assert.Equal(MergeOutcome.Done, await merging.MergeAsync(new OrganisationMerge(from.Id, into.Id, KeepAdministrators: false, support.Id), CancellationToken.None));
        }

        using var client = _factory.NewClient();
        Assert.Equal($"/?organisation={into.Id}", (await AcceptAsync(client, token)).Location);
        Assert.Equal(HttpStatusCode.BadRequest, (await AcceptAsync(_factory.NewClient(), second)).Status);
    }

    [Fact]
    public async Task Invitations_GoWithTheirTimeAndWithThePerson()
    {
        var (organisation, _) = await AdministratorAsync();
        var person = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        var (own, _) = await _factory.Data.CreateMemberInvitationAsync(organisation, person, email: person.Email);
        await using var scope = _factory.Services.CreateAsyncScope();

        await scope.ServiceProvider.GetRequiredService<AccountErasure>().EraseAsync(person.Id, person.Id, CancellationToken.None);
        Assert.False(await ExistsAsync(own));

        var (old, _) = await _factory.Data.CreateMemberInvitationAsync(organisation, person);
        _factory.Time.Advance(MemberInvitation.Lifetime + MemberInvitation.Remembered);
        await scope.ServiceProvider.GetRequiredService<ExpiredAccounts>().RemoveAsync(CancellationToken.None);
        Assert.True(await ExistsAsync(old));
        _factory.Time.Advance(TimeSpan.FromSeconds(1));
        await scope.ServiceProvider.GetRequiredService<ExpiredAccounts>().RemoveAsync(CancellationToken.None);
        Assert.False(await ExistsAsync(old));
    }

    private Task<bool> ExistsAsync(Guid id) => _factory.ReadAsync(db => db.Set<MemberInvitation>().AnyAsync(i => i.Id == id));

    private async Task<(TestOrganisation Organisation, PortalClient Client)> AdministratorAsync()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        return (organisation, await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator)));
    }

    private static Task<PortalPage> InviteAsync(PortalClient admin, string email, string role = "Employee") =>
        admin.PostFormAsync("/account/users/invite", ("Email", email), ("FirstName", "Noor"), ("LastName", "Tekst"), ("Role", role), ("MailLanguage", "nl"));

    private static Task<PortalPage> AcceptAsync(PortalClient client, string token) =>
        client.PostAsync("/invitation/member", ("Token", token), ("FirstName", "Noor"), ("LastName", "Tekst"), ("Phone", "+32 4 000 00 19"), ("Password", Password), ("PasswordRepeated", Password));

    private async Task<string> LastLinkAsync(string email) => LinkOf((await _factory.MailsAsync(email)).MaxBy(mail => mail.Row.CreatedAt)!);

    private static string LinkOf(TestMail mail) => mail.Links.Single(l => l.StartsWith("/invitation/member?", StringComparison.Ordinal));

    private static string TokenOf(string link) => link.Split('=')[1];
}
