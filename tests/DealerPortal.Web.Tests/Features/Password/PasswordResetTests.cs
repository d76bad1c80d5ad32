using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Registration;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Password;

/// <summary>The clock moves, so the host is its own.</summary>
public sealed class PasswordResetTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string NewPassword = "girafe en montgolfière";
    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData("fr", "", "Indiquez votre adresse mail.")]
    [InlineData("nl", "jan@", "Dit e-mailadres is niet volledig. Voorbeeld: naam@winkel.be.")]
    [InlineData("de", "", "Geben Sie Ihre E-Mail-Adresse ein.")]
    [InlineData("en", "x", "This e-mail address is not complete. Example: name@shop.be.")]
    public async Task Forgot_WhenTheAddressIsNone_SaysSoAndKeepsIt(string language, string typed, string message)
    {
        using var client = _factory.NewClient(language);

        var page = await client.PostFormAsync("/password/forgot", ("Email", typed));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(message, page.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Equal(typed, page.ValueOf("Email"));
    }

    [Fact]
    public async Task Reset_SetsThePasswordOnceAndEndsEverySession()
    {
        var user = await MemberAsync();
        using var open = await _factory.NewClientAsync(user);
        using var client = _factory.NewClient();
        var link = await AskAsync(client, user.Email);

        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(link)).Status);
        var answer = await client.PostFormAsync(link, ("Password", NewPassword), ("PasswordRepeated", NewPassword));

        Assert.Equal("/sign-in", answer.Location);
        Assert.Contains("Votre mot de passe est changé", (await client.FollowAsync(answer)).TextOf(".flash"), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await open.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Single(await _factory.MailsAsync(user.Email), m => m.Kind == "PasswordChanged");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SignInByFormAsync(user.Email, TestUser.Password)).Status);
        Assert.Equal(HttpStatusCode.Found, (await client.SignInByFormAsync(user.Email, NewPassword)).Status);

        using var replay = _factory.NewClient();
        Assert.Contains("Ce lien ne fonctionne plus", (await replay.GetPageAsync(link)).MainText, StringComparison.Ordinal);
        var token = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..];
        var again = await replay.PostAsync("/password/reset", ("Token", token), ("Password", "encore un autre essai"), ("PasswordRepeated", "encore un autre essai"));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Equal(HttpStatusCode.Found, (await replay.SignInByFormAsync(user.Email, NewPassword)).Status);
    }

    [Fact]
    public async Task Reset_WhenOneLinkIsUsed_TheOthersAreToo()
    {
        var user = await MemberAsync();
        using var client = _factory.NewClient();
        var (first, second) = (await AskAsync(client, user.Email), await AskAsync(client, user.Email));
        Assert.NotEqual(first, second);

        await client.PostFormAsync(second, ("Password", NewPassword), ("PasswordRepeated", NewPassword));

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetPageAsync(first)).Status);
    }

    [Fact]
    public async Task Reset_AfterAnHour_IsOver()
    {
        var user = await MemberAsync();
        using var client = _factory.NewClient();
        var link = await AskAsync(client, user.Email);

        _factory.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(link)).Status);
        _factory.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("Ce lien ne fonctionne plus", (await client.GetPageAsync(link)).MainText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("court", "court", "Password", "Ce mot de passe est trop court : il faut 12 caractères au moins.")]
    [InlineData("password1234", "password1234", "Password", "Ce mot de passe est trop facile à deviner. Choisissez-en un autre, par exemple une phrase.")]
    [InlineData("Jean Exempla77", "autre", "PasswordRepeated", "Les deux mots de passe ne sont pas identiques.")]
    public async Task Reset_WhenThePasswordIsRefused_SaysWhyAndLeavesTheLinkOpen(string password, string repeated, string field, string message)
    {
        var user = await MemberAsync();
        using var client = _factory.NewClient();
        var link = await AskAsync(client, user.Email);

        var page = await client.PostFormAsync(link, ("Password", password), ("PasswordRepeated", repeated));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(message, page.ErrorOf(field), StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await client.SubmitAsync(page, "#reset", ("Password", NewPassword), ("PasswordRepeated", NewPassword))).Location);
    }

    [Fact]
    public async Task Forgot_WhenTheAddressIsNobodys_AnswersTheSameAndSendsNothing()
    {
        var user = await MemberAsync();
        using var client = _factory.NewClient();

        var known = await client.PostFormAsync("/password/forgot", ("Email", user.Email));
        var unknown = await client.PostFormAsync("/password/forgot", ("Email", "rien-ici@demo-electro.example"));

        Assert.Equal((known.Status, known.Location), (unknown.Status, unknown.Location));
        Assert.Empty(await _factory.MailsAsync("rien-ici@demo-electro.example"));
        Assert.Equal(HttpStatusCode.OK, (await client.FollowAsync(known)).Status);
    }

    [Fact]
    public async Task Forgot_WhenTheAddressIsKnownOrNot_TakesTheSameTime()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var users = new Queue<string>();
        for (var i = 0; i < 120; i++)
            users.Enqueue((await _factory.Data.CreateMemberAsync(organisation)).Email);

        var ratio = await Timing.RatioAsync(40, () => AskAsync(users.Dequeue()), () => AskAsync(RegistrationSteps.NewAddress()));

        Assert.True(ratio <= 1.2, string.Create(CultureInfo.InvariantCulture, $"The medians differ by {ratio:0.00}."));

        async Task<Func<Task>> AskAsync(string email)
        {
            var client = _factory.NewClient();
            var page = await client.GetPageAsync("/password/forgot");
            return async () =>
            {
                using (client)
                    Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, "main form", ("Email", email))).Status);
            };
        }
    }

    [Fact]
    public async Task Forgot_WhenSixAreAskedFor_SendsFiveAndTheLastLinkWorks()
    {
        var user = await MemberAsync();
        using var client = _factory.NewClient();
        var link = "";
        for (var i = 0; i < 5; i++)
            link = await AskAsync(client, user.Email);

        var sixth = await client.PostFormAsync("/password/forgot", ("Email", user.Email));

        Assert.Equal("/password/sent", sixth.Location);
        Assert.Equal(5, (await _factory.MailsAsync(user.Email)).Count);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync(link)).Status);
    }

    [Fact]
    public async Task Token_IsNotStored()
    {
        var user = await MemberAsync();
        using var client = _factory.NewClient();
        var link = await AskAsync(client, user.Email);
        var token = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..];

        var row = await _factory.ReadAsync(db => db.Set<PasswordReset>().SingleAsync(r => r.UserId == user.Id));

        Assert.NotEqual(token, row.TokenHash);
        Assert.True((await _factory.MailsAsync(user.Email))[0].Row.IsSecret);
    }

    private async Task<TestUser> MemberAsync() => await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());

    private async Task<string> AskAsync(PortalClient client, string email)
    {
        Assert.Equal("/password/sent", (await client.PostFormAsync("/password/forgot", ("Email", email))).Location);
        _factory.Time.Advance(TimeSpan.FromMilliseconds(1));
        return (await _factory.MailsAsync(email))[^1].Links.First(l => l.Contains("/password/reset", StringComparison.Ordinal));
    }
}
