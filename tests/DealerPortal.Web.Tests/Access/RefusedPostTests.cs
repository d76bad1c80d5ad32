using System.Net;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Access;

/// <summary>
/// A post by a person to whom it is refused does nothing (quality.md S8, the other half of <see cref="AccessMatrixTests"/>), nor
/// does one that does not come from the portal's own page for this very person.
/// </summary>
[Collection(EveryForm.Name)]
public sealed class RefusedPostTests(OwnPortalFixture portal)
{
    private const string Token = "__RequestVerificationToken";
    private const string Cookie = "__Host-antiforgery";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task EveryPost_ByAnotherOrWithAnotherToken_ChangesNothing_AndThenGoesThrough()
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

            AssertSame(before, await StoredRows.ReadAsync(host), $"{route.Key} with another token");

            // Posts to a draft of each test's own name none of the world's: here the owner's is meant.
            var url = route.Pattern.Contains("{draftId:guid}", StringComparison.Ordinal) ? world.Url(route.Pattern) : form.Url;
            var refused = AccessMatrixTests.RefusedBy(route.Key).ToList();
            foreach (var persona in refused)
                await (form with { Url = url }).SendByAsync(world.ClientOf(persona));
            AssertSame(before, await StoredRows.ReadAsync(host), $"{route.Key} by {string.Join(", ", refused)}");

            // It was the token: with the person's own the same post goes through.
            var answer = await form.SendAsync();
            Assert.True((int)answer.Status < 400, $"{route.Key} with the own token: {(int)answer.Status}");
        });
    }

    private static void AssertSame(StoredRows before, StoredRows after, string post)
    {
        var changes = after.ChangesSince(before);
        Assert.True(changes.Count == 0, $"{post}: {string.Join(", ", changes.Select(change => change.Kind))}");
    }

    private static async Task AssertRefusedAsync(FilledForm form, string? token, string route)
    {
        using var content = new FormUrlEncodedContent(form.Fields.Where(field => field.Value is not null)
            .Select(field => KeyValuePair.Create(field.Name, field.Value!)).Concat(token is null ? [] : [KeyValuePair.Create(Token, token)]));
        using var answer = await form.Client.Http.PostAsync(new Uri(form.Url, UriKind.Relative), content);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route} with token «{token}»: {(int)answer.StatusCode}");
    }
}
