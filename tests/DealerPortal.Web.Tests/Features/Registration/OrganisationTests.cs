using System.Buffers.Binary;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using static DealerPortal.Web.Tests.Features.Registration.RegistrationSteps;

namespace DealerPortal.Web.Tests.Features.Registration;

public sealed class OrganisationTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Script = "<script>alert(1)</script>";
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Choose_WhenTheAddressIsNotVerified_LeadsToTheBeginning()
    {
        using var client = await _factory.AskedAsync(NewAddress());

        Assert.Equal("/register", (await client.GetPageAsync("/register/organisation?q=demo")).Location);
        Assert.Equal("/register", (await client.GetPageAsync("/register/organisation/new")).Location);
        Assert.Equal("/register", (await client.PostAsync("/register/organisation", [("OrganisationId", "1"), .. Person()])).Location);
        Assert.Equal("/register", (await client.PostAsync("/register/organisation/new", [.. Organisation(NewVat()), .. Person()])).Location);
    }

    [Fact]
    public async Task Search_FindsByNameTownAndVatNumber_FromThreeLettersAndTenAtMost()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync("Zyxwélectro Vvqrs", town: "Malmédyville");
        for (var i = 0; i < 12; i++)
            await _factory.Data.CreateOrganisationAsync($"Qwxzkette {i}");
        using var client = await _factory.VerifiedAsync(NewAddress());

        Assert.Empty(await FoundAsync("zy"));
        Assert.Equal([$"{organisation.Id}"], await FoundAsync("zyxwelec"));
        Assert.Equal([$"{organisation.Id}"], await FoundAsync("VVQ zyx"));
        Assert.Equal([$"{organisation.Id}"], await FoundAsync("malmedyv"));
        Assert.Equal([$"{organisation.Id}"], await FoundAsync(organisation.VatNumber));
        Assert.Equal([$"{organisation.Id}"], await FoundAsync(organisation.VatNumber[2..]));
        Assert.Equal(10, (await FoundAsync("qwxzkette")).Count);
        Assert.Empty(await FoundAsync("zyxwelec nulle-part"));
        // Wider: any word will do, and the number as the country writes it.
        Assert.Equal([$"{organisation.Id}"], await FoundAsync("zyxwelec nulle-part", wider: true));
        Assert.True(VatNumber.TryParse(organisation.VatNumber, out var vat));
        Assert.Equal([$"{organisation.Id}"], await FoundAsync(vat.Display, wider: true));

        async Task<IReadOnlyList<string>> FoundAsync(string query, bool wider = false)
        {
            var page = await client.GetPageAsync($"/register/organisation?{(wider ? "wider=true&" : "")}q={Uri.EscapeDataString(query)}");
            Assert.Equal(query, page.ValueOf("q"));
            return [.. page.Document.QuerySelectorAll("[name=OrganisationId]").Select(e => e.GetAttribute("value")!)];
        }
    }

    [Fact]
    public async Task Search_WhenAskedByTheScript_AnswersWithTheListAlone()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync("Kfragmentus SRL");
        using var client = await _factory.VerifiedAsync(NewAddress());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/register/organisation?q=kfragmentus");
        request.Headers.Add("X-Requested-With", "fetch");

        using var response = await client.Http.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("<html", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"value=\"{organisation.Id}\"", html, StringComparison.Ordinal);
        Assert.Contains("data-live-status", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Choisissez votre organisation.", "Indiquez le prénom.", "Indiquez le nom de famille.", "Indiquez un numéro de téléphone.", "Choisissez un mot de passe.")]
    [InlineData("nl", "Kies uw organisatie.", "Vul de voornaam in.", "Vul de familienaam in.", "Vul een telefoonnummer in.", "Kies een wachtwoord.")]
    [InlineData("de", "Wählen Sie Ihre Organisation.", "Geben Sie den Vornamen ein.", "Geben Sie den Nachnamen ein.", "Geben Sie eine Telefonnummer ein.", "Wählen Sie ein Passwort.")]
    [InlineData("en", "Choose your organisation.", "Enter the first name.", "Enter the last name.", "Enter a phone number.", "Choose a password.")]
    public async Task Join_WhenNothingIsFilledIn_SaysSoForEachFieldInItsOrder(string language, params string[] messages)
    {
        using var client = await _factory.VerifiedAsync(NewAddress(), language);

        var page = await client.PostFormAsync("/register/organisation");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(messages, page.TextsOf(".error-summary li"));
        Assert.EndsWith(messages[1], page.ErrorOf("FirstName"), StringComparison.Ordinal);
        Assert.EndsWith(messages[4], page.ErrorOf("Password"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FirstName", "", "Indiquez le prénom.")]
    [InlineData("FirstName", " \r\n\t ", "Indiquez le prénom.")]
    [InlineData("LastName", "1234567890123456789012345678901234567890123456789012345678901", "60 caractères au plus.")]
    [InlineData("Phone", "quatre", "Ce numéro n’est pas complet. Exemple : +32 4 000 00 11.")]
    [InlineData("Phone", "0400", "Ce numéro n’est pas complet. Exemple : +32 4 000 00 11.")]
    [InlineData("Password", "trop court", "Ce mot de passe est trop court : il faut 12 caractères au moins.")]
    [InlineData("Password", "motdepasse123", "Ce mot de passe est trop facile à deviner. Choisissez-en un autre, par exemple une phrase.")]
    [InlineData("Password", "Nora Spécimen", "Ce mot de passe reprend votre nom, votre adresse ou votre organisation. Choisissez-en un autre.")]
    [InlineData("Password", "Tartempion Électro", "Ce mot de passe reprend votre nom, votre adresse ou votre organisation. Choisissez-en un autre.")]
    [InlineData("PasswordRepeated", "", "Confirmez le mot de passe.")]
    [InlineData("PasswordRepeated", "tournesol bicyclette 59", "Les deux mots de passe ne sont pas identiques.")]
    public async Task Join_WhenOneFieldIsWrong_SaysSoThereAndKeepsTheRest(string field, string typed, string message)
    {
        var organisation = await _factory.Data.CreateOrganisationAsync("Tartempion Électro");
        using var client = await _factory.VerifiedAsync(NewAddress());
        var values = Person().Where(v => v.Name != field).Append((Name: field, Value: typed)).Append((Name: "OrganisationId", Value: $"{organisation.Id}"));
        if (field == "Password")
            values = values.Where(v => v.Name != "PasswordRepeated").Append((Name: "PasswordRepeated", Value: typed));

        var page = await client.PostFormAsync("/register/organisation", [.. values]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([message], page.TextsOf(".error-summary li"));
        Assert.EndsWith(message, page.ErrorOf(field), StringComparison.Ordinal);
        Assert.Equal($"{organisation.Id}", page.Document.QuerySelector("[name=OrganisationId][checked]")!.GetAttribute("value"));
        foreach (var (name, value) in Person().Where(v => v.Name != field))
            Assert.Equal(name.StartsWith("Password", StringComparison.Ordinal) ? "" : value, page.ValueOf(name));
        Assert.StartsWith("Erreur", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_WhenValid_LeadsToTheWaitingPageAndTellsBothSides()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var first = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, language: "nl");
        var second = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var employee = await _factory.Data.CreateMemberAsync(organisation);
        var email = NewAddress();

        using var client = await _factory.JoinedAsync(email, organisation.Id);
        var page = await client.GetPageAsync("/pending");

        Assert.Equal("Votre demande attend une décision", page.TextOf("h1"));
        Assert.Contains(organisation.Name, page.MainText, StringComparison.Ordinal);
        Assert.Contains(await _factory.MailsAsync(email), m => m.Kind == "MembershipRequestReceived");
        var mail = Assert.Single(await _factory.MailsAsync(first.Email));
        Assert.Equal(("MembershipRequested", "nl"), (mail.Kind, mail.Row.Language));
        var membership = await MembershipOfAsync(email);
        Assert.Contains($"/account/users/{membership.Id}", mail.Links);
        Assert.Single(await _factory.MailsAsync(second.Email));
        Assert.Empty(await _factory.MailsAsync(employee.Email));
        Assert.Equal((MembershipStatus.Pending, MembershipRole.Employee), (membership.Status, membership.Role));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dossiers")]
    [InlineData("/account/users")]
    [InlineData("/account/branches")]
    [InlineData("/account")]
    public async Task Pending_SeesTheWaitingPageAlone(string url)
    {
        var pending = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), MembershipRole.Administrator, MembershipStatus.Pending);
        using var client = await _factory.NewClientAsync(pending);

        var page = await client.GetPageAsync(url);

        Assert.Equal("/pending", page.Location);
    }

    [Theory]
    [InlineData(MembershipStatus.Refused, "Votre demande a été refusée")]
    [InlineData(MembershipStatus.Deactivated, "Votre accès a été retiré")]
    [InlineData(null, "Vous n’appartenez à aucune organisation")]
    public async Task Pending_SaysWhyAndLetsAnotherOrganisationBeChosenWithoutAskingTheDataAgain(MembershipStatus? status, string title)
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var other = await _factory.Data.CreateOrganisationAsync();
        var user = status is { } known ? await _factory.Data.CreateMemberAsync(organisation, status: known) : await _factory.Data.CreateUserAsync();
        using var client = await _factory.NewClientAsync(user);

        var page = await client.GetPageAsync("/pending");
        Assert.Equal(title, page.TextOf("h1"));
        var choose = await client.GetPageAsync($"/register/organisation?q={Uri.EscapeDataString(other.Name)}");
        Assert.Null(choose.Document.QuerySelector("[name=Password]"));
        Assert.Equal("/pending", (await client.SubmitAsync(choose, "#join", ("OrganisationId", $"{other.Id}"))).Location);
        Assert.Equal("Votre demande attend une décision", (await client.GetPageAsync("/pending")).TextOf("h1"));

        if (status is not null)
        {
            var again = await client.PostFormAsync("/register/organisation", ("OrganisationId", $"{organisation.Id}"));
            Assert.Equal(HttpStatusCode.BadRequest, again.Status);
            Assert.Contains("déjà demandé", again.TextOf(".error-summary"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Vat", "", "Indiquez le numéro de TVA.")]
    [InlineData("Vat", "BE0999000128", "Ce numéro de TVA contient une faute : ses chiffres de contrôle ne correspondent pas.")]
    [InlineData("Vat", "FR12345678901", "Ce numéro de TVA contient une faute : ses chiffres de contrôle ne correspondent pas.")]
    [InlineData("Name", "", "Indiquez le nom de l’organisation.")]
    [InlineData("Street", "", "Indiquez la rue et le numéro.")]
    [InlineData("PostalCode", "", "Indiquez le code postal.")]
    [InlineData("PostalCode", "40000", "Un code postal a quatre chiffres.")]
    [InlineData("PostalCode", "L-14", "Un code postal a quatre chiffres.")]
    [InlineData("Town", "", "Indiquez la localité.")]
    [InlineData("Country", "FR", "Choisissez la Belgique ou le Luxembourg.")]
    [InlineData("BranchPhone", "abc", "Ce numéro n’est pas complet. Exemple : +32 4 000 00 11.")]
    public async Task Create_WhenOneFieldIsWrong_SaysSoThereAndKeepsTheRest(string field, string typed, string message)
    {
        using var client = await _factory.VerifiedAsync(NewAddress());
        var values = Organisation(NewVat()).Concat(Person()).Where(v => v.Name != field).Append((Name: field, Value: typed)).ToArray();

        var page = await client.PostFormAsync("/register/organisation/new", values);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal([message], page.TextsOf(".error-summary li"));
        Assert.EndsWith(message, page.ErrorOf(field), StringComparison.Ordinal);
        foreach (var (name, value) in values.Where(v => v.Name != field && !v.Name.StartsWith("Password", StringComparison.Ordinal)))
            Assert.Equal(value, page.ValueOf(name));
    }

    [Fact]
    public async Task Create_WhenValid_MakesAnAdministratorWhoIsSignedInAtOnce()
    {
        var (email, vat) = (NewAddress(), NewVat());
        using var client = await _factory.VerifiedAsync(email);

        var answer = await client.PostFormAsync("/register/organisation/new", [.. Organisation(vat), .. Person()]);

        Assert.Equal("/", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account/users")).Status);
        var organisation = await _factory.ReadAsync(db => db.Organisations.SingleAsync(o => o.VatNumber == vat));
        Assert.Null(organisation.ConfirmedAt);
        var membership = await MembershipOfAsync(email);
        Assert.Equal((organisation.Id, MembershipRole.Administrator, MembershipStatus.Approved), (membership.OrganisationId, membership.Role, membership.Status));
        var user = await _factory.ReadAsync(db => db.Users.SingleAsync(u => u.Email == email));
        Assert.Equal(("+3240000014", StaffRole.None, true), (user.PhoneNumber, user.StaffRole, user.EmailConfirmed));
        Assert.Contains(await _factory.MailsAsync(email), m => m.Kind == "OrganisationCreated");

        // Others find it at once, and the registration is used up.
        using var colleague = await _factory.VerifiedAsync(NewAddress());
        var found = await colleague.GetPageAsync($"/register/organisation?q={vat}");
        Assert.NotNull(found.Document.QuerySelector($"[name=OrganisationId][value='{organisation.Id}']"));
        using var other = _factory.NewClient();
        Assert.Equal("/", (await other.SignInByFormAsync(email, RegistrationSteps.Password)).Location);
    }

    [Fact]
    public async Task Create_WhenTheVatNumberIsKnown_OffersJoiningAtTheCheckAndAtTheEnd()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync("Déjà Là SRL");
        using var client = await _factory.VerifiedAsync(NewAddress());
        var typed = organisation.VatNumber.Insert(2, " ").ToLowerInvariant();

        var check = await client.PostAsync("/register/organisation/new/check", [.. Organisation(typed), .. Person()]);
        var end = await client.PostFormAsync("/register/organisation/new", [.. Organisation(typed), .. Person()]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (check.Status, end.Status));
        foreach (var page in new[] { check, end })
        {
            Assert.Contains("Cette organisation existe déjà : Déjà Là SRL, 4000 Liège.", page.MainText, StringComparison.Ordinal);
            Assert.Equal("Rue de la Démo 1", page.ValueOf("Street"));
            var choose = await client.GetPageAsync(page.Document.QuerySelector(".notice a.btn")!.GetAttribute("href")!);
            Assert.Equal($"{organisation.Id}", choose.Document.QuerySelector("[name=OrganisationId][checked]")!.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task Create_WhenTenPeopleHaveOneVatNumberAtOnce_MakesOneOrganisation()
    {
        var vat = NewVat();
        var clients = new List<(PortalClient Client, PortalPage Page)>();
        for (var i = 0; i < 10; i++)
        {
            var client = await _factory.VerifiedAsync(NewAddress());
            clients.Add((client, await client.GetPageAsync("/register/organisation/new")));
        }

        var answers = await Task.WhenAll(clients.Select(c => c.Client.SubmitAsync(c.Page, "#create", [.. Organisation(vat), .. Person()])));

        Assert.Single(answers, a => a.Location == "/");
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.BadRequest && a.MainText.Contains("Rejoindre cette organisation", StringComparison.Ordinal)));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Organisations.CountAsync(o => o.VatNumber == vat)));
        clients.ForEach(c => c.Client.Dispose());
    }

    [Fact]
    public async Task Create_WhenSentTwiceAtOnce_MakesOneAccount()
    {
        var (email, vat) = (NewAddress(), NewVat());
        using var client = await _factory.VerifiedAsync(email);
        var page = await client.GetPageAsync("/register/organisation/new");

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.SubmitAsync(page, "#create", [.. Organisation(vat), .. Person()])));

        Assert.Equal(1, await _factory.ReadAsync(db => db.Users.CountAsync(u => u.Email == email)));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Organisations.CountAsync(o => o.VatNumber == vat)));
    }

    [Fact]
    public async Task Join_StoresThePasswordAsASlowHash()
    {
        using var factory = new PortalFactory { HasCostlyPasswords = true };
        var (email, organisation) = (NewAddress(), await factory.Data.CreateOrganisationAsync());
        using var client = await factory.JoinedAsync(email, organisation.Id);

        var hash = Convert.FromBase64String((await factory.ReadAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.PasswordHash).SingleAsync()))!);

        // Identity's format 1: which function (2 is HMAC-SHA512), iterations, length of the salt.
        Assert.Equal((1, 2u), (hash[0], BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1))));
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)) >= 220_000);
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)) >= 16);
    }

    [Fact]
    public async Task Join_WhenMoreIsPostedThanTheFormHas_ChangesNothingOfIt()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var (email, victim) = (NewAddress(), await _factory.Data.CreateMemberAsync(organisation));
        using var client = await _factory.VerifiedAsync(email);

        await client.PostFormAsync("/register/organisation",
        [
            ("OrganisationId", $"{organisation.Id}"), .. Person(), ("Role", "Administrator"), ("Status", "Approved"), ("StaffRole", "PortalAdministrator"), ("User.StaffRole", "2"),
            ("Email", victim.Email), ("UserId", $"{victim.Id}"), ("Id", $"{victim.Id}"), ("DecidedById", "1"), ("ConfirmedAt", "2026-01-01"), ("Registration.Email", victim.Email), ("IsMember", "true"),
        ]);

        var user = await _factory.ReadAsync(db => db.Users.SingleAsync(u => u.Email == email));
        var membership = await MembershipOfAsync(email);
        Assert.Equal(StaffRole.None, user.StaffRole);
        Assert.Equal((MembershipRole.Employee, MembershipStatus.Pending, (int?)null), (membership.Role, membership.Status, membership.DecidedById));
    }

    [Fact]
    public async Task Create_WhenNamesHoldScriptsAndLineBreaks_ShowsThemAsTextOnOneLine()
    {
        var (email, vat) = (NewAddress(), NewVat());
        using var client = await _factory.VerifiedAsync(email);
        var values = Organisation(vat).Concat(Person()).Where(v => v.Name is not ("Name" or "FirstName" or "LastName" or "Street" or "Town"))
            .Concat([("Name", Script + "\r\nBcc: x@y.example"), ("FirstName", "Zoé\r\nBcc: x@y.example"), ("LastName", Script), ("Street", Script), ("Town", Script)]);

        Assert.Equal("/", (await client.PostFormAsync("/register/organisation/new", [.. values])).Location);

        foreach (var url in new[] { "/account", "/account/users", "/account/branches" })
        {
            var page = await client.GetPageAsync(url);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain(Script, page.Body, StringComparison.Ordinal);
            Assert.Contains(Script, page.Document.Body!.TextContent, StringComparison.Ordinal);
        }

        var user = await _factory.ReadAsync(db => db.Users.SingleAsync(u => u.Email == email));
        Assert.Equal("Zoé Bcc: x@y.example", user.FirstName);
        Assert.All(await _factory.MailsAsync(email), mail =>
        {
            Assert.DoesNotContain(mail.Subject + mail.Row.RecipientName, char.IsControl);
            Assert.DoesNotContain(Script, mail.Html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Language_WhenChangedOnTheForm_KeepsWhatIsTyped()
    {
        using var client = await _factory.VerifiedAsync(NewAddress());
        var page = await client.GetPageAsync("/register/organisation/new");

        var answer = await client.PostAsync(
            page.Document.QuerySelector("footer button[value=en]")!.GetAttribute("formaction")!, [("language", "en"), .. Organisation("BE 0999"), .. Person()]);
        var english = await client.FollowAsync(answer);

        Assert.Equal("Create your organisation", english.TextOf("h1"));
        Assert.Equal(("BE 0999", "Rue de la Démo 1", "Nora", ""), (english.ValueOf("Vat"), english.ValueOf("Street"), english.ValueOf("FirstName"), english.ValueOf("Password")));
        Assert.Empty(english.TextsOf(".field-error"));
    }

    private Task<Membership> MembershipOfAsync(string email) => _factory.ReadAsync(db => (
        from membership in db.Memberships.AsNoTracking()
        join user in db.Users on membership.UserId equals user.Id
        where user.Email == email
        select membership).SingleAsync());
}
