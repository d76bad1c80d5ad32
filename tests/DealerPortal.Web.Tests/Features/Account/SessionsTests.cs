using System.Net;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>Where a person is signed in, and how they end it.</summary>
public sealed class SessionsTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task List_SaysWhatAndSinceWhen_AndEachCanBeEndedAlone()
    {
        var user = await MemberAsync("nl");
        using var here = await SignedInAsync(user, Firefox);
        using var phone = await SignedInAsync(user, IPhone);
        using var unknown = await SignedInAsync(user, $"<script>x()</script> {user.Email}");
        using var stranger = await _factory.NewClientAsync(await MemberAsync());

        var page = await here.GetPageAsync("/account/sessions");

        Assert.Equal("Deze sessie", page.TextOf("#sessions li:first-child .status"));
        Assert.Equal(["Firefox op Windows", "Onbekend toestel", "Safari op iPhone"], page.TextsOf("#sessions .t").Order(StringComparer.Ordinal));
        Assert.Contains("23 november 2026 (10:00", page.TextOf("#sessions"), StringComparison.Ordinal);
        Assert.DoesNotContain("script", string.Join(' ', await _factory.ReadAsync(db => db.Sessions.Where(s => s.UserId == user.Id).Select(s => s.Browser + s.System).ToListAsync())), StringComparison.Ordinal);
        Assert.Contains("op 3 plaatsen aangemeld", (await here.GetPageAsync("/account/security")).MainText, StringComparison.Ordinal);

        var phones = page.Document.QuerySelectorAll("#sessions li").Single(li => li.TextContent.Contains("iPhone", StringComparison.Ordinal)).QuerySelector("input[name=session]")!.GetAttribute("value");
        await stranger.PostAsync("/account/sessions/end", ("session", phones));
        Assert.Equal(HttpStatusCode.OK, (await phone.GetPageAsync("/account")).Status);
        var ended = await here.FollowAsync(await here.PostAsync("/account/sessions/end", ("session", phones)));

        Assert.Equal("De sessie is gesloten.", ended.TextOf(".flash"));
        Assert.Equal(2, ended.TextsOf("#sessions .t").Count);
        Assert.StartsWith("/sign-in", (await phone.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await unknown.GetPageAsync("/account")).Status);
        Assert.Equal(1, await AuditsAsync("session.ended", user));
        // Not one's own: the menu does that, and says so.
        var own = await _factory.ReadAsync(db => db.Sessions.Where(s => s.UserId == user.Id && s.Browser == "Firefox").Select(s => s.Id).SingleAsync());
        await here.PostAsync("/account/sessions/end", ("session", own.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await here.GetPageAsync("/account")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EndAll_EndsEveryOtherSession_AndThisOneIfAsked(bool hereToo)
    {
        var user = await _factory.Data.CreateStaffAsync();
        using var here = await _factory.NewClientAsync(user);
        using var there = await _factory.NewClientAsync(user);
        using var third = await _factory.NewClientAsync(user);
        var old = there.Cookies["__Host-session"];
        var own = here.Cookies["__Host-session"];

        var answer = await here.SubmitAsync(await here.GetPageAsync("/account/sessions"), "#end-all", ("here", hereToo ? "true" : null));
        var page = await here.FollowAsync(answer);

        Assert.Equal(hereToo ? "Vous êtes déconnecté partout." : "Toutes vos autres sessions sont fermées.", page.TextOf(".flash"));
        Assert.StartsWith("/sign-in", (await third.GetPageAsync("/admin")).Location, StringComparison.Ordinal);
        // The cookies go on existing where somebody has copied them.
        using var thief = _factory.NewClient();
        foreach (var (cookie, isOver) in ((string, bool)[])[(old, true), (own, hereToo)])
        {
            thief.Cookies["__Host-session"] = cookie;
            Assert.Equal(isOver, (await thief.GetPageAsync("/admin")).Location?.StartsWith("/sign-in", StringComparison.Ordinal) == true);
        }

        Assert.Equal(1, await AuditsAsync("user.sessions-ended", user));
    }

    private async Task<PortalClient> SignedInAsync(TestUser user, string browser)
    {
        var client = _factory.NewClient(user.Language);
        client.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", browser);
        Assert.Equal("/", (await client.SignInByFormAsync(user.Email, TestUser.Password)).Location);
        return client;
    }

    private Task<int> AuditsAsync(string action, TestUser actor) => _factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == action && a.ActorId == actor.Id));

    private async Task<TestUser> MemberAsync(string language = "fr") =>
        await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), language: language);
}
