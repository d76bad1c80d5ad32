using System.Net;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Access;

/// <summary>A post that does not come from the portal's own page for this very person does nothing.</summary>
[Collection(EveryForm.Name)]
public sealed class AntiforgeryTests(OwnPortalFixture portal)
{
    private const string Token = "__RequestVerificationToken";
    private const string Cookie = "__Host-antiforgery";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task EveryPost_WithoutOrWithAForeignToken_Is400AndChangesNothing()
    {
        Assert.NotEmpty(EveryForm.RoutesOf(_factory));

        await EveryForm.OverAsync(_factory, async (host, route) =>
        {
            using var world = await AccessWorld.CreateAsync(host);
            var form = await FilledForms.OfAsync(route.Key, world, host);
            await form.Client.AntiforgeryTokenAsync();
            var foreigner = world.ClientOf(Persona.ForeignAdministrator);
            var foreignToken = await foreigner.AntiforgeryTokenAsync();
            var before = await StoredRows.ReadAsync(host);

            foreach (var token in (string?[])[null, foreignToken, "CfDJ8-no-token"])
                await AssertRefusedAsync(form, token, route.Key);

            // With the foreigner's cookie beside the foreigner's token they fit each other, and still not the person.
            var own = form.Client.Cookies[Cookie];
            if (form.Client.Cookies.ContainsKey("__Host-session"))
            {
                form.Client.Cookies[Cookie] = foreigner.Cookies[Cookie];
                await AssertRefusedAsync(form, foreignToken, route.Key);
                form.Client.Cookies[Cookie] = own;
            }

            Assert.Empty((await StoredRows.ReadAsync(host)).ChangesSince(before));
            // It was the token: with the person's own the same post goes through.
            var answer = await form.SendAsync();
            Assert.True((int)answer.Status < 400, $"{route.Key} with the own token: {(int)answer.Status}");
        });
    }

    private static async Task AssertRefusedAsync(FilledForm form, string? token, string route)
    {
        using var content = new FormUrlEncodedContent(form.Fields.Where(field => field.Value is not null)
            .Select(field => KeyValuePair.Create(field.Name, field.Value!)).Concat(token is null ? [] : [KeyValuePair.Create(Token, token)]));
        using var answer = await form.Client.Http.PostAsync(new Uri(form.Url, UriKind.Relative), content);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route} with token «{token}»: {(int)answer.StatusCode}");
    }
}
