using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.SignIn;

public sealed class SignInTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData("fr", "Indiquez votre adresse mail.", "Indiquez votre mot de passe.")]
    [InlineData("nl", "Vul uw e-mailadres in.", "Vul uw wachtwoord in.")]
    [InlineData("de", "Geben Sie Ihre E-Mail-Adresse ein.", "Geben Sie Ihr Passwort ein.")]
    [InlineData("en", "Enter your e-mail address.", "Enter your password.")]
    public async Task Post_WhenNothingIsTyped_SaysSoAtEachFieldInThePagesLanguage(string language, string email, string password)
    {
        using var client = _factory.NewClient(language);

        var page = await client.PostFormAsync("/sign-in");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(email, page.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.EndsWith(password, page.ErrorOf("Password"), StringComparison.Ordinal);
        Assert.Equal([email, password], page.TextsOf(".error-summary li"));
    }

    [Fact]
    public async Task Post_WhenTheAddressIsIncomplete_KeepsWhatWasTypedButThePassword()
    {
        using var client = _factory.NewClient();

        var page = await client.PostFormAsync("/sign-in", ("Email", "jean@"), ("Password", "secret secret"), ("Keep", "true"), ("ReturnUrl", "/dossiers"));

        Assert.Contains("n’est pas complète", page.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Equal("jean@", page.ValueOf("Email"));
        Assert.Equal("/dossiers", page.Document.QuerySelector("[name=ReturnUrl]")!.GetAttribute("value"));
        Assert.True(page.Document.QuerySelector("#Keep")!.HasAttribute("checked"));
        Assert.DoesNotContain("secret secret", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhenUnknownWrongOrDeactivated_AnswersWithTheSameWords()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var known = await _factory.Data.CreateMemberAsync(organisation);
        var gone = await _factory.Data.CreateMemberAsync(organisation);
        await _factory.WriteAsync((write, ct) => write.Db.Users.Where(u => u.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, _factory.Now), ct));
        using var client = _factory.NewClient();

        var wrong = await client.SignInByFormAsync(known.Email, "pas le bon du tout");
        var unknown = await client.SignInByFormAsync("personne-ici@demo-electro.example", "pas le bon du tout");
        var deactivated = await client.SignInByFormAsync(gone.Email, TestUser.Password);

        foreach (var page in new[] { wrong, unknown, deactivated })
        {
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Equal(wrong.TextsOf(".error-summary li"), page.TextsOf(".error-summary li"));
            Assert.Equal(WithoutTyped(wrong), WithoutTyped(page));
            Assert.Equal(wrong.Headers.Select(header => header.Key), page.Headers.Select(header => header.Key));
        }

        // The address stands in its field; the token differs in each answer.
        static string WithoutTyped(PortalPage page)
        {
            foreach (var field in page.Document.QuerySelectorAll("[name=Email],[name=__RequestVerificationToken]").ToList())
                field.SetAttribute("value", "");
            return page.Document.DocumentElement.OuterHtml;
        }
    }

    [Theory]
    [InlineData("/dossiers?status=open", "/dossiers?status=open")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("dossiers", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public async Task Post_WhenRight_GoesOnlyWhereThePortalIs(string? returnUrl, string expected)
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();

        var page = await client.PostFormAsync("/sign-in", ("Email", user.Email), ("Password", TestUser.Password), ("ReturnUrl", returnUrl));

        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Equal(expected, page.Location);
    }

    [Fact]
    public async Task Post_WhenRight_LeadsStaffToTheQueueAndPendingPeopleToTheirPage()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        var pending = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), status: MembershipStatus.Pending);
        using var first = _factory.NewClient();
        using var second = _factory.NewClient();

        Assert.Equal("/admin", (await first.SignInWithCodeAsync(staff)).Location);
        var page = await second.PostFormAsync("/sign-in", ("Email", pending.Email), ("Password", TestUser.Password), ("ReturnUrl", "/dossiers"));
        Assert.Equal("/pending", page.Location);
    }

    [Fact]
    public async Task Post_WhenKeepIsTicked_KeepsTheSessionForTwelveHoursAndOtherwiseForTheBrowserOnly()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();
        using var other = _factory.NewClient();

        var kept = await client.PostFormAsync("/sign-in", ("Email", user.Email), ("Password", TestUser.Password), ("Keep", "true"));
        var not = await other.SignInByFormAsync(user.Email, TestUser.Password);

        Assert.Contains("expires=Mon, 23 Nov 2026 21:00:00 GMT", SessionCookieOf(kept), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", SessionCookieOf(not), StringComparison.OrdinalIgnoreCase);
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(attribute, SessionCookieOf(kept), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignOut_WhenTheOldCookieIsReplayed_IsRefused()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = await _factory.NewClientAsync(user);
        var cookies = client.Cookies.ToDictionary();

        Assert.Equal("/sign-in", (await client.PostAsync("/sign-out")).Location);

        foreach (var (name, value) in cookies)
            client.Cookies[name] = value;
        Assert.StartsWith("/sign-in", (await client.GetPageAsync("/account")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_WhenChangedOnTheForm_KeepsTheAddressButNotThePassword()
    {
        using var client = _factory.NewClient();
        var page = await client.GetPageAsync("/sign-in");
        var button = page.Document.QuerySelector("footer button[value=de]")!;

        var answer = await client.PostAsync(button.GetAttribute("formaction")!, ("language", "de"), ("Email", "jean@demo"), ("Password", "nicht behalten"));
        var german = await client.FollowAsync(answer);

        Assert.Equal("jean@demo", german.ValueOf("Email"));
        Assert.Equal("Anmelden", german.TextOf("h1"));
        Assert.DoesNotContain("nicht behalten", german.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhenTheAddressIsKnownOrNot_TakesTheSameTime()
    {
        using var factory = new PortalFactory { HasCostlyPasswords = true };
        var user = await factory.Data.CreateMemberAsync(await factory.Data.CreateOrganisationAsync());

        var ratio = await Timing.RatioAsync(40, () => TryAsync(user.Email), () => TryAsync("personne-du-tout@demo-electro.example"));

        Assert.True(ratio <= 1.2, string.Create(CultureInfo.InvariantCulture, $"The medians differ by {ratio:0.00}."));

        // Each from a network of its own, so that the throttle of one network does not end the comparison.
        async Task<Func<Task>> TryAsync(string email)
        {
            await factory.WriteAsync((write, ct) => write.Db.Set<SignInThrottle>().ExecuteDeleteAsync(ct));
            using var client = factory.NewClient();
            var token = await client.AntiforgeryTokenAsync();
            var other = factory.NewClient();
            foreach (var (name, value) in client.Cookies)
                other.Cookies[name] = value;
            return async () =>
            {
                using (other)
                using (var form = new FormUrlEncodedContent([new("Email", email), new("Password", "pas le bon du tout"), new("__RequestVerificationToken", token)]))
                using (var response = await other.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), form))
                    Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            };
        }
    }

    private static string SessionCookieOf(PortalPage page) => page.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
}

/// <summary>Tests that move the clock.</summary>
public sealed class SignInThrottleTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_AfterTenWrongPasswords_WaitsAQuarterOfAnHourForThatAddressFromThatNetwork(bool isKnown)
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        var email = isKnown ? user.Email : "personne-la@demo-electro.example";
        using var client = _factory.NewClient();

        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await client.SignInByFormAsync(email, $"pas le bon {i}")).Status);
        var blocked = await client.SignInByFormAsync(email, TestUser.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.Status);
        Assert.Equal(900, blocked.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("Réessayez dans 15 min", blocked.TextOf(".error-summary"), StringComparison.Ordinal);

        using var elsewhere = _factory.NewClient();
        Assert.Equal(isKnown ? HttpStatusCode.Found : HttpStatusCode.BadRequest, (await elsewhere.SignInByFormAsync(email, TestUser.Password)).Status);
        var colleague = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using (var sameNetwork = _factory.NewClient())
        {
            sameNetwork.Address = client.Address;
            Assert.Equal(HttpStatusCode.Found, (await sameNetwork.SignInByFormAsync(colleague.Email, TestUser.Password)).Status);
        }

        _factory.Time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.Equal(isKnown ? HttpStatusCode.Found : HttpStatusCode.BadRequest, (await client.SignInByFormAsync(email, TestUser.Password)).Status);
    }

    [Fact]
    public async Task Post_WhenTheForwardedAddressRotates_IsThrottledAllTheSame()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();

        for (var i = 0; i < 10; i++)
            await TryAsync(i, "pas le bon");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await TryAsync(11, TestUser.Password)).Status);

        Task<PortalPage> TryAsync(int i, string password)
        {
            client.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
            client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{i}");
            return client.SignInByFormAsync(user.Email, password);
        }
    }

    [Fact]
    public async Task Post_WhenFiftyPasswordsComeAtOnce_LooksAtTenOfThem()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();
        await client.GetPageAsync("/sign-in");
        var token = await client.AntiforgeryTokenAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var form = new FormUrlEncodedContent([new("Email", user.Email), new("Password", $"pas le bon {i}"), new("__RequestVerificationToken", token)]);
            using var response = await client.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
            return response.StatusCode;
        }));

        Assert.Equal(10, statuses.Count(s => s == HttpStatusCode.BadRequest));
        Assert.Equal(40, statuses.Count(s => s == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Post_WhenTheNinthTryIsRight_CountsAnewAfterIt()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 9; i++)
                Assert.Equal(HttpStatusCode.BadRequest, (await client.SignInByFormAsync(user.Email, "pas le bon")).Status);
            Assert.Equal(HttpStatusCode.Found, (await client.SignInByFormAsync(user.Email, TestUser.Password)).Status);
            await client.PostAsync("/sign-out");
        }
    }

    [Fact]
    public async Task Reset_WhileSignInIsBlocked_GoesOnAndLetsTheOwnerIn()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = _factory.NewClient();
        for (var i = 0; i < 10; i++)
            await client.SignInByFormAsync(user.Email, "pas le bon");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.SignInByFormAsync(user.Email, TestUser.Password)).Status);

        const string NewPassword = "girafe en montgolfière";
        Assert.Equal("/password/sent", (await client.PostFormAsync("/password/forgot", ("Email", user.Email))).Location);
        var link = (await _factory.MailsAsync(user.Email))[^1].Links.First(l => l.Contains("/password/reset", StringComparison.Ordinal));
        Assert.Equal("/sign-in", (await client.PostFormAsync(link, ("Password", NewPassword), ("PasswordRepeated", NewPassword))).Location);

        Assert.Equal(HttpStatusCode.Found, (await client.SignInByFormAsync(user.Email, NewPassword)).Status);
    }

    [Fact]
    public async Task Post_WhenStrangersHaveReachedTheCeiling_LetsTheOwnerInFromAKnownNetworkAndAfterAReset()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var shop = _factory.NewClient();
        await shop.SignInByFormAsync(user.Email, TestUser.Password);
        await shop.PostAsync("/sign-out");
        for (var i = 0; i < SignInThrottles.PerAccount; i++)
        {
            await using var scope = _factory.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SignInThrottles>().TakeAttemptAsync(EmailAddress.Normalise(user.Email), $"stranger {i / 9}", CancellationToken.None);
        }

        using var elsewhere = _factory.NewClient();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await elsewhere.SignInByFormAsync(user.Email, TestUser.Password)).Status);
        Assert.Equal(HttpStatusCode.Found, (await shop.SignInByFormAsync(user.Email, TestUser.Password)).Status);

        await elsewhere.PostFormAsync("/password/forgot", ("Email", user.Email));
        var link = (await _factory.MailsAsync(user.Email))[^1].Links.First(l => l.Contains("/password/reset", StringComparison.Ordinal));
        await elsewhere.PostFormAsync(link, ("Password", "girafe en montgolfière"), ("PasswordRepeated", "girafe en montgolfière"));
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.SignInByFormAsync(user.Email, "girafe en montgolfière")).Status);

        // Known or not, ten wrong ones from one network are enough.
        await shop.PostAsync("/sign-out");
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await shop.SignInByFormAsync(user.Email, "pas le bon")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await shop.SignInByFormAsync(user.Email, "girafe en montgolfière")).Status);
    }

    [Fact]
    public async Task TakeAttempt_WhenManyNetworksTryOneAccount_StopsAtTheCeilingForAnHour()
    {
        var email = EmailAddress.Normalise("plafond@demo-electro.example");
        async Task<TimeSpan?> TryAsync(int network)
        {
            await using var scope = _factory.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<SignInThrottles>().TakeAttemptAsync(email, $"network {network}", CancellationToken.None);
        }

        for (var i = 0; i < SignInThrottles.PerAccount; i++)
            Assert.Null(await TryAsync(i));

        Assert.Equal(SignInThrottles.AccountWindow, await TryAsync(1000));
        _factory.Time.Advance(SignInThrottles.AccountWindow);
        Assert.Null(await TryAsync(1001));
    }
}
