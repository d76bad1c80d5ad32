using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Core.Mail;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Access;
using DealerPortal.Web.Tests.Features.Registration;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>An account gets another address once both mailboxes have said so. The clock moves, so the host is its own.</summary>
public sealed class EmailTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Theory]
    [InlineData("", "Vul uw e-mailadres in.")]
    [InlineData("piet@", "Dit e-mailadres is niet volledig. Voorbeeld: naam@winkel.be.")]
    [InlineData("own", "Dit is al uw adres. Vul een ander in.")]
    public async Task Begin_WhenTheAddressIsNone_SaysSoAndKeepsIt(string typed, string message)
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), language: "nl");
        using var client = await _factory.NewClientAsync(user);
        typed = typed == "own" ? user.Email.ToUpperInvariant() : typed;

        var page = await client.SubmitAsync(await client.GetPageAsync("/account/email"), "#email", ("NewEmail", typed));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.EndsWith(message, page.ErrorOf("NewEmail"), StringComparison.Ordinal);
        Assert.Equal(typed, page.ValueOf("NewEmail"));
        Assert.Empty(await _factory.MailsAsync(user.Email));
    }

    [Fact]
    public async Task BothCodes_OneAfterTheOther_ChangeTheAddressEverywhereAndTellBothMailboxes()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var begun = await BegunEmailChange.OfAsync(_factory, organisation);
        var (user, client) = (begun.User, begun.Client);
        using var elsewhere = await _factory.NewClientAsync(user);
        var old = client.Cookies["__Host-session"];
        var dossier = await _factory.Data.CreateDossierAsync(organisation, user);
        var waiting = await _factory.Data.CreateMailAsync(user, dossier, change: mail => (mail.SentAt, mail.DueAt) = (null, _factory.Now));
        await _factory.WriteAsync((write, ct) => write.Db.Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.BouncedAddress, u => u.Email).SetProperty(u => u.BouncedAt, _factory.Now), ct));
        using var forgetful = _factory.NewClient();
        await forgetful.PostFormAsync("/password/forgot", ("Email", user.Email));
        var reset = (await _factory.MailsAsync(user.Email)).Last(mail => mail.Kind == "PasswordResetLink").Links.First(link => link.StartsWith("/password/reset", StringComparison.Ordinal));

        // Looking consumes nothing, and one code alone changes nothing.
        for (var i = 0; i < 6; i++)
            Assert.Equal(["Code attendu", "Code attendu"], (await client.GetPageAsync("/account/email/codes")).TextsOf("#codes .status"));
        var one = await client.FollowAsync(await begun.ConfirmAsync(null, await begun.NewCodeAsync()));
        Assert.Equal("Une adresse est confirmée. Il manque le code de l’autre.", one.TextOf(".flash"));
        Assert.Equal(["Code attendu", "Confirmée"], one.TextsOf("#codes .status"));
        Assert.Null(one.Document.QuerySelector("#NewCode"));
        Assert.Equal(user.Email, await EmailOfAsync(user));
        var done = await client.SubmitAsync(one, "#codes", ("CurrentCode", await begun.CurrentCodeAsync()));

        Assert.Equal("/account", done.Location);
        var profile = await client.FollowAsync(done);
        Assert.Equal("Votre adresse est changée. Vos autres sessions sont fermées.", profile.TextOf(".flash"));
        Assert.Equal(begun.NewEmail, profile.Document.QuerySelector("#email")!.GetAttribute("value"));
        Assert.StartsWith("/sign-in", (await elsewhere.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        elsewhere.Cookies["__Host-session"] = old;
        Assert.StartsWith("/sign-in", (await elsewhere.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        foreach (var address in (string[])[user.Email, begun.NewEmail])
        {
            var told = Assert.Single(await _factory.MailsAsync(address), mail => mail.Kind == "EmailChanged");
            Assert.Contains(user.Email, told.Text, StringComparison.Ordinal);
            Assert.Contains(begun.NewEmail, told.Text, StringComparison.Ordinal);
        }

        var row = await _factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == user.Id));
        var key = EmailAddress.Normalise(begun.NewEmail);
        Assert.Equal((begun.NewEmail, key, begun.NewEmail, key, null), (row.Email, row.NormalizedEmail, row.UserName, row.NormalizedUserName, row.BouncedAddress));
        Assert.Equal(begun.NewEmail, await _factory.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Id == waiting.Id).Select(m => m.Recipient).SingleAsync()));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "user.email-changed" && a.ActorId == user.Id && a.Detail == null)));

        // The link that lies in the old mailbox opens nothing any more, the old address signs nobody in, and the new one does.
        Assert.Equal(HttpStatusCode.BadRequest, (await forgetful.GetPageAsync(reset)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await forgetful.SignInByFormAsync(user.Email, TestUser.Password)).Status);
        Assert.Equal("/", (await forgetful.SignInByFormAsync(begun.NewEmail, TestUser.Password)).Location);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        Assert.Contains(begun.NewEmail, (await support.GetPageAsync($"/admin/users?q={begun.NewEmail.Split('@')[0]}")).MainText, StringComparison.Ordinal);
        Assert.Equal("/account/email", (await client.GetPageAsync("/account/email/codes")).Location);
    }

    [Fact]
    public async Task Begin_WhenTheAddressIsKnownOrInvited_AnswersTheSameAndItsOwnerLearnsByMail()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var known = (await _factory.Data.CreateMemberAsync(organisation)).Email;
        var (invitationId, _) = await _factory.Data.CreateInvitationAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        var invited = await _factory.ReadAsync(db => db.Set<Core.Accounts.Invitations.StaffInvitation>().Where(i => i.Id == invitationId).Select(i => i.Email).SingleAsync());
        var pages = new List<string>();

        foreach (var address in (string[])[RegistrationSteps.NewAddress(), known, invited])
        {
            var begun = await BegunEmailChange.OfAsync(_factory, organisation, address);
            var page = await begun.Client.GetPageAsync("/account/email/codes");
            var guess = await begun.ConfirmAsync(await begun.CurrentCodeAsync(), "000000");
            Assert.Equal(HttpStatusCode.BadRequest, guess.Status);
            pages.Add((page.MainText + guess.MainText).Replace(address, "", StringComparison.Ordinal).Replace(begun.User.Email, "", StringComparison.Ordinal));
            Assert.Equal(begun.User.Email, await EmailOfAsync(begun.User));
        }

        Assert.Single(pages.Distinct());
        Assert.Equal("AddressInUse", Assert.Single(await _factory.MailsAsync(known)).Kind);
        Assert.Equal("AddressInUse", Assert.Single(await _factory.MailsAsync(invited)).Kind);
    }

    [Fact]
    public async Task TwoWhoProveOneAddressAtOnce_OneGetsIt()
    {
        var address = RegistrationSteps.NewAddress();
        var first = await BegunEmailChange.OfAsync(_factory, newEmail: address);
        var firstCode = await first.NewCodeAsync();
        _factory.Time.Advance(TimeSpan.FromMilliseconds(1));
        var second = await BegunEmailChange.OfAsync(_factory, newEmail: address);
        var secondCode = await second.NewCodeAsync();

        var answers = await Task.WhenAll(first.ConfirmAsync(await first.CurrentCodeAsync(), firstCode), second.ConfirmAsync(await second.CurrentCodeAsync(), secondCode));

        Assert.Equal(["/account", "/account/email"], answers.Select(answer => answer.Location).Order(StringComparer.Ordinal));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Users.CountAsync(u => u.NormalizedEmail == EmailAddress.Normalise(address))));
        var loser = answers[0].Location == "/account" ? second : first;
        Assert.Contains("utilisée par un autre compte", (await loser.Client.FollowAsync(answers.Single(answer => answer.Location == "/account/email"))).TextOf(".flash"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_FiftyAtOnce_AreFiveInAllForEachMailbox()
    {
        var begun = await BegunEmailChange.OfAsync(_factory);
        var right = await begun.NewCodeAsync();
        var wrong = Enumerable.Range(0, 50).Select(i => $"{i:000000}").Where(code => code != right).ToList();
        using var clients = new Clients(_factory, begun, wrong.Count);

        await Task.WhenAll(wrong.Zip(clients.All, (code, client) => client.PostAsync("/account/email/codes", ("NewCode", code))));

        var page = await begun.ConfirmAsync(await begun.CurrentCodeAsync(), right);
        Assert.EndsWith("Demandez un nouveau code.", page.ErrorOf("NewCode"), StringComparison.Ordinal);
        Assert.Equal(["Confirmée", "Code attendu"], page.TextsOf("#codes .status"));
        Assert.Equal(MailedCode.CodeAttempts, (await CodeAsync(begun, EmailSide.New)).FailedAttempts);

        // Another code has tries of its own; the old one is void.
        _factory.Time.Advance(MailedCode.ResendAfter);
        await begun.Client.PostAsync("/account/email/codes/resend");
        var renewed = await begun.NewCodeAsync();
        if (renewed != right)
            Assert.Equal(HttpStatusCode.BadRequest, (await begun.ConfirmAsync(null, right)).Status);
        Assert.Equal("/account", (await begun.ConfirmAsync(null, renewed)).Location);
    }

    [Fact]
    public async Task Codes_OfAnotherSessionOrTooOld_OpenNothing()
    {
        var begun = await BegunEmailChange.OfAsync(_factory);
        var (current, proof) = (await begun.CurrentCodeAsync(), await begun.NewCodeAsync());
        using var thief = await _factory.NewClientAsync(begun.User);

        // The same person in another browser, and another person.
        Assert.Equal("/account", (await thief.PostAsync("/account/email/codes", ("CurrentCode", current), ("NewCode", proof))).Location);
        var other = await BegunEmailChange.OfAsync(_factory);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.ConfirmAsync(current, proof)).Status);
        // In each other's place they prove nothing.
        if (current != proof)
            Assert.Equal(HttpStatusCode.BadRequest, (await begun.ConfirmAsync(proof, current)).Status);

        _factory.Time.Advance(MailedCode.CodeLifetime);
        var late = await begun.ConfirmAsync(current, proof);
        Assert.EndsWith("Ce code a plus de 15 minutes. Demandez un nouveau code.", late.ErrorOf("CurrentCode"), StringComparison.Ordinal);
        Assert.EndsWith("Ce code a plus de 15 minutes. Demandez un nouveau code.", late.ErrorOf("NewCode"), StringComparison.Ordinal);
        Assert.Equal(current, late.ValueOf("CurrentCode"));
        Assert.Equal(begun.User.Email, await EmailOfAsync(begun.User));

        Assert.Equal("/account", (await begun.Client.SubmitAsync(late, "#give-up")).Location);
        Assert.Equal(HttpStatusCode.OK, (await begun.Client.FollowAsync(await begun.Client.GetPageAsync("/account/email"))).Status);
        Assert.Equal("/account", (await begun.ConfirmAsync(current, proof)).Location);
    }

    [Fact]
    public async Task Mails_AreFiveInHalfAnHour_AndThenTheLastCodesStayValid()
    {
        var begun = await BegunEmailChange.OfAsync(_factory);
        for (var i = 0; i < MailAllowance.Mails + 2; i++)
        {
            _factory.Time.Advance(MailedCode.ResendAfter);
            var again = await begun.Client.FollowAsync(await begun.Client.PostAsync("/account/email/codes/resend"));
            Assert.StartsWith("De nouveaux mails sont en route.", again.TextOf(".flash"), StringComparison.Ordinal);
        }

        var early = await begun.Client.FollowAsync(await begun.Client.PostAsync("/account/email/codes/resend"));

        Assert.StartsWith("Un nouveau code est possible une minute après", early.TextOf(".flash"), StringComparison.Ordinal);
        Assert.Equal(MailAllowance.Mails, (await _factory.MailsAsync(begun.NewEmail)).Count);
        Assert.Equal(MailAllowance.Mails, (await _factory.MailsAsync(begun.User.Email)).Count);
        Assert.Equal("/account", (await begun.ConfirmAsync(await begun.CurrentCodeAsync(), await begun.NewCodeAsync())).Location);
    }

    [Fact]
    public async Task Begin_WhenTheLastProofIsOld_AsksForThePasswordAndLeadsBack()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = await _factory.NewClientAsync(user);
        _factory.Time.Advance(SessionService.ProofLifetime);

        var asked = await client.PostAsync("/account/email", ("NewEmail", RegistrationSteps.NewAddress()));

        Assert.Equal("/account/security/confirm?returnUrl=%2Faccount%2Femail", asked.Location);
        Assert.Equal("/account/email", (await client.SubmitAsync(await client.FollowAsync(asked), "#confirm", ("Password", TestUser.Password))).Location);
        Assert.Equal(0, await _factory.ReadAsync(db => db.Set<EmailChange>().CountAsync(c => c.UserId == user.Id)));
    }

    [Fact]
    public async Task Secrets_AreNeitherStoredReadablyNorLogged()
    {
        var logged = _factory.Logs.Events.Count;
        var begun = await BegunEmailChange.OfAsync(_factory, await _factory.Data.CreateStaffAsync());
        var codes = new[] { await begun.CurrentCodeAsync(), await begun.NewCodeAsync() };

        var stored = string.Join('\n', (await StoredRows.ReadAsync(_factory)).ChangesSince(new StoredRows())
            .Where(value => value.Property.StartsWith("EmailChange", StringComparison.Ordinal) || value.Property.StartsWith("OutboxMail.Content", StringComparison.Ordinal)).Select(value => value.Text));
        var done = await begun.ConfirmAsync(codes[0], codes[1]);

        Assert.Equal("/account", done.Location);
        Assert.All(codes, code => Assert.DoesNotContain(code, stored, StringComparison.Ordinal));
        Assert.DoesNotContain(_factory.Logs.TextsFrom(logged), line =>
            codes.Append(begun.NewEmail).Append(begun.User.Email).Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        // Staff keep their way in, with the new address.
        Assert.Equal(HttpStatusCode.OK, (await begun.Client.GetPageAsync("/admin")).Status);
    }

    private Task<string> EmailOfAsync(TestUser user) => _factory.ReadAsync(db => db.Users.Where(u => u.Id == user.Id).Select(u => u.Email!).SingleAsync());

    private Task<EmailChangeCode> CodeAsync(BegunEmailChange begun, EmailSide side) => _factory.ReadAsync(db => (
        from code in db.Set<EmailChangeCode>().AsNoTracking()
        join change in db.Set<EmailChange>() on code.ChangeId equals change.Id
        where change.UserId == begun.User.Id && code.Side == side
        select code).SingleAsync());

    /// <summary>As many browsers with the cookies of one, from networks of their own, so that no limit per network hides what is tested.</summary>
    private sealed class Clients : IDisposable
    {
        public Clients(PortalFactory factory, BegunEmailChange begun, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var client = factory.NewClient();
                foreach (var (name, value) in begun.Client.Cookies)
                    client.Cookies[name] = value;
                All.Add(client);
            }
        }

        public List<PortalClient> All { get; } = [];

        public void Dispose() => All.ForEach(client => client.Dispose());
    }
}
