using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.TestCommon;
using DealerPortal.Web.Access;
using DealerPortal.Web.Tests.Access;
using DealerPortal.Web.Tests.Features.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>Setting up, changing and losing a second factor.</summary>
public sealed class SecurityTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task StaffWithoutASecondFactor_GoNowhereButToWhereItIsSetUp()
    {
        var staff = await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator, isSetUp: false);
        using var world = await AccessWorld.CreateAsync(_factory);
        using var client = _factory.NewClient();
        Assert.Equal("/account/security", (await client.PostFormAsync("/sign-in", ("Email", staff.Email), ("Password", TestUser.Password), ("ReturnUrl", "/admin"))).Location);
        string[] open = ["/account/security", "/sign-out", "/language", "/brand.css", "/error", "/health"];

        foreach (var route in Route.AllOf(_factory).Where(route => route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null))
        {
            var isOpen = open.Any(path => route.Pattern.StartsWith(path, StringComparison.Ordinal));
            Assert.True(isOpen == (route.Endpoint.Metadata.GetMetadata<AllowedDuringSetUpAttribute>() is not null), route.Key);
            if (isOpen)
                continue;
            var answer = route.Method == "GET" ? await client.GetPageAsync(world.Url(route.Pattern)) : await client.PostAsync(world.Url(route.Pattern), world.FormValues);
            Assert.True(route.Method == "GET" ? answer.Location == "/account/security" : answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{route.Key}: {(int)answer.Status} {answer.Location}");
        }

        var page = await client.GetPageAsync("/account/security");
        Assert.Equal("Protégez votre accès", page.TextOf("h1"));
        Assert.Null(page.Document.QuerySelector("nav.mainnav"));
        Assert.Equal(RecoveryCode.Count, (await client.LinkAppAsync(_factory)).Count);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin")).Status);
    }

    [Fact]
    public async Task App_WhenACodeProvesIt_IsLinkedShownOnceMailedAndEndsOtherSessions()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);
        using var elsewhere = await _factory.NewClientAsync(member);
        var page = await client.GetPageAsync("/account/security/app");
        Assert.NotNull(page.Document.QuerySelector("svg.qr-code path"));

        var answer = await client.SubmitAsync(page, "#app", ("Code", SecuritySteps.CodeOf(page, _factory)));

        Assert.Equal("/account/security/codes", answer.Location);
        Assert.Equal(10, (await client.FollowAsync(answer)).TextsOf(".codes .code").Count);
        Assert.Equal("/account/security", (await client.FollowAsync(answer)).Location);
        Assert.StartsWith("/sign-in", (await elsewhere.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Single(await _factory.MailsAsync(member.Email), mail => mail.Kind == "SecondFactorSwitchedOn");
        Assert.Equal(1, await AuditsAsync(member, "user.second-factor-on"));

        // The code that proved it is used up.
        using var other = _factory.NewClient();
        await other.SignInByFormAsync(member.Email, TestUser.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.PostAsync("/sign-in/code", ("Code", SecuritySteps.CodeOf(page, _factory)))).Status);
    }

    [Fact]
    public async Task App_WithAWrongCode_KeepsTheKeyAndLinksNothing()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);
        var page = await client.GetPageAsync("/account/security/app");

        var refused = await client.SubmitAsync(page, "#app", ("Code", "12345"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf("Code"));
        Assert.Equal(SecuritySteps.KeyOn(page), SecuritySteps.KeyOn(refused));
        Assert.False(await _factory.ReadAsync(db => db.Users.Where(u => u.Id == member.Id).Select(u => u.TwoFactorEnabled).SingleAsync()));
        Assert.Equal("/account/security/codes", (await client.SubmitAsync(refused, "#app", ("Code", SecuritySteps.CodeOf(refused, _factory)))).Location);
    }

    [Fact]
    public async Task App_WithTheOfferOfAnotherPersonOrAnOldOne_IsOfferedAnew()
    {
        using var client = await _factory.NewClientAsync(await MemberAsync());
        using var other = await _factory.NewClientAsync(await MemberAsync());
        var page = await other.GetPageAsync("/account/security/app");

        Assert.Equal("/account/security/app", (await client.PostAsync("/account/security/app", ("Offer", page.ValueOf("Offer")), ("Code", SecuritySteps.CodeOf(page, _factory)))).Location);
        Assert.Equal("/account/security/app", (await client.PostAsync("/account/security/app", ("Offer", "none"), ("Code", "123456"))).Location);
    }

    [Fact]
    public async Task Secrets_AreStoredUnreadably()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);
        var key = SecuritySteps.KeyOn(await client.GetPageAsync("/account/security/app"));
        var logged = _factory.Logs.Events.Count;
        var codes = await client.LinkAppAsync(_factory);

        var stored = await StoredRows.ReadAsync(_factory);
        var texts = string.Join('\n', stored.ChangesSince(new StoredRows()).Select(value => value.Text));

        Assert.DoesNotContain(key, texts, StringComparison.OrdinalIgnoreCase);
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), texts, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(_factory.Logs.TextsFrom(logged), line => codes.Any(code => line.Contains(code, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task App_OfAMember_IsRemovedWithItsCodesAndMailed()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);
        await client.LinkAppAsync(_factory);

        var answer = await client.SubmitAsync(await client.GetPageAsync("/account/security"), "form[action$='app/remove']");

        Assert.Equal("/account/security", answer.Location);
        Assert.Contains("L’application est retirée", (await client.FollowAsync(answer)).MainText, StringComparison.Ordinal);
        Assert.Equal((false, 0), await _factory.ReadAsync(async db => (
            await db.Users.Where(u => u.Id == member.Id).Select(u => u.TwoFactorEnabled).SingleAsync(), await db.Set<RecoveryCode>().CountAsync(c => c.UserId == member.Id))));
        Assert.Single(await _factory.MailsAsync(member.Email), mail => mail.Kind == "SecondFactorSwitchedOff");
        using var other = _factory.NewClient();
        Assert.Equal("/", (await other.SignInByFormAsync(member.Email, TestUser.Password)).Location);
    }

    [Fact]
    public async Task LastFactorOfStaff_StaysAndGoesOnceThereIsAnother()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = await _factory.NewClientAsync(staff);
        Assert.Null((await client.GetPageAsync("/account/security")).Document.QuerySelector("form[action$='app/remove'] button.btn-danger"));

        var refused = await client.PostAsync("/account/security/app/remove");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("ajoutez-en une autre", refused.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.True(await _factory.ReadAsync(db => db.Users.AnyAsync(u => u.Id == staff.Id && u.TwoFactorEnabled && u.AuthenticatorKey != null)));

        var passkey = await TestPasskey.AddAsync(client);
        Assert.Equal("/account/security", (await client.PostAsync("/account/security/app/remove")).Location);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync("/account/security/passkeys/remove", ("Passkey", passkey.Id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin")).Status);
    }

    [Fact]
    public async Task Codes_WhenRenewed_VoidTheOldOnes()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);
        var old = await client.LinkAppAsync(_factory);

        var page = await client.FollowAsync(await client.SubmitAsync(await client.GetPageAsync("/account/security"), "form[action$='security/codes']"));

        var renewed = page.TextsOf(".codes .code");
        Assert.Empty(renewed.Intersect(old));
        using var other = _factory.NewClient();
        await other.SignInByFormAsync(member.Email, TestUser.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.PostAsync("/sign-in/code", ("Code", old[0]))).Status);
        Assert.Equal("/", (await other.PostAsync("/sign-in/code", ("Code", renewed[0]))).Location);
    }

    [Fact]
    public async Task Change_WhenTheLastProofIsOld_AsksForThePasswordFirst()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);
        await client.LinkAppAsync(_factory);
        _factory.Time.Advance(SessionService.ProofLifetime);

        foreach (var url in new[] { "/account/security/app", "/account/security/app/remove", "/account/security/codes", "/account/security/passkeys/new", "/account/security/passkeys/remove" })
            Assert.StartsWith("/account/security/confirm", (await client.PostAsync(url)).Location, StringComparison.Ordinal);
        Assert.True(await _factory.ReadAsync(db => db.Users.AnyAsync(u => u.Id == member.Id && u.TwoFactorEnabled)));
        var asked = await client.FollowAsync(await client.GetPageAsync("/account/security/passkeys/new"));

        Assert.Equal(HttpStatusCode.BadRequest, (await client.SubmitAsync(asked, "#confirm", ("Password", ""))).Status);
        Assert.Contains("Ce n’est pas votre mot de passe", (await client.SubmitAsync(asked, "#confirm", ("Password", "pas le bon"))).ErrorOf("Password"), StringComparison.Ordinal);
        Assert.Equal("/account/security/passkeys/new", (await client.SubmitAsync(asked, "#confirm", ("Password", TestUser.Password))).Location);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account/security/passkeys/new")).Status);
        Assert.Equal("/account/security", (await client.PostAsync("/account/security/confirm", ("Password", TestUser.Password), ("ReturnUrl", "//evil.example"))).Location);
    }

    [Fact]
    public async Task Confirm_AfterTenWrongPasswords_Waits()
    {
        using var client = await _factory.NewClientAsync(await MemberAsync());

        for (var i = 0; i < SignInThrottles.PerNetwork; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/account/security/confirm", ("Password", $"pas le bon {i}"))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.PostAsync("/account/security/confirm", ("Password", TestUser.Password))).Status);
    }

    [Fact]
    public async Task Passkey_IsAddedNamedRenamedAndRemoved()
    {
        var member = await MemberAsync();
        using var client = await _factory.NewClientAsync(member);

        var passkey = await TestPasskey.AddAsync(client, "  Ordinateur\ndu comptoir ");
        var page = await client.GetPageAsync("/account/security");
        Assert.Contains("Ordinateur du comptoir", page.MainText, StringComparison.Ordinal);
        Assert.Contains(await _factory.MailsAsync(member.Email), mail => mail.Kind == "PasskeyAdded" && mail.Text.Contains("« Ordinateur du comptoir »", StringComparison.Ordinal));
        Assert.Equal(10, await _factory.ReadAsync(db => db.Set<RecoveryCode>().CountAsync(c => c.UserId == member.Id)));

        var renamed = await client.FollowAsync(await client.SubmitAsync(page, "form[action$='passkeys/rename']", ("Name", new string('x', 70))));
        Assert.Contains(new string('x', 60), renamed.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 61), renamed.MainText, StringComparison.Ordinal);

        Assert.Equal("/account/security", (await client.PostAsync("/account/security/passkeys/remove", ("Passkey", passkey.Id))).Location);
        Assert.Single(await _factory.MailsAsync(member.Email), mail => mail.Kind == "PasskeyRemoved");
        using var other = _factory.NewClient();
        Assert.Equal(HttpStatusCode.BadRequest, (await passkey.SignInAsync(other)).Status);
        Assert.Equal("/", (await other.SignInByFormAsync(member.Email, TestUser.Password)).Location);
    }

    [Fact]
    public async Task Passkey_OfAnotherPerson_IsNotTouched()
    {
        using var owner = await _factory.NewClientAsync(await MemberAsync());
        var passkey = await TestPasskey.AddAsync(owner);
        using var client = await _factory.NewClientAsync(await MemberAsync());

        await client.PostAsync("/account/security/passkeys/rename", ("Passkey", passkey.Id), ("Name", "à moi"));
        await client.PostAsync("/account/security/passkeys/remove", ("Passkey", passkey.Id));

        var page = await owner.GetPageAsync("/account/security");
        Assert.Contains("Comptoir", page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("à moi", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passkey_SignsInAloneAndInThePlaceOfACode()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        using var home = await _factory.NewClientAsync(staff);
        var passkey = await TestPasskey.AddAsync(home);
        using var client = _factory.NewClient();

        Assert.Equal("/admin/more", (await passkey.SignInAsync(client, "/admin/more")).Location);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin")).Status);

        using var other = _factory.NewClient();
        var step = await other.FollowAsync(await other.SignInByFormAsync(staff.Email, TestUser.Password));
        Assert.NotNull(step.Document.QuerySelector("form[action='/sign-in/passkey']"));
        Assert.Equal("/admin", (await passkey.SignInAsync(other)).Location);
        Assert.DoesNotContain("__Host-sign-in", other.Cookies.Keys);
    }

    [Fact]
    public async Task PasskeyAnswer_SentAgainOrByAnotherBrowserOrTooLate_IsRefused()
    {
        using var home = await _factory.NewClientAsync(await MemberAsync());
        var passkey = await TestPasskey.AddAsync(home);
        using var client = _factory.NewClient();
        var answer = await passkey.AnswerAsync(client);
        var asked = client.Cookies["__Host-passkey"];
        using var thief = _factory.NewClient();

        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/sign-in/passkey", ("Credential", answer))).Status);
        Assert.Equal("/", (await client.PostAsync("/sign-in/passkey", ("Credential", answer))).Location);
        thief.Cookies["__Host-passkey"] = asked;
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/sign-in/passkey", ("Credential", answer))).Status);
        Assert.DoesNotContain("__Host-session", thief.Cookies.Keys);

        var late = await passkey.AnswerAsync(thief);
        _factory.Time.Advance(PasskeyChallenge.Lifetime);
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/sign-in/passkey", ("Credential", late))).Status);
    }

    [Fact]
    public async Task PasskeyAnswer_FromAnotherPageOrWithoutAPin_IsRefused()
    {
        var member = await MemberAsync();
        using var home = await _factory.NewClientAsync(member);
        var passkey = await TestPasskey.AddAsync(home);
        using var client = _factory.NewClient();

        passkey.Origin = "https://evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await passkey.SignInAsync(client)).Status);
        passkey.Origin = PortalFactory.Host;
        passkey.Verifies = false;
        Assert.Equal(HttpStatusCode.BadRequest, (await passkey.SignInAsync(client)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await new TestPasskey { Verifies = false }.RegisterAsync(home, "Sans PIN")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await new TestPasskey { Origin = "https://evil.example" }.RegisterAsync(home, "Ailleurs")).Status);
        passkey.Verifies = true;
        await _factory.WriteAsync((write, ct) => write.Db.Users.Where(u => u.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, _factory.Now), ct));
        Assert.Equal(HttpStatusCode.BadRequest, (await passkey.SignInAsync(client)).Status);
        Assert.Equal(1, await _factory.ReadAsync(db => db.Set<IdentityUserPasskey<int>>().CountAsync(p => p.UserId == member.Id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1,2")]
    [InlineData("{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{}}")]
    public async Task PasskeyAnswer_ThatIsNone_IsRefusedWithItsPage(string answer)
    {
        using var client = _factory.NewClient();
        await client.PostAsync("/sign-in/passkey/options");

        var page = await client.PostAsync("/sign-in/passkey", ("Credential", answer));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.Document.QuerySelector("#sign-in"));
    }

    private async Task<TestUser> MemberAsync() => await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());

    private Task<int> AuditsAsync(TestUser user, string action) => _factory.ReadAsync(db =>
        db.Audit.CountAsync(a => a.Action == action && a.SubjectId == user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
