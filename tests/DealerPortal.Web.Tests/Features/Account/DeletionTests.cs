using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Access;
using DealerPortal.Web.Tests.Features.Registration;
using DealerPortal.Web.Tests.Features.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>An account goes with all that is the person's, and leaves what is the organisation's. Everything stored is looked at, and the clock moves, so the host is its own.</summary>
public sealed class DeletionTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    /// <summary>What refers to a person and goes with them, see <c>AccountErasure</c>.</summary>
    private static readonly string[] GoesWithThePerson =
    [
        "AnnouncementDismissal.UserId", "Draft.ForUserId", "Draft.OwnerId", "EmailChange.UserId", "IdentityUserPasskey.UserId", "Membership.UserId", "PasswordReset.UserId",
        "RecoveryCode.UserId", "SavedView.OwnerId", "SignInTicket.UserId", "UserSearchToken.UserId", "UserSession.UserId",
    ];

    /// <summary>What stays and says «former member», is staff's, or is not used. An export is for nobody any more and goes within the week.</summary>
    private static readonly string[] Stays =
    [
        "Announcement.CreatedById", "Announcement.UpdatedById", "AnswerTemplate.UpdatedById", "AssistanceText.CreatedById", "Attachment.UploadedById", "AuditCheck.StartedById", "BulkRun.ById", "CatalogueImport.OwnerId", "CentreUpload.OrderedById",
        "CentreUpload.UploadedById", "CreditImport.OwnerId", "Dealercard.UpdatedById", "DealercardVersion.UploadedById", "Dossier.AssigneeId", "Dossier.AuthorId", "Dossier.OwnerId", "DossierHold.ById", "DossierLink.ById", "DossierPresence.UserId",
        "Export.RequestedById", "IdentityUserClaim.UserId", "IdentityUserLogin.UserId", "IdentityUserToken.UserId", "InboundMail.SettledById",
        "MemberInvitation.InvitedById", "Membership.DecidedById", "OutboxMail.UserId", "PortalImport.OwnerId", "ServiceCentreKey.CreatedById", "StaffInvitation.InvitedById", "TimelineEntry.ActorId", "TimelineEntry.AssigneeId",
    ];

    private readonly PortalFactory _factory = portal.Factory;

    /// <summary>A new reference to a person is a decision: let <c>AccountErasure</c> remove it, or say here that it stays.</summary>
    [Fact]
    public async Task EveryReferenceToAPerson_IsDecidedOn()
    {
        var found = await _factory.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.PrincipalEntityType.ClrType == typeof(User)).Select(key => $"{key.DeclaringEntityType.ShortName()}.{key.Properties.Single().Name}").ToList()));

        Assert.Equal(GoesWithThePerson.Concat(Stays).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Delete_TakesThePersonAwayAndLeavesWhatIsTheOrganisations()
    {
        using var world = await AccessWorld.CreateAsync(_factory);
        var owner = world.Owner;
        var client = world.ClientOf(Persona.Owner);
        var administrator = world.ClientOf(Persona.Administrator);
        var support = world.ClientOf(Persona.Support);
        var number = world.RouteValues["number"];
        var passkey = await TestPasskey.AddAsync(client);
        using var elsewhere = await _factory.NewClientAsync(owner);
        using var stranger = _factory.NewClient();
        await stranger.PostFormAsync("/password/forgot", ("Email", owner.Email));
        await elsewhere.PostAsync("/account/email", ("NewEmail", RegistrationSteps.NewAddress()));
        var membership = await _factory.ReadAsync(db => db.Memberships.Where(m => m.UserId == owner.Id).Select(m => m.Id).SingleAsync());
        await support.PostAsync("/admin/seat", ("membership", membership.ToString(CultureInfo.InvariantCulture)), ("mode", "Look"));
        var draftId = Guid.Parse(world.RouteValues["draftId"]);
        var staged = await _factory.ReadAsync(db => db.Attachments.IgnoreQueryFilters().Where(a => a.DraftId == draftId).Select(a => a.StorageKey).SingleAsync());
        Assert.True(File.Exists(Path.Combine(_factory.FilesPath, staged)));
        await _factory.Data.ChangeBranchAsync(world.Organisation.BranchId, branch => branch.ContactName = owner.FullName);
        var before = await StoredRows.ReadAsync(_factory);
        Assert.Contains("Branch.ContactName", Naming(before, owner).Select(value => value.Property));

        var page = await client.GetPageAsync("/account/delete");
        var refused = await client.SubmitAsync(page, "#delete", ("Word", "oui"));
        Assert.Equal((HttpStatusCode.BadRequest, "oui"), (refused.Status, refused.ValueOf("Word")));
        Assert.EndsWith("Tapez SUPPRIMER pour confirmer la suppression.", refused.ErrorOf("Word"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account")).Status);
        var old = client.Cookies["__Host-session"];
        var logged = _factory.Logs.Events.Count;
        var done = await client.SubmitAsync(refused, "#delete", ("Word", " supprimer "));

        Assert.Equal("/sign-in", done.Location);
        Assert.StartsWith("Votre compte est supprimé.", (await client.FollowAsync(done)).TextOf(".flash"), StringComparison.Ordinal);
        client.Cookies["__Host-session"] = old;
        Assert.StartsWith("/sign-in", (await client.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await elsewhere.GetPageAsync("/account")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.SignInByFormAsync(owner.Email, TestUser.Password)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await passkey.SignInAsync(stranger)).Status);

        // Nothing names the person but the last mail, which itself does not say the name; and that goes too.
        var last = Assert.Single(await _factory.MailsAsync(owner.Email));
        Assert.Equal("AccountErased", last.Kind);
        Assert.DoesNotContain(owner.LastName, last.Text + last.Html, StringComparison.OrdinalIgnoreCase);
        var after = await StoredRows.ReadAsync(_factory);
        Assert.Equal([("OutboxMail.Recipient", last.Row.Id.ToString().ToUpperInvariant())], Naming(after, owner).Select(value => (value.Property, value.Row.ToUpperInvariant())));
        Assert.DoesNotContain(after.ChangesSince(new StoredRows()), value => GoesWithThePerson.Contains(value.Property) && $"{value.Value}" == $"{owner.Id}");
        Assert.False(File.Exists(Path.Combine(_factory.FilesPath, staged)));
        Assert.DoesNotContain(_factory.Logs.TextsFrom(logged), line => line.Contains(owner.Email, StringComparison.OrdinalIgnoreCase) || line.Contains(owner.LastName, StringComparison.OrdinalIgnoreCase));

        // The dossiers are the administrator's now, who finds them; who filed them has no name, in anybody's language.
        var filed = await _factory.ReadAsync(db => db.Dossiers.IgnoreQueryFilters().AsNoTracking().SingleAsync(d => d.Number == number));
        var heir = await _factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == filed.OwnerId));
        Assert.Equal((owner.Id, true), (filed.AuthorId, heir.LastName.StartsWith("Adm", StringComparison.Ordinal)));
        Assert.Empty(await _factory.ReadAsync(db => db.DossierTokens.IgnoreQueryFilters().Where(t => t.OwnerId == owner.Id).ToListAsync()));
        var dossier = await administrator.GetPageAsync($"/dossiers/{number}");
        Assert.Contains("Ancien membre", dossier.MainText, StringComparison.Ordinal);
        Assert.Contains(world.DossierMarks[3], dossier.MainText, StringComparison.Ordinal);
        Assert.Single(await _factory.ReadAsync(db => db.Timeline.IgnoreQueryFilters().Where(e => e.DossierId == filed.Id && e.Kind == TimelineKind.HandedOver && e.AssigneeId == heir.Id && e.ActorId == owner.Id).ToListAsync()));
        await support.PostAsync("/admin/seat/leave");
        await support.PostAsync("/language", ("language", "de"), ("returnUrl", "/admin"));
        Assert.Contains("Ehemaliges Mitglied", (await support.GetPageAsync($"/admin/dossiers/{number}")).MainText, StringComparison.Ordinal);
        var log = await world.ClientOf(Persona.PortalAdministrator).GetPageAsync("/admin/audit?action=user.erased");
        Assert.Contains("Ancien membre", log.MainText, StringComparison.Ordinal);

        var mailed = await support.GetPageAsync(world.Url("/admin/outbox/{mailId:guid}"));
        Assert.Equal("Ehemaliges Mitglied", mailed.TextOf(".lead-line"));

        // Nobody brings the account back, and housekeeping gives it no words to be found by.
        var managed = await world.ClientOf(Persona.PortalAdministrator).GetPageAsync($"/admin/users/{owner.Id}");
        Assert.Equal(("Ancien membre", false), (managed.TextOf("h1"), managed.Body.Contains("/reactivate", StringComparison.Ordinal)));
        await world.ClientOf(Persona.PortalAdministrator).PostAsync($"/admin/users/{owner.Id}/reactivate");
        Assert.True(await _factory.ReadAsync(db => db.Users.AnyAsync(u => u.Id == owner.Id && u.DeactivatedAt != null && u.ErasedAt != null)));
        await _factory.WriteAsync((write, ct) => Core.Accounts.Directory.UserTokens.AddMissingTokensAsync(write.Db, 500, ct));
        Assert.Equal(0, await _factory.ReadAsync(db => db.Set<Core.Accounts.Directory.UserSearchToken>().CountAsync(t => t.UserId == owner.Id)));

        // The address can begin anew; the last mail is forgotten after a day.
        using var again = await _factory.VerifiedAsync(owner.Email);
        Assert.Equal(HttpStatusCode.OK, (await again.GetPageAsync("/register/organisation")).Status);
        _factory.Time.Advance(TimeSpan.FromDays(8));
        await using var scope = _factory.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ExpiredAccounts>().RemoveAsync(CancellationToken.None);
        Assert.DoesNotContain(Naming(await StoredRows.ReadAsync(_factory), owner), value => value.Row.Equals(last.Row.Id.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Delete_ByTheLastAdministrator_WaitsForAnother_AndByTheLastMemberDoesNot()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var administrator = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var colleague = await _factory.Data.CreateMemberAsync(organisation);
        using var client = await _factory.NewClientAsync(administrator);

        var page = await client.GetPageAsync("/account/delete");
        Assert.Contains($"{organisation.Name} n’aurait plus d’administrateur.", page.TextOf("#left-alone"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#delete"));
        var refused = await client.PostAsync("/account/delete", ("Word", "SUPPRIMER"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.NotNull(refused.Document.QuerySelector("#left-alone a[href^='/account/users?organisation=']"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/account")).Status);

        // Both at once: one of them stays.
        await _factory.WriteAsync((write, ct) => write.Db.Memberships.Where(m => m.UserId == colleague.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, MembershipRole.Administrator), ct));
        await _factory.Data.CreateMemberAsync(organisation);
        using var other = await _factory.NewClientAsync(colleague);
        var answers = await Task.WhenAll(client.PostAsync("/account/delete", ("Word", "SUPPRIMER")), other.PostAsync("/account/delete", ("Word", "SUPPRIMER")));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());

        var alone = await _factory.Data.CreateOrganisationAsync();
        var last = await _factory.Data.CreateMemberAsync(alone, MembershipRole.Administrator);
        var dossier = await _factory.Data.CreateDossierAsync(alone, last);
        using var only = await _factory.NewClientAsync(last);
        Assert.Equal("/sign-in", (await only.PostAsync("/account/delete", ("Word", "SUPPRIMER"))).Location);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        Assert.Contains("Ancien membre", (await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await support.GetPageAsync($"/admin/organisations/{alone.Id}")).Status);
        // Support answers all the same; there is nobody to mail it to.
        var desk = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(desk, "#answer", ("Answer.Text", "Une réponse"), ("Answer.Then", ""))).Status);
        Assert.DoesNotContain(await _factory.MailsAsync(), mail => mail.Row.DossierId == dossier.Id && mail.Row.DueAt is not null);
    }

    [Fact]
    public async Task Delete_ByStaff_IsRefusedAndSaysWhoCan()
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        Assert.Contains("se ferme chez un administrateur du portail", (await client.GetPageAsync("/account/delete")).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync("/account/delete", ("Word", "SUPPRIMER"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/admin")).Status);
    }

    /// <summary>What is stored that names the person.</summary>
    private static IEnumerable<StoredValue> Naming(StoredRows rows, TestUser user) => rows.ChangesSince(new StoredRows())
        .Where(value => value.Text is { } text && (text.Contains(user.LastName, StringComparison.OrdinalIgnoreCase) || text.Contains(user.Email, StringComparison.OrdinalIgnoreCase)));
}
