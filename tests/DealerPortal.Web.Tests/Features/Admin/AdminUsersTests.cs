using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>What staff see of accounts and do to them.</summary>
public sealed class AdminUsersTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Find_ByTheBeginningsOfNameAddressAndOrganisation_ShowsThatPerson()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var organisation = await _factory.Data.CreateOrganisationAsync($"Boutique{mark} SRL", town: "Ath");
        var person = await _factory.Data.CreateMemberAsync(organisation, firstName: "Zoé", lastName: $"D’Été{mark}");
        await _factory.Data.CreateMemberAsync(organisation, lastName: $"Autre{mark}");
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        foreach (var query in new[] { $"ete{mark}", $"ZOE ete{mark[..6]}", person.Email, $"zo boutique{mark}", $"ath ete{mark}" })
        {
            var page = await support.GetPageAsync("/admin/users?q=" + Uri.EscapeDataString(query));
            Assert.Equal([person.FullName], page.TextsOf("tbody th .key"));
            Assert.Contains(organisation.Name, page.MainText, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await support.GetPageAsync($"/admin/users?q=boutique{mark}")).TextsOf("tbody th .key").Count);
        Assert.Empty((await support.GetPageAsync($"/admin/users?q=nora{mark}")).TextsOf("tbody th .key"));
        Assert.Contains("Personne ne correspond", (await support.GetPageAsync($"/admin/users?q=nora{mark}")).MainText, StringComparison.Ordinal);
        Assert.Contains("Encore une lettre", (await support.GetPageAsync("/admin/users?q=z")).MainText, StringComparison.Ordinal);
        Assert.NotEmpty((await support.GetPageAsync("/admin/users")).TextsOf("tbody th .key"));
    }

    [Fact]
    public async Task Find_AfterANameChanged_KnowsTheNewOneAndNotTheOld()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var person = await MemberAsync($"Vieux{mark}");
        using var client = await _factory.NewClientAsync(person);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        await client.PostFormAsync("/account", ("FirstName", "Jean"), ("LastName", $"Neuf{mark}"), ("Phone", "+32 4 000 00 31"));

        Assert.Single((await support.GetPageAsync($"/admin/users?q=neuf{mark}")).TextsOf("tbody th .key"));
        Assert.Empty((await support.GetPageAsync($"/admin/users?q=vieux{mark}")).TextsOf("tbody th .key"));
    }

    [Fact]
    public async Task Housekeeping_GivesSearchWordsToAccountsWithoutAny()
    {
        var person = await MemberAsync();
        await _factory.WriteAsync((write, ct) => write.Db.Set<UserSearchToken>().Where(t => t.UserId == person.Id).ExecuteDeleteAsync(ct));

        await _factory.Services.GetRequiredService<AccountsHousekeeping>().RunOnceAsync(CancellationToken.None);

        Assert.True(await _factory.ReadAsync(db => db.Set<UserSearchToken>().AnyAsync(t => t.UserId == person.Id)));
    }

    [Fact]
    public async Task Find_LooksWordsUpInAnIndexAndNeverReadsAllAccounts()
    {
        var sql = await _factory.ReadAsync(db => Task.FromResult(new UserSearch(db).Find("jean liège").OrderBy(u => u.LastName).Take(51).ToQueryString()));
        var plan = await _factory.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)).Prepend("EXPLAIN QUERY PLAN"));
            foreach (var line in sql.Split('\n').Where(line => line.StartsWith(".param set", StringComparison.Ordinal)))
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = line.Split(' ')[2];
                parameter.Value = line.Split(' ')[3].Trim('\'');
                command.Parameters.Add(parameter);
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add(reader.GetString(3));
            return lines;
        });

        Assert.Contains(plan, line => line.StartsWith("SEARCH", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unlock_BySupport_LetsTheOwnerInAndIsAudited()
    {
        var person = await MemberAsync();
        using var shop = _factory.NewClient();
        for (var i = 0; i < SignInThrottles.PerNetwork; i++)
            await shop.SignInByFormAsync(person.Email, "pas le bon");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.SignInByFormAsync(person.Email, TestUser.Password)).Status);
        var agent = await _factory.Data.CreateStaffAsync();
        using var support = await _factory.NewClientAsync(agent);
        var page = await support.GetPageAsync($"/admin/users/{person.Id}");
        Assert.Contains("La connexion est bloquée", page.MainText, StringComparison.Ordinal);

        var after = await support.FollowAsync(await support.SubmitAsync(page, "form[action$=unlock]"));

        Assert.Contains("Le compte est débloqué", after.MainText, StringComparison.Ordinal);
        Assert.Null(after.Document.QuerySelector("form[action$=unlock]"));
        Assert.Equal("/", (await shop.SignInByFormAsync(person.Email, TestUser.Password)).Location);
        Assert.Equal(agent.Id, await AuditAsync(person, "user.unlocked"));
    }

    [Fact]
    public async Task Page_ForSupport_OffersNoMoreThanHelpingIn()
    {
        var person = await MemberAsync();
        await _factory.Data.LinkAppAsync(person);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        var page = await support.GetPageAsync($"/admin/users/{person.Id}");

        Assert.Equal([$"/admin/users/{person.Id}/password-mail"], page.Document.QuerySelectorAll("main form[method=post]").Select(form => form.GetAttribute("action")!));
        Assert.Contains("Un administrateur du portail peut la réinitialiser", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordMail_IsSentUntilTheAddressHasHadItsShare()
    {
        var person = await MemberAsync();
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        for (var i = 0; i < MailAllowance.Mails; i++)
            Assert.Contains("Le mail est parti", (await PressAsync(support, person, "password-mail")).MainText, StringComparison.Ordinal);
        Assert.Contains("Rien n’est parti", (await PressAsync(support, person, "password-mail")).MainText, StringComparison.Ordinal);
        Assert.Equal(MailAllowance.Mails, (await _factory.MailsAsync(person.Email)).Count(mail => mail.Kind == "PasswordResetLink"));
    }

    [Fact]
    public async Task Deactivate_EndsSessionsAndSignInsAndReactivateOpensAgain()
    {
        var person = await MemberAsync();
        using var client = await _factory.NewClientAsync(person);
        var administrator = await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator);
        using var admin = await _factory.NewClientAsync(administrator);

        Assert.Contains("Le compte est désactivé", (await PressAsync(admin, person, "deactivate")).MainText, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await client.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SignInByFormAsync(person.Email, TestUser.Password)).Status);
        Assert.Contains(await _factory.MailsAsync(person.Email), mail => mail.Kind == "AccountDeactivated");
        Assert.Equal(administrator.Id, await AuditAsync(person, "user.deactivated"));

        await PressAsync(admin, person, "reactivate");
        Assert.Equal("/", (await client.SignInByFormAsync(person.Email, TestUser.Password)).Location);
        Assert.Contains(await _factory.MailsAsync(person.Email), mail => mail.Kind == "AccountReactivated");
    }

    [Fact]
    public async Task EndSessions_SignsThePersonOutEverywhere()
    {
        var person = await MemberAsync();
        using var first = await _factory.NewClientAsync(person);
        using var second = await _factory.NewClientAsync(person);
        using var admin = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

        Assert.Contains("Toutes les sessions sont fermées", (await PressAsync(admin, person, "end-sessions")).MainText, StringComparison.Ordinal);

        foreach (var client in new[] { first, second })
            Assert.StartsWith("/sign-in", (await client.GetPageAsync("/account")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetFactor_TakesEverythingAwayAndStaffSetItUpAnew()
    {
        var agent = await _factory.Data.CreateStaffAsync();
        using var client = await _factory.NewClientAsync(agent);
        var passkey = await TestPasskey.AddAsync(client);
        var administrator = await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator);
        using var admin = await _factory.NewClientAsync(administrator);

        Assert.Contains("réinitialisée", (await PressAsync(admin, agent, "reset-factor")).MainText, StringComparison.Ordinal);

        Assert.StartsWith("/sign-in", (await client.GetPageAsync("/admin")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await passkey.SignInAsync(client)).Status);
        Assert.Equal("/account/security", (await client.SignInByFormAsync(agent.Email, TestUser.Password)).Location);
        Assert.Equal("/account/security", (await client.GetPageAsync("/admin")).Location);
        Assert.Contains(await _factory.MailsAsync(agent.Email), mail => mail.Kind == "SecondFactorReset");
        Assert.Equal(administrator.Id, await AuditAsync(agent, "user.second-factor-reset"));
    }

    [Fact]
    public async Task Role_OfStaff_ChangesRightsAndEndsSessions()
    {
        var agent = await _factory.Data.CreateStaffAsync();
        using var client = await _factory.NewClientAsync(agent);
        using var admin = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

        await admin.FollowAsync(await admin.PostAsync($"/admin/users/{agent.Id}/role", ("role", "PortalAdministrator")));

        Assert.StartsWith("/sign-in", (await client.GetPageAsync("/admin")).Location, StringComparison.Ordinal);
        await client.SignInAsAsync(agent);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin/staff")).Status);
        Assert.Contains(await _factory.MailsAsync(agent.Email), mail => mail.Kind == "StaffRoleChanged");

        // Dealers become staff by invitation only.
        var dealer = await MemberAsync();
        await admin.PostAsync($"/admin/users/{dealer.Id}/role", ("role", "PortalAdministrator"));
        Assert.Equal(StaffRole.None, await _factory.ReadAsync(db => db.Users.Where(u => u.Id == dealer.Id).Select(u => u.StaffRole).SingleAsync()));
    }

    [Fact]
    public async Task OwnAccount_IsNotClosedAndTheLastPortalAdministratorStays()
    {
        using var own = new PortalFactory();
        var (first, second) = (await own.Data.CreateStaffAsync(StaffRole.PortalAdministrator), await own.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        using var one = await own.NewClientAsync(first);
        using var other = await own.NewClientAsync(second);
        foreach (var move in new[] { "deactivate", "role", "reset-factor" })
            Assert.Contains("demandez à un autre administrateur", (await one.FollowAsync(await one.PostAsync($"/admin/users/{first.Id}/{move}", ("role", "SupportAgent")))).MainText, StringComparison.Ordinal);

        // Each closes the other in the same instant: one of them is too late.
        await Task.WhenAll(one.PostAsync($"/admin/users/{second.Id}/deactivate"), other.PostAsync($"/admin/users/{first.Id}/deactivate"));

        Assert.Equal(1, await own.ReadAsync(db => db.Users.CountAsync(u => u.StaffRole == StaffRole.PortalAdministrator && u.DeactivatedAt == null)));
    }

    private async Task<TestUser> MemberAsync(string? lastName = null) => await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), MembershipRole.Employee, lastName: lastName);

    private static async Task<PortalPage> PressAsync(PortalClient client, TestUser person, string move) =>
        await client.FollowAsync(await client.SubmitAsync(await client.GetPageAsync($"/admin/users/{person.Id}"), $"form[action$='{move}']"));

    private Task<int?> AuditAsync(TestUser user, string action) => _factory.ReadAsync(db => db.Audit
        .Where(a => a.Action == action && a.SubjectType == "User" && a.SubjectId == user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).Select(a => a.ActorId).SingleAsync());
}
