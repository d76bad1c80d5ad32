using System.Net;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Access;

/// <summary>A post that does not come from the portal's own page for this very person does nothing.</summary>
public sealed class AntiforgeryTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task EveryPost_WithoutOrWithAForeignToken_Is400()
    {
        using var world = await AccessWorld.CreateAsync(portal.Factory);
        var foreignToken = await world.ClientOf(Persona.ForeignAdministrator).AntiforgeryTokenAsync();
        var routes = Route.AllOf(portal.Factory).Where(route => route.Method != "GET").ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            var url = Route.Fill(route.Pattern, world.RouteValues);
            var persona = url.StartsWith("/admin", StringComparison.Ordinal) ? Persona.Support
                : url.StartsWith("/account", StringComparison.Ordinal) ? Persona.Administrator
                : Persona.Owner;
            var client = world.ClientOf(persona);
            await client.AntiforgeryTokenAsync();
            foreach (var token in (string?[])[null, foreignToken, "CfDJ8-no-token"])
            {
                using var content = new FormUrlEncodedContent(token is null ? [] : [KeyValuePair.Create("__RequestVerificationToken", token)]);
                using var answer = await client.Http.PostAsync(new Uri(url, UriKind.Relative), content);

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route.Key} as {persona} with token «{token}»: {(int)answer.StatusCode}");
            }
        }
    }
}
