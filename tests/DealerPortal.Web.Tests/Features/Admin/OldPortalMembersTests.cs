using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Registration;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Members of an old portal: invited by what is written, not by what is checked.</summary>
public sealed class OldPortalMembersTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Header = "Organisation;E-mail;Prénom;Nom;Rôle;Langue";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Members_AreInvitedOnceTheFileIsWritten_AndOnceOnly()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var member = await _factory.Data.CreateMemberAsync(organisation);
        var (one, two) = (RegistrationSteps.NewAddress(), RegistrationSteps.NewAddress());
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        await _factory.NumberAsync(organisation, "M-1");
        var file = $"{Header}\nM-1;{one};Noor;Tekst;Beheerder;nl\n{organisation.VatNumber};{two};;;employé;\nm-1;{member.Email.ToUpperInvariant()};;;;\n";

        var preview = await _factory.UploadAsync(client, PortalImportKind.Members, file);

        Assert.Equal("Nouvelles invitations2Inchangées1Avec erreur0", preview.TextOf("#sum"));
        Assert.Contains("administrateur", preview.TextOf("section[aria-labelledby=rows]"), StringComparison.Ordinal);
        Assert.Contains(organisation.Name, preview.TextOf("section[aria-labelledby=rows]"), StringComparison.Ordinal);
        Assert.Empty(await _factory.MailsAsync(one));
        await _factory.ConfirmAsync(client, preview);
        Assert.Contains("nodigt u uit", Assert.Single(await _factory.MailsAsync(one)).Text, StringComparison.Ordinal);
        Assert.Single(await _factory.MailsAsync(two));
        var invited = await InvitedAsync(organisation);
        Assert.Equal([(one, MembershipRole.Administrator, "Noor", "nl"), (two, MembershipRole.Employee, null, "fr")], invited.Select(i => (i.Email, i.Role, i.FirstName, i.Language)));

        var again = await _factory.UploadAsync(client, PortalImportKind.Members, file);
        Assert.Equal("Nouvelles invitations0Inchangées3Avec erreur0", again.TextOf("#sum"));
        Assert.Null(again.Document.QuerySelector("#confirm"));
    }

    [Fact]
    public async Task Rows_ThatNobodyCanBeInvitedBy_SayWhy()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var pending = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        var gone = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Refused);
        var agent = await _factory.Data.CreateStaffAsync();
        var one = RegistrationSteps.NewAddress();
        using var client = await _factory.NewClientAsync(agent);
        var vat = organisation.VatNumber;

        var preview = await _factory.UploadAsync(client, PortalImportKind.Members, $"{Header}\n{vat};{one};;;;\n{vat};{pending.Email};;;;\n{vat};{gone.Email};;;;\n{vat};{agent.Email};;;;\nNO-SUCH-1;{one};;;;\n{vat};rien;;;chef;xx\n{vat};{one};;;admin;\n");

        Assert.Equal("Nouvelles invitations1Inchangées0Avec erreur6", preview.TextOf("#sum"));
        Assert.Equal(
            [
                $"3E-mail{pending.Email}Cette personne a demandé à rejoindre l’organisation ; sa demande est à approuver.",
                $"4E-mail{gone.Email}Cette personne a été refusée ou désactivée dans l’organisation.",
                $"5E-mail{agent.Email}Cette adresse est celle d’un membre de l’équipe.",
                "6OrganisationNO-SUCH-1Aucune organisation en service ne porte ce numéro.",
                "7E-mailrienLa valeur n’est pas comprise.", "7RôlechefLa valeur n’est pas comprise.", "7LanguexxLa valeur n’est pas comprise.",
                "8E-mailCela figure déjà à la ligne 2.",
            ],
            preview.Said("faults"));
        Assert.Equal(["2RôleL’organisation n’a pas encore d’administrateur ; sa première personne devrait l’être. La ligne est reprise."], preview.Said("warnings"));
    }

    [Fact]
    public async Task Undo_WithdrawsWhatNobodyAccepted_AndLeavesWhoDid()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var (one, two) = (RegistrationSteps.NewAddress(), RegistrationSteps.NewAddress());
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        var done = await _factory.ConfirmAsync(client, await _factory.UploadAsync(client, PortalImportKind.Members, $"{Header}\n{organisation.VatNumber};{one};;;admin;\n{organisation.VatNumber};{two};;;;\n"));
        using var person = await OldPortalFiles.AcceptAsync(_factory, one);

        Assert.Contains("invitations déjà acceptées : 1", (await client.GetPageAsync(done.Url)).Plain(), StringComparison.Ordinal);
        var undone = await _factory.UndoAsync(client, done);

        Assert.Contains("Les invitations que personne n’avait acceptées sont retirées.", undone.Plain(), StringComparison.Ordinal);
        Assert.Equal([(one, true, false), (two, false, true)], (await InvitedAsync(organisation)).Select(i => (i.Email, i.AcceptedAt is not null, i.WithdrawnAt is not null)));
        Assert.Equal(1, await _factory.ReadAsync(db => db.Memberships.CountAsync(m => m.OrganisationId == organisation.Id && m.Status == MembershipStatus.Approved)));
    }

    private Task<List<MemberInvitation>> InvitedAsync(TestOrganisation organisation) => _factory.ReadAsync(db => db.Set<MemberInvitation>().AsNoTracking()
        .Where(i => i.OrganisationId == organisation.Id).OrderByDescending(i => i.Role).ThenBy(i => i.Id).ToListAsync());
}
