using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Access;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.SignIn;

/// <summary>quality.md S6: between the password and the session. Each test has people of its own, and may move the clock.</summary>
public sealed class SecondStepTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Session = "__Host-session";
    private const string Ticket = "__Host-sign-in";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Password_OfStaff_BeginsNoSessionOnAnyRoute()
    {
        var staff = await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator);
        using var client = _factory.NewClient();

        var page = await client.PostFormAsync("/sign-in", ("Email", staff.Email), ("Password", TestUser.Password), ("ReturnUrl", "/admin/more"));

        Assert.Equal("/sign-in/code?returnUrl=%2Fadmin%2Fmore", page.Location);
        Assert.DoesNotContain(Session, client.Cookies.Keys);
        var ticket = page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Ticket, StringComparison.Ordinal));
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/", "max-age=600" })
            Assert.Contains(attribute, ticket, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await _factory.ReadAsync(db => db.Sessions.CountAsync(s => s.UserId == staff.Id)));

        // The ticket in the place of the session's cookie opens nothing either.
        client.Cookies[Session] = client.Cookies[Ticket];
        using var world = await AccessWorld.CreateAsync(_factory);
        var routes = Route.AllOf(_factory).Where(route => route.Endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is not null).ToList();
        Assert.True(routes.Count > 40, $"{routes.Count} routes");
        foreach (var route in routes)
        {
            var answer = route.Method == "GET" ? await client.GetPageAsync(world.Url(route.Pattern)) : await client.PostAsync(world.Url(route.Pattern));
            Assert.True(
                route.Method == "GET" ? answer.Location?.StartsWith("/sign-in?", StringComparison.Ordinal) == true : answer.Status == HttpStatusCode.Unauthorized,
                $"{route.Key}: {(int)answer.Status} {answer.Location}");
        }
    }

    [Fact]
    public async Task Code_WhenRight_LetsInWhereOneWantedToGoAndKeepsAsAsked()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = _factory.NewClient();
        var step = await client.FollowAsync(await client.PostFormAsync("/sign-in", ("Email", staff.Email), ("Password", TestUser.Password), ("Keep", "true"), ("ReturnUrl", "/admin/more")));

        var answer = await client.SubmitAsync(step, "#code", ("Code", client.CodeNow().Insert(3, " ")));

        Assert.Equal("/admin/more", answer.Location);
        Assert.DoesNotContain(Ticket, client.Cookies.Keys);
        Assert.Contains("expires=", answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Session, StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin")).Status);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    public async Task Code_WhenRight_LeadsNowhereElse(string returnUrl)
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = _factory.NewClient();
        var step = await client.FollowAsync(await client.PostFormAsync("/sign-in", ("Email", staff.Email), ("Password", TestUser.Password), ("ReturnUrl", returnUrl)));

        Assert.Equal("/admin", (await client.SubmitAsync(step, "#code", ("Code", client.CodeNow()))).Location);
    }

    [Fact]
    public async Task Code_OfAMemberWithoutASecondFactor_IsNotAskedFor()
    {
        var member = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();

        Assert.Equal("/", (await client.SignInByFormAsync(member.Email, TestUser.Password)).Location);

        await _factory.Data.LinkAppAsync(member);
        using var other = _factory.NewClient();
        Assert.StartsWith("/sign-in/code", (await other.SignInByFormAsync(member.Email, TestUser.Password)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_UsedOnce_IsRefusedTheSecondTimeAndTheNextOneIsTaken()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var first = _factory.NewClient();
        await first.SignInWithCodeAsync(staff);
        using var second = _factory.NewClient();
        var step = await second.FollowAsync(await second.SignInByFormAsync(staff.Email, TestUser.Password));

        foreach (var stale in new[] { 0, -1 })
        {
            var refused = await second.SubmitAsync(step, "#code", ("Code", second.CodeNow(stale)));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("a déjà servi", refused.ErrorOf("Code"), StringComparison.Ordinal);
            Assert.Equal("", refused.ValueOf("Code"));
            Assert.DoesNotContain(Session, second.Cookies.Keys);
        }

        _factory.Time.Advance(Totp.Step);
        Assert.Equal("/admin", (await second.SubmitAsync(step, "#code", ("Code", second.CodeNow()))).Location);
    }

    [Fact]
    public async Task Code_BroughtByFiveBrowsersAtOnce_LetsOneIn()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        var clients = Enumerable.Range(0, 5).Select(_ => _factory.NewClient()).ToList();
        foreach (var client in clients)
            await client.SignInByFormAsync(staff.Email, TestUser.Password);
        var code = clients[0].CodeNow();

        var answers = await Task.WhenAll(clients.Select(client => client.PostAsync("/sign-in/code", ("Code", code))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Found);
        Assert.Equal(4, answers.Count(answer => answer.Status == HttpStatusCode.BadRequest));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Sessions.CountAsync(s => s.UserId == staff.Id)));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Code_WhenFiftyAreGuessedAtOnce_FiveAreLookedAtAndTheRightOneWaits()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = _factory.NewClient();
        await client.SignInByFormAsync(staff.Email, TestUser.Password);
        var token = await client.AntiforgeryTokenAsync();
        var right = client.CodeNow();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            var guess = ((int.Parse(right, System.Globalization.CultureInfo.InvariantCulture) + 1000 + i) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
            using var form = new FormUrlEncodedContent([new("Code", guess), new("__RequestVerificationToken", token)]);
            using var response = await client.Http.PostAsync(new Uri("/sign-in/code", UriKind.Relative), form);
            return response.StatusCode;
        }));

        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.BadRequest));
        Assert.Equal(45, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        var blocked = await client.PostAsync("/sign-in/code", ("Code", client.CodeNow()));
        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.Status);
        Assert.Equal(900, blocked.Headers.RetryAfter!.Delta!.Value.TotalSeconds);

        // Neither another sign-in nor another network gives more than ten in an hour.
        using var elsewhere = _factory.NewClient();
        await elsewhere.SignInByFormAsync(staff.Email, TestUser.Password);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await elsewhere.PostAsync("/sign-in/code", ("Code", "0000001"))).Status);
        using var third = _factory.NewClient();
        await third.SignInByFormAsync(staff.Email, TestUser.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await third.PostAsync("/sign-in/code", ("Code", third.CodeNow()))).Status);

        _factory.Time.Advance(SignInThrottles.AccountWindow);
        Assert.Equal("/admin", (await third.SignInWithCodeAsync(staff)).Location);
    }

    [Fact]
    public async Task Code_WithoutOne_SaysSoAndCountsNoAttempt()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = _factory.NewClient();
        var step = await client.FollowAsync(await client.SignInByFormAsync(staff.Email, TestUser.Password));

        for (var i = 0; i < 6; i++)
            Assert.Equal("Tapez le code.", (await client.SubmitAsync(step, "#code", ("Code", " "))).TextOf(".error-summary li"));
        Assert.Equal("/admin", (await client.SubmitAsync(step, "#code", ("Code", client.CodeNow()))).Location);
    }

    [Fact]
    public async Task Ticket_OfAnotherBrowserOrTooOldOrUsed_IsGoodForNothing()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = _factory.NewClient();
        await client.SignInByFormAsync(staff.Email, TestUser.Password);
        var ticket = client.Cookies[Ticket];

        using var stranger = _factory.NewClient();
        stranger.Cookies[Ticket] = ticket.Split('.')[0] + "." + new string('A', 43);
        Assert.Equal("/sign-in", (await stranger.PostAsync("/sign-in/code", ("Code", client.CodeNow()))).Location);

        _factory.Time.Advance(SignInTicket.Lifetime);
        Assert.Equal("/sign-in", (await client.PostAsync("/sign-in/code", ("Code", client.CodeNow()))).Location);
        Assert.Contains("Le temps pour confirmer est passé", (await client.GetPageAsync("/sign-in")).MainText, StringComparison.Ordinal);

        await client.SignInByFormAsync(staff.Email, TestUser.Password);
        var used = client.Cookies[Ticket];
        Assert.Equal("/admin", (await client.PostAsync("/sign-in/code", ("Code", client.CodeNow()))).Location);
        using var thief = _factory.NewClient();
        thief.Cookies[Ticket] = used;
        _factory.Time.Advance(Totp.Step);
        Assert.Equal("/sign-in", (await thief.PostAsync("/sign-in/code", ("Code", client.CodeNow()))).Location);
        Assert.DoesNotContain(Session, thief.Cookies.Keys);
    }

    [Fact]
    public async Task Ticket_WhenThePasswordChangedMeanwhileOrTheAccountIsClosed_IsVoid()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = _factory.NewClient();
        await client.SignInByFormAsync(staff.Email, TestUser.Password);
        await _factory.WriteAsync((write, ct) => write.Db.Users.Where(u => u.Id == staff.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another"), ct));

        Assert.Equal("/sign-in", (await client.PostAsync("/sign-in/code", ("Code", client.CodeNow()))).Location);

        await client.SignInByFormAsync(staff.Email, TestUser.Password);
        await _factory.WriteAsync((write, ct) => write.Db.Users.Where(u => u.Id == staff.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, _factory.Now), ct));
        Assert.Equal("/sign-in", (await client.PostAsync("/sign-in/code", ("Code", client.CodeNow()))).Location);
    }

    [Fact]
    public async Task RecoveryCode_LetsInOnceAndItsOwnerIsTold()
    {
        var member = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var home = await _factory.NewClientAsync(member);
        var codes = await home.LinkAppAsync(_factory);
        Assert.Equal(RecoveryCode.Count, codes.Distinct().Count());
        using var client = _factory.NewClient();
        var step = await client.FollowAsync(await client.SignInByFormAsync(member.Email, TestUser.Password));
        var recovery = await client.GetPageAsync(step.Document.QuerySelector("a[href*=recovery]")!.GetAttribute("href")!);

        Assert.Equal("/", (await client.SubmitAsync(recovery, "#code", ("Code", codes[3].ToLowerInvariant().Replace('-', ' ')))).Location);

        using var again = _factory.NewClient();
        await again.SignInByFormAsync(member.Email, TestUser.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await again.PostAsync("/sign-in/code", ("Code", codes[3]))).Status);
        Assert.Equal("/", (await again.PostAsync("/sign-in/code", ("Code", codes[4]))).Location);
        var mails = (await _factory.MailsAsync(member.Email)).Where(mail => mail.Kind == "RecoveryCodeUsed").ToList();
        Assert.Equal(2, mails.Count);
        Assert.Contains(mails, mail => mail.Html.Contains("Il vous en reste 8.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecoveryCode_BroughtByThreeBrowsersAtOnce_LetsOneIn()
    {
        var member = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var home = await _factory.NewClientAsync(member);
        var code = (await home.LinkAppAsync(_factory))[0];
        var clients = Enumerable.Range(0, 3).Select(_ => _factory.NewClient()).ToList();
        foreach (var client in clients)
            await client.SignInByFormAsync(member.Email, TestUser.Password);

        var answers = await Task.WhenAll(clients.Select(client => client.PostAsync("/sign-in/code", ("Code", code))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Found);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Code_WhenWhoeverHasThePasswordHasReachedTheCeiling_LetsTheOwnerInFromAKnownNetwork()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var office = _factory.NewClient();
        await office.SignInWithCodeAsync(staff);
        await office.PostAsync("/sign-out");
        for (var i = 0; i < 3; i++)
        {
            using var stranger = _factory.NewClient();
            await stranger.SignInByFormAsync(staff.Email, TestUser.Password);
            for (var k = 0; k < SignInThrottles.CodesPerNetwork; k++)
                await stranger.PostAsync("/sign-in/code", ("Code", "0000001"));
        }

        _factory.Time.Advance(Totp.Step);
        using var home = _factory.NewClient();
        await home.SignInByFormAsync(staff.Email, TestUser.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await home.PostAsync("/sign-in/code", ("Code", home.CodeNow()))).Status);
        Assert.Equal("/admin", (await office.SignInWithCodeAsync(staff)).Location);
    }

    [Fact]
    public async Task Session_OfStaff_IsNotKeptAwakeByAPageThatAsksByItself()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var dossier = await _factory.Data.CreateDossierAsync(organisation, await _factory.Data.CreateMemberAsync(organisation));
        using var staff = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        var token = await staff.AntiforgeryTokenAsync();

        for (var i = 0; i < 29; i++)
        {
            _factory.Time.Advance(TimeSpan.FromMinutes(1));
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
            using var answer = await staff.Http.PostAsync(new Uri($"/admin/dossiers/{dossier.Number}/presence", UriKind.Relative), form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        _factory.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("/sign-in", (await staff.GetPageAsync("/admin")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OfStaff_EndsAfterHalfAnHourIdleAndAMembersDoesNot()
    {
        using var staff = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        using var member = await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync()));

        for (var i = 0; i < 3; i++)
        {
            _factory.Time.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.OK, (await staff.GetPageAsync("/admin")).Status);
        }

        _factory.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.StartsWith("/sign-in", (await staff.GetPageAsync("/admin")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await member.GetPageAsync("/account")).Status);
    }
}
