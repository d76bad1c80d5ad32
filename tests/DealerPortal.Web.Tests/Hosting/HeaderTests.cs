using System.Net;
using DealerPortal.TestCommon;
using DealerPortal.Web.Hosting;
using DealerPortal.Web.Tests.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace DealerPortal.Web.Tests.Hosting;

/// <summary>The headers of every page, the cookies' flags, and whose word about hosts and addresses counts.</summary>
public sealed class HeaderTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly string[] StoredByBrowsers = ["/brand.css"];

    [Fact]
    public async Task EveryPage_CarriesTheSecurityHeaders()
    {
        using var world = await AccessWorld.CreateAsync(portal.Factory);
        var withCamera = 0;
        foreach (var route in Route.AllOf(portal.Factory).Where(route => route.Method == "GET"))
        {
            var url = Route.Fill(route.Pattern, world.RouteValues);
            foreach (var persona in (Persona[])[Persona.Anonymous, Persona.Owner, Persona.Support])
            {
                var page = await world.ClientOf(persona).GetPageAsync(url);

                var where = $"{url} as {persona}";
                var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
                // The mail in its own frame, on the one page that shows it.
                var framed = page.Document.QuerySelector("iframe") is null ? "" : "; frame-src 'self'";
                Assert.True(policy == SecurityHeaders.ContentSecurityPolicy + framed || policy is "default-src 'none'; sandbox" or SecurityHeaders.MailBodyPolicy, $"{where}: {policy}");
                Assert.True(page.Headers.TryGetValues("X-Content-Type-Options", out var sniff) && sniff.Single() == "nosniff", where);
                Assert.True(page.Headers.TryGetValues("Referrer-Policy", out var referrer) && referrer.Single() == "same-origin", where);
                // The camera only where a form has a button that opens it.
                var camera = page.Document.QuerySelector("[data-scan-open]") is null ? "()" : "(self)";
                Assert.True(page.Headers.GetValues("Permissions-Policy").Single() == $"camera={camera}, geolocation=(), microphone=()", where);
                withCamera += camera == "(self)" ? 1 : 0;
                Assert.False(page.Headers.Contains("Server"), where);
                Assert.True(StoredByBrowsers.Contains(url) || page.Headers.CacheControl?.NoStore == true, $"{where} may be stored");
            }
        }

        Assert.NotEqual(0, withCamera);
    }

    [Fact]
    public async Task StrictTransport_IsAskedForOverHttps()
    {
        using var factory = new PortalFactory { Settings = { ["Portal:BaseUrl"] = "https://portal.test" } };
        using var http = factory.CreateDefaultClient(new Uri("https://portal.test"));

        using var answer = await http.GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in?returnUrl=%2Fdossiers", HttpStatusCode.TemporaryRedirect)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task PlainHttp_IsSentToHttpsButForProbes(string url, HttpStatusCode expected)
    {
        using var http = portal.Factory.CreateDefaultClient(new Uri("http://localhost"));

        using var answer = await http.GetAsync(new Uri(url, UriKind.Relative));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? null : "https://localhost" + url, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Cookies_OverHttps_BelongToThisHostAlone()
    {
        var user = await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync());

        var cookies = await CookiesOfASignInAsync(portal.Factory, PortalFactory.Host, user);

        Assert.Equal(["__Host-antiforgery", "__Host-language", "__Host-notice", "__Host-session"], cookies.Select(c => c.Name.ToString()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(cookies, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true } && cookie.Path == "/" && !cookie.Domain.HasValue, cookie.ToString()));
        Assert.All(cookies, cookie => Assert.True(cookie.SameSite is SameSiteMode.Lax or SameSiteMode.Strict, cookie.ToString()));
    }

    [Fact]
    public async Task Cookies_OverHttpInDevelopment_HaveNoPrefixAndAreNotSecure()
    {
        using var factory = new PortalFactory
        {
            Environment = "Development",
            Settings = { ["Portal:BaseUrl"] = "http://localhost", ["Development:DemoData"] = "false" },
        };
        var user = await factory.Data.CreateMemberAsync(await factory.Data.CreateOrganisationAsync());

        var cookies = await CookiesOfASignInAsync(factory, "http://localhost", user);

        Assert.Equal(["antiforgery", "language", "notice", "session"], cookies.Select(c => c.Name.ToString()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(cookies, cookie => Assert.True(cookie is { Secure: false, HttpOnly: true }, cookie.ToString()));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Host", "evil.example:443")]
    [InlineData("Host", "127.0.0.1")]
    public async Task ForgedHost_Is400(string header, string value)
    {
        using var client = portal.Factory.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task ForwardedHost_ChangesNothing()
    {
        using var client = portal.Factory.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var answer = await client.Http.SendAsync(request);

        Assert.DoesNotContain("evil.example", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RotatingForwardedFor_DoesNotGetRoundTheRateLimit()
    {
        using var client = portal.Factory.NewClient("de");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 70 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var content = new FormUrlEncodedContent([]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = content };
            request.Headers.Add("X-Forwarded-For", $"192.0.2.{i}");
            using var answer = await client.Http.SendAsync(request);
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
                Assert.Contains("<html lang=\"de", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task RotatingForwardedFor_BehindATrustedProxy_DoesNotGetRoundTheRateLimit()
    {
        using var factory = new PortalFactory { Settings = { ["Portal:TrustedProxies:0"] = "10.0.0.0/8" } };
        using var attacker = factory.NewClient();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 70; i++)
            statuses.Add(await PostAsync($"192.0.2.{i}, 198.51.100.7"));

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        // The proxy's word counts: another of its clients is not the attacker.
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await PostAsync("198.51.100.8"));

        async Task<HttpStatusCode> PostAsync(string forwarded)
        {
            using var content = new FormUrlEncodedContent([]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = content };
            request.Headers.Add("X-Forwarded-For", forwarded);
            using var answer = await attacker.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public void EveryPostOfStrangers_IsLimited() => Assert.Equal(
        ["POST /language", "POST /sign-out"],
        Route.AllOf(portal.Factory)
            .Where(route => route.Method != "GET" && route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && route.Endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null)
            .Select(route => route.Key).Order(StringComparer.Ordinal));

    [Fact]
    public async Task LookUps_InALoop_Are429WithRetryAfter()
    {
        using var client = portal.Factory.NewClient();
        PortalPage page;
        var count = 0;
        do
            page = await client.GetPageAsync("/register/organisation?q=demo");
        while (page.Status != HttpStatusCode.TooManyRequests && ++count < 300);

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.True(page.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, page.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("/password/forgot")]
    [InlineData("/register")]
    public async Task LinksInMails_UnderAForgedHost_LeadToTheConfiguredAddress(string url)
    {
        var user = await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync());
        using var client = portal.Factory.NewClient();
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        client.Http.DefaultRequestHeaders.Add("Forwarded", "host=evil.example");
        client.Http.DefaultRequestHeaders.Host = "localhost:6666";

        await client.PostFormAsync(url, ("Email", user.Email));

        var mail = Assert.Single(await portal.Factory.MailsAsync(user.Email));
        Assert.NotEmpty(mail.Links);
        var links = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.StartsWith(PortalFactory.Host + "/", link, StringComparison.Ordinal));
        Assert.DoesNotContain("6666", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("192.0.2.0/24", false)]
    public async Task ForwardedProto_IsBelievedFromTrustedProxiesOnly(string trusted, bool isBelieved)
    {
        using var factory = new PortalFactory { Settings = { ["Portal:TrustedProxies:0"] = trusted, ["Portal:BaseUrl"] = "https://portal.test" } };
        using var http = factory.CreateDefaultClient(new Uri("http://portal.test"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Test-Address", "10.1.2.3");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await http.SendAsync(request);

        // Said over https only.
        Assert.Equal(isBelieved, answer.Headers.Contains("Strict-Transport-Security"));
    }

    private static async Task<List<SetCookieHeaderValue>> CookiesOfASignInAsync(PortalFactory factory, string host, TestUser user)
    {
        using var http = factory.CreateDefaultClient(new Uri(host), new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler());
        using var form = await http.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await form.Content.ReadAsStringAsync());
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var signIn = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), Fields(token, ("Email", user.Email), ("Password", TestUser.Password)));
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
        // A notice cookie comes with a sign-out.
        using var home = await http.GetAsync(new Uri("/account", UriKind.Relative));
        var signedIn = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await home.Content.ReadAsStringAsync());
        var second = signedIn.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var signOut = await http.PostAsync(new Uri("/sign-out", UriKind.Relative), Fields(second));
        return [.. ((HttpResponseMessage[])[form, signIn, home, signOut])
            .SelectMany(answer => answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
            .Select(cookie => SetCookieHeaderValue.Parse(cookie))
            .Where(cookie => cookie.Value.Length > 0)];
    }

    private static FormUrlEncodedContent Fields(string token, params (string Name, string Value)[] values) =>
        new(values.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
}
