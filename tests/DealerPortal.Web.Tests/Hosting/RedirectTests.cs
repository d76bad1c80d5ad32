using System.Net;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Hosting;

/// <summary>Wherever a target comes from input, it stays within the portal and never breaks the page.</summary>
public sealed class RedirectTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    public static TheoryData<string> ForeignTargets =>
    [
        "//evil.example", @"/\evil.example", @"\\evil.example", "https://evil.example", "http:evil.example", "javascript:alert(1)",
        "/\t/evil.example", " //evil.example", "/%0d%0aSet-Cookie:x=y", "/\r\nX-Evil: 1", "evil.example", "~//evil.example", "/é//", "",
    ];

    [Theory]
    [MemberData(nameof(ForeignTargets))]
    public async Task Language_StaysInThePortal(string target)
    {
        using var client = portal.Factory.NewClient();

        var page = await client.PostAsync("/language", ("language", "nl"), ("returnUrl", target));

        AssertLocal(page);
    }

    [Theory]
    [MemberData(nameof(ForeignTargets))]
    public async Task SignIn_StaysInThePortal(string target)
    {
        var user = await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync());
        using var client = portal.Factory.NewClient();

        var page = await client.PostFormAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(target), ("Email", user.Email), ("Password", TestUser.Password));

        AssertLocal(page);
        // Asked again while signed in, the page itself redirects.
        AssertLocal(await client.GetPageAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(target)));
    }

    [Fact]
    public async Task SignIn_ComesBackToThePageThatWasWanted()
    {
        var user = await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync());
        using var client = portal.Factory.NewClient();

        var refused = await client.GetPageAsync("/dossiers?status=Completed");
        var page = await client.PostFormAsync(refused.Location!, ("Email", user.Email), ("Password", TestUser.Password));

        Assert.Equal("/dossiers?status=Completed", page.Location);
    }

    private static void AssertLocal(PortalPage page)
    {
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        var location = page.Headers.Location!.OriginalString;
        Assert.True(location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) && !location.StartsWith(@"/\", StringComparison.Ordinal), location);
        Assert.False(page.Headers.Contains("X-Evil"));
        Assert.DoesNotContain("evil.example", location.Split('?')[0].Split('/')[1], StringComparison.Ordinal);
    }
}
