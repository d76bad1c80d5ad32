using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Registration;

/// <summary>From an address to a verified one. The clock moves, so the host is its own.</summary>
public sealed class CodeTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData("fr", "", "Indiquez votre adresse mail.")]
    [InlineData("nl", "", "Vul uw e-mailadres in.")]
    [InlineData("de", "jean.exemple", "Diese E-Mail-Adresse ist nicht vollständig. Beispiel: name@geschaeft.be.")]
    [InlineData("en", "a@b@c.example", "This e-mail address is not complete. Example: name@shop.be.")]
    [InlineData("fr", "jean@demo.example\r\nBcc: x@y.example", "Cette adresse mail n’est pas complète. Exemple : nom@magasin.be.")]
    public async Task Register_WhenTheAddressIsNone_SaysSoAndKeepsIt(string language, string typed, string message)
    {
        using var client = _factory.NewClient(language);

        var page = await client.PostFormAsync("/register", ("Email", typed));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(message, page.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Equal(typed, page.ValueOf("Email"));
    }

    [Fact]
    public async Task Register_WhenTheAddressIsKnown_AnswersTheSameAndSendsAMailThatSaysSo()
    {
        var known = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        var unknown = RegistrationSteps.NewAddress();
        using var first = _factory.NewClient();
        using var second = _factory.NewClient();

        var (one, other) = (await first.PostFormAsync("/register", ("Email", known.Email)), await second.PostFormAsync("/register", ("Email", unknown)));
        var (onePage, otherPage) = (await first.FollowAsync(one), await second.FollowAsync(other));
        var (oneGuess, otherGuess) = (await first.PostFormAsync("/register/code", ("Code", "000000")), await second.PostFormAsync("/register/code", ("Code", "000000")));

        Assert.Equal((one.Status, one.Location), (other.Status, other.Location));
        Assert.Equal(onePage.MainText.Replace(known.Email, "", StringComparison.Ordinal), otherPage.MainText.Replace(unknown, "", StringComparison.Ordinal));
        Assert.Equal(oneGuess.Status, otherGuess.Status);
        Assert.Equal(oneGuess.MainText.Replace(known.Email, "", StringComparison.Ordinal), otherGuess.MainText.Replace(unknown, "", StringComparison.Ordinal));
        Assert.Equal("AddressAlreadyRegistered", Assert.Single(await _factory.MailsAsync(known.Email)).Kind);
        Assert.Equal("RegistrationCode", Assert.Single(await _factory.MailsAsync(unknown)).Kind);
    }

    [Fact]
    public async Task Register_WhenTheAddressIsKnownOrNot_TakesTheSameTime()
    {
        var users = new Queue<string>();
        var organisation = await _factory.Data.CreateOrganisationAsync();
        for (var i = 0; i < 120; i++)
            users.Enqueue((await _factory.Data.CreateMemberAsync(organisation)).Email);

        var ratio = await Timing.RatioAsync(40, () => AskAsync(users.Dequeue()), () => AskAsync(RegistrationSteps.NewAddress()));

        Assert.True(ratio <= 1.2, string.Create(CultureInfo.InvariantCulture, $"The medians differ by {ratio:0.00}."));

        async Task<Func<Task>> AskAsync(string email)
        {
            var client = _factory.NewClient();
            var page = await client.GetPageAsync("/register");
            return async () =>
            {
                using (client)
                    Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, "main form", ("Email", email))).Status);
            };
        }
    }

    [Fact]
    public async Task Verify_WhenTheCodeIsRight_LeadsOnAndIsUsedUp()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.VerifiedAsync(email);
        var registration = await _factory.ReadAsync(db => db.Registrations.SingleAsync(r => r.Email == email));

        Assert.Null(registration.CodeHash);
        Assert.NotNull(registration.VerifiedAt);
        Assert.Equal("/register/organisation", (await client.GetPageAsync("/register/code")).Location);

        // The same code in a browser that did not ask for it opens nothing.
        using var other = _factory.NewClient();
        var replay = await other.PostAsync("/register/code", ("Code", await _factory.LastCodeAsync(email)));
        Assert.Equal("/register", replay.Location);
        Assert.Equal("/register", (await other.GetPageAsync("/register/organisation")).Location);
    }

    [Fact]
    public async Task Verify_WithTheCodeOfAnotherAddressOrOfAnotherBrowser_IsWrong()
    {
        var (email, other) = (RegistrationSteps.NewAddress(), RegistrationSteps.NewAddress());
        using var client = await _factory.AskedAsync(email);
        using var elsewhere = await _factory.AskedAsync(email);
        _factory.Time.Advance(TimeSpan.FromMilliseconds(1));
        var codeElsewhere = await _factory.LastCodeAsync(email);
        // The same browser goes on with another address.
        await client.PostFormAsync("/register", ("Email", other));
        var codeOfOther = await _factory.LastCodeAsync(other);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostFormAsync("/register/code", ("Code", codeElsewhere))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await elsewhere.PostFormAsync("/register/code", ("Code", codeOfOther))).Status);

        Assert.True(await _factory.ReadAsync(db => db.Registrations.Where(r => r.Email == email || r.Email == other).AllAsync(r => r.VerifiedAt == null)));
        Assert.Equal("/register/organisation", (await client.PostFormAsync("/register/code", ("Code", codeOfOther))).Location);
        Assert.Equal(other, await _factory.ReadAsync(db => db.Registrations.Where(r => r.VerifiedAt != null && (r.Email == email || r.Email == other)).Select(r => r.Email).SingleAsync()));
    }

    [Fact]
    public async Task Mails_OfCodesAndResetsTogether_AreFiveInHalfAnHour()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        for (var i = 0; i < 4; i++)
        {
            using var client = _factory.NewClient();
            Assert.Equal("/register/code", (await client.PostFormAsync("/register", ("Email", user.Email))).Location);
            Assert.Equal("/password/sent", (await client.PostFormAsync("/password/forgot", ("Email", user.Email.ToUpperInvariant()))).Location);
        }

        Assert.Equal(5, (await _factory.MailsAsync(user.Email)).Count);
    }

    [Fact]
    public async Task Code_IsNeverStoredInTheClear()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        var code = await _factory.LastCodeAsync(email);

        var hash = (await _factory.ReadAsync(db => db.Registrations.SingleAsync(r => r.Email == email))).CodeHash!;
        var stored = (await _factory.MailsAsync(email))[0].Row.Content!;

        Assert.Equal(64, hash.Length);
        Assert.DoesNotContain(code, hash, StringComparison.Ordinal);
        Assert.DoesNotContain(code, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_WhenOpenedWhereItWasAskedFor_FillsTheCodeInAndConsumesNothing()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        var link = await LinkAsync(email);

        for (var i = 0; i < 8; i++)
        {
            var page = await client.GetPageAsync(link);
            Assert.Equal(await _factory.LastCodeAsync(email), page.ValueOf("Code"));
            Assert.Contains("Il vous reste 5 essais.", page.MainText, StringComparison.Ordinal);
        }

        var answer = await client.SubmitAsync(await client.GetPageAsync(link), "main form");
        Assert.Equal("/register/organisation", answer.Location);
    }

    [Fact]
    public async Task Link_WhenOpenedElsewhere_ShowsTheCodeAndWhereToTypeIt()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        using var elsewhere = _factory.NewClient("nl");

        var page = await elsewhere.GetPageAsync(await LinkAsync(email));

        Assert.Equal("Voer deze code in waar u begonnen bent", page.TextOf("h1"));
        Assert.Equal(await _factory.LastCodeAsync(email), page.TextOf("strong.code"));
        Assert.DoesNotContain(email, page.Body, StringComparison.Ordinal);
        Assert.Null((await _factory.ReadAsync(db => db.Registrations.SingleAsync(r => r.Email == email))).VerifiedAt);
    }

    [Theory]
    [InlineData("", "Un code a six chiffres.")]
    [InlineData("12345", "Un code a six chiffres.")]
    [InlineData("abcdef", "Un code a six chiffres.")]
    [InlineData("<script>alert(1)</script>", "Un code a six chiffres.")]
    public async Task Verify_WhenItIsNoCode_SaysSoAndCostsNoAttempt(string typed, string message)
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);

        var page = await client.PostFormAsync("/register/code", ("Code", typed));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(message, page.ErrorOf("Code"), StringComparison.Ordinal);
        Assert.Equal(typed, page.ValueOf("Code"));
        Assert.Contains("Il vous reste 5 essais.", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhenPastedWithSpaces_Works()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        var code = await _factory.LastCodeAsync(email);

        var answer = await client.PostFormAsync("/register/code", ("Code", $" {code[..3]} {code[3..]} "));

        Assert.Equal("/register/organisation", answer.Location);
    }

    [Fact]
    public async Task Verify_WhenFiftyGuessesComeAtOnce_ComparesFive()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        var code = await _factory.LastCodeAsync(email);
        var token = await client.AntiforgeryTokenAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            var guess = ((int.Parse(code, CultureInfo.InvariantCulture) + 1 + i) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            using var form = new FormUrlEncodedContent([new("Code", guess), new("__RequestVerificationToken", token)]);
            using var response = await client.Http.PostAsync(new Uri("/register/code", UriKind.Relative), form);
            return response.StatusCode;
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.BadRequest, status));
        Assert.Equal(5, (await _factory.ReadAsync(db => db.Registrations.SingleAsync(r => r.Email == email))).FailedAttempts);
        var right = await client.PostFormAsync("/register/code", ("Code", code));
        Assert.Equal(HttpStatusCode.BadRequest, right.Status);
        Assert.Contains("après cinq essais", right.ErrorOf("Code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AfterAQuarterOfAnHour_AsksForANewCode()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        var code = await _factory.LastCodeAsync(email);

        _factory.Time.Advance(Core.Accounts.Registration.CodeLifetime);
        var page = await client.PostFormAsync("/register/code", ("Code", code));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("plus de 15 minutes", page.ErrorOf("Code"), StringComparison.Ordinal);
        Assert.Equal("/register/code", (await client.SubmitAsync(page, "#resend")).Location);
        Assert.Equal("/register/organisation", (await client.PostFormAsync("/register/code", ("Code", await _factory.LastCodeAsync(email)))).Location);
    }

    [Fact]
    public async Task Resend_WithinAMinute_SendsNothing_AndAfterItReplacesTheCode()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        var first = await _factory.LastCodeAsync(email);

        var early = await client.FollowAsync(await client.PostAsync("/register/code/resend"));
        Assert.Contains("une minute après", early.TextOf(".flash"), StringComparison.Ordinal);
        await client.PostFormAsync("/register", ("Email", email));
        Assert.Single(await _factory.MailsAsync(email));

        _factory.Time.Advance(Core.Accounts.Registration.ResendAfter);
        var late = await client.FollowAsync(await client.PostAsync("/register/code/resend"));
        Assert.Contains("Un nouveau mail est en route", late.TextOf(".flash"), StringComparison.Ordinal);
        var second = await _factory.LastCodeAsync(email);
        Assert.Equal(2, (await _factory.MailsAsync(email)).Count);
        if (first != second)
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostFormAsync("/register/code", ("Code", first))).Status);
        Assert.Equal("/register/organisation", (await client.PostFormAsync("/register/code", ("Code", second))).Location);
    }

    [Fact]
    public async Task Resend_WhenSixAreAskedForInHalfAnHour_SendsFiveAndLeavesTheLastValid()
    {
        var email = RegistrationSteps.NewAddress();
        using var client = await _factory.AskedAsync(email);
        PortalPage? fifth = null;
        for (var i = 2; i <= 5; i++)
        {
            _factory.Time.Advance(TimeSpan.FromSeconds(61));
            fifth = await client.FollowAsync(await client.PostAsync("/register/code/resend"));
        }

        _factory.Time.Advance(TimeSpan.FromSeconds(61));
        var sixth = await client.FollowAsync(await client.PostAsync("/register/code/resend"));
        using var elsewhere = await _factory.AskedAsync(email);

        Assert.Equal(5, (await _factory.MailsAsync(email)).Count);
        Assert.Equal(fifth!.MainText, sixth.MainText);
        Assert.Equal("/register/organisation", (await client.PostFormAsync("/register/code", ("Code", await _factory.LastCodeAsync(email)))).Location);

        _factory.Time.Advance(MailAllowance.Window);
        using var later = await _factory.AskedAsync(email);
        Assert.Equal(6, (await _factory.MailsAsync(email)).Count);
    }

    [Fact]
    public async Task Register_WhenTwentyBrowsersAskAtOnce_SendsFiveMails()
    {
        var email = RegistrationSteps.NewAddress();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var client = await _factory.AskedAsync(email);
        }));

        Assert.Equal(5, (await _factory.MailsAsync(email)).Count);
    }

    [Fact]
    public async Task Remove_AfterSevenDays_TakesUnfinishedRegistrationsAndLeavesYoungerOnes()
    {
        var (old, young) = (RegistrationSteps.NewAddress(), RegistrationSteps.NewAddress());
        using var first = await _factory.AskedAsync(old);
        _factory.Time.Advance(ExpiredAccounts.RegistrationLifetime - TimeSpan.FromHours(1));
        using var second = await _factory.AskedAsync(young);
        await RunAsync();
        Assert.Equal(2, await CountAsync());

        _factory.Time.Advance(TimeSpan.FromHours(2));
        await RunAsync();

        Assert.Equal(1, await CountAsync());
        Task<int> CountAsync() => _factory.ReadAsync(db => db.Registrations.CountAsync(r => r.Email == old || r.Email == young));
        Task RunAsync() => _factory.Services.GetRequiredService<AccountsHousekeeping>().RunOnceAsync(CancellationToken.None);
    }

    private async Task<string> LinkAsync(string email) =>
        Assert.Single(await _factory.MailsAsync(email)).Links.First(l => l.Contains("/register/code", StringComparison.Ordinal)).Replace(PortalFactory.Host, "", StringComparison.Ordinal);
}
