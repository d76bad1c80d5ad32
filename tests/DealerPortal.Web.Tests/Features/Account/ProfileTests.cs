using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

public sealed class ProfileTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string NewPassword = "girafe en montgolfière";
    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData("FirstName", "", "Vul de voornaam in.")]
    [InlineData("LastName", "", "Vul de familienaam in.")]
    [InlineData("Phone", "", "Vul een telefoonnummer in.")]
    [InlineData("Phone", "12", "Dit nummer is niet volledig. Voorbeeld: +32 4 000 00 11.")]
    [InlineData("PreferredLanguage", "es", "Kies een taal.")]
    public async Task Save_WhenOneFieldIsWrong_SaysSoThereAndKeepsTheRest(string field, string typed, string message)
    {
        using var client = await _factory.NewClientAsync(await MemberAsync("nl"));
        (string Name, string? Value)[] values = [("FirstName", "Zoë"), ("LastName", "Nieuw"), ("Phone", "+32 9 000 00 21"), ("PreferredLanguage", "de")];

        var page = await client.SubmitAsync(await client.GetPageAsync("/account"), "#profile", [.. values.Where(v => v.Name != field), (field, typed)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([message], page.TextsOf(".error-summary li"));
        Assert.EndsWith(message, page.ErrorOf(field), StringComparison.Ordinal);
        foreach (var (name, value) in values.Where(v => v.Name != field))
            Assert.Equal(value, page.ValueOf(name));
    }

    [Fact]
    public async Task Save_WhenValid_ShowsInTheHeadAtOnceAndInTheNewLanguage()
    {
        var user = await MemberAsync();
        using var client = await _factory.NewClientAsync(user);

        var answer = await client.SubmitAsync(
            await client.GetPageAsync("/account"), "#profile", ("FirstName", " Renée "), ("LastName", "Changé"), ("Phone", "04 000 00 19"), ("PreferredLanguage", "de"));
        var page = await client.FollowAsync(answer);

        Assert.Equal("Ihre Daten sind gespeichert.", page.TextOf(".flash"));
        Assert.Contains("Renée Changé", page.TextOf(".menu-body"), StringComparison.Ordinal);
        var saved = await _factory.ReadAsync(db => db.Users.SingleAsync(u => u.Id == user.Id));
        Assert.Equal(("Renée", "Changé", "+3240000019", "de"), (saved.FirstName, saved.LastName, saved.PhoneNumber, saved.Language));
    }

    [Fact]
    public async Task Save_WhenMoreIsPostedThanTheFormHas_ChangesNothingOfIt()
    {
        var user = await MemberAsync();
        using var client = await _factory.NewClientAsync(user);
        var before = await _factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == user.Id));

        await client.SubmitAsync(
            await client.GetPageAsync("/account"), "#profile",
            ("Phone", "04 000 00 19"), ("StaffRole", "2"), ("Email", "pris@demo.example"), ("NormalizedEmail", "X"), ("PasswordHash", "x"), ("SecurityStamp", "x"), ("Id", "1"), ("UserId", "1"), ("DeactivatedAt", "2026-01-01"), ("Role", "Administrator"));

        var after = await _factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == user.Id));
        Assert.Equal("+3240000019", after.PhoneNumber);
        Assert.Equal(
            (before.StaffRole, before.Email, before.NormalizedEmail, before.PasswordHash, before.SecurityStamp, before.DeactivatedAt),
            (after.StaffRole, after.Email, after.NormalizedEmail, after.PasswordHash, after.SecurityStamp, after.DeactivatedAt));
    }

    [Fact]
    public async Task Profile_IsForStaffToo()
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

        var page = await client.GetPageAsync("/account");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        // No organisation, so neither its users nor its branches.
        Assert.Equal(["Profil et mot de passe", "Sécurité", "Mes données"], page.TextsOf(".tabs a"));
    }

    [Theory]
    [InlineData("", NewPassword, NewPassword, "CurrentPassword", "Indiquez votre mot de passe actuel.")]
    [InlineData("pas le bon du tout", NewPassword, NewPassword, "CurrentPassword", "Ce n’est pas votre mot de passe actuel.")]
    [InlineData(TestUser.Password, "", "", "NewPassword", "Choisissez un mot de passe.")]
    [InlineData(TestUser.Password, "court", "court", "NewPassword", "Ce mot de passe est trop court : il faut 12 caractères au moins.")]
    [InlineData(TestUser.Password, NewPassword, "autre chose encore", "NewPasswordRepeated", "Les deux mots de passe ne sont pas identiques.")]
    public async Task ChangePassword_WhenRefused_SaysWhereAndShowsNoPassword(string current, string chosen, string repeated, string field, string message)
    {
        var user = await MemberAsync();
        using var client = await _factory.NewClientAsync(user);

        var page = await client.SubmitAsync(
            await client.GetPageAsync("/account"), "#password", ("CurrentPassword", current), ("NewPassword", chosen), ("NewPasswordRepeated", repeated));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([message], page.TextsOf(".error-summary li"));
        Assert.EndsWith(message, page.ErrorOf(field), StringComparison.Ordinal);
        Assert.Equal(user.FirstName, page.ValueOf("FirstName"));
        Assert.DoesNotContain(NewPassword, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangePassword_EndsTheOtherSessionsKeepsThisOneAndSaysSoByMail()
    {
        var user = await MemberAsync();
        using var here = await _factory.NewClientAsync(user);
        using var there = await _factory.NewClientAsync(user);
        Assert.Equal(HttpStatusCode.OK, (await there.GetPageAsync("/account")).Status);
        var old = here.Cookies["__Host-session"];

        var answer = await here.SubmitAsync(
            await here.GetPageAsync("/account"), "#password", ("CurrentPassword", TestUser.Password), ("NewPassword", NewPassword), ("NewPasswordRepeated", NewPassword));

        Assert.Equal("Votre mot de passe est changé. Les autres sessions sont fermées.", (await here.FollowAsync(answer)).TextOf(".flash"));
        Assert.StartsWith("/sign-in", (await there.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        there.Cookies["__Host-session"] = old;
        Assert.StartsWith("/sign-in", (await there.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Equal("PasswordChanged", Assert.Single(await _factory.MailsAsync(user.Email)).Kind);
        using var next = _factory.NewClient();
        Assert.Equal(HttpStatusCode.BadRequest, (await next.SignInByFormAsync(user.Email, TestUser.Password)).Status);
        Assert.Equal(HttpStatusCode.Found, (await next.SignInByFormAsync(user.Email, NewPassword)).Status);
    }

    [Fact]
    public async Task ChangePassword_WhenTheCurrentOneIsGuessed_IsThrottledLikeASignIn()
    {
        using var client = await _factory.NewClientAsync(await MemberAsync());
        var page = await client.GetPageAsync("/account");

        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await GuessAsync($"au hasard {i}")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync(TestUser.Password)).Status);
        Task<PortalPage> GuessAsync(string password) =>
            client.SubmitAsync(page, "#password", ("CurrentPassword", password), ("NewPassword", NewPassword), ("NewPasswordRepeated", NewPassword));
    }

    private async Task<TestUser> MemberAsync(string language = "fr") =>
        await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), language: language);
}
