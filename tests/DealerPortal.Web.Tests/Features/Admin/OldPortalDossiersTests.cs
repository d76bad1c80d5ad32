using System.Net;
using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Figures;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Registration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Open dossiers of an old portal: in as if they had been filed here, found by their old numbers, and out again.</summary>
public sealed class OldPortalDossiersTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Header = "Organisation;Ancien numéro;Type;Introduit le;Statut;Code modèle;Numéro de série;Description;E-mail du propriétaire;Nom du consommateur;Téléphone du consommateur";

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Dossier_ComesInAsIfFiledOnItsDay_IsFoundByItsOldNumber_AndMailsNobody()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var model = await _factory.Data.CreateModelAsync();
        var member = await _factory.Data.CreateMemberAsync(organisation);
        using var client = await AgentAsync();
        var mails = (await _factory.MailsAsync()).Count;
        var filedOn = Formats.Today(_factory.Time).AddDays(-40);
        var file = $"{Header}\n{organisation.VatNumber};ANC-77/1;réparation;{filedOn:dd/MM/yyyy};reçu;{model.Code};SN77001;L’écran reste noir.;{member.Email};Cliente Démo;04 000 00 10\n{organisation.VatNumber};ANC-77/2;Vraag;{filedOn:yyyy-MM-dd};Uw antwoord wordt verwacht;;;Où est mon colis ?;;;\n";

        var preview = await _factory.UploadAsync(client, PortalImportKind.Dossiers, file);
        Assert.Equal("Nouveaux dossiers2Inchangées0Avec erreur0", preview.TextOf("#sum"));
        Assert.Empty(preview.Said("warnings"));
        await _factory.ConfirmAsync(client, preview);

        var dossier = await DossierAsync(organisation, "ANC-77/1");
        Assert.Equal((DossierType.RepairRequest, RequestStatus.Submitted, member.Id, organisation.BranchId, (int?)model.Id), (dossier.Type, dossier.Status, dossier.OwnerId, dossier.BranchId!.Value, dossier.ModelId));
        Assert.Equal((filedOn, "Cliente Démo", "+3240000010"), (DateOnly.FromDateTime(Formats.ToBrussels(dossier.CreatedAt)), dossier.EndUserName, dossier.EndUserPhone));
        // Nobody has answered it for forty days: its promise is long over.
        Assert.Equal(PromiseStep.FirstAnswer, dossier.Step);
        Assert.True(dossier.DueAt < _factory.Now);
        var waiting = await DossierAsync(organisation, "ANC-77/2");
        Assert.Equal((RequestStatus.WaitingForDealer, WaitingOn.Dealer, null), (waiting.Status, waiting.WaitingOn, waiting.DueAt));
        Assert.Equal(_factory.Now, waiting.StatusSince);
        Assert.Equal(mails, (await _factory.MailsAsync()).Count);

        using var dealer = await _factory.NewClientAsync(member);
        Assert.Contains(dossier.Number, (await dealer.GetPageAsync("/dossiers?q=anc-77%2F1")).MainText, StringComparison.Ordinal);
        var page = await dealer.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Contains("ANC-77/1", page.MainText, StringComparison.Ordinal);
        Assert.Contains("Repris de l’ancien portail, où il portait le numéro ANC-77/1", page.TextOf("#live-timeline").Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("L’écran reste noir.", page.MainText, StringComparison.Ordinal);
        Assert.Contains("ANC-77/1", (await client.GetPageAsync($"/admin/dossiers/{dossier.Number}")).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"/admin/dossiers/{waiting.Number}")).Status);

        Assert.Equal("Nouveaux dossiers0Inchangées2Avec erreur0", (await _factory.UploadAsync(client, PortalImportKind.Dossiers, file)).TextOf("#sum"));
    }

    [Fact]
    public async Task EveryType_IsTakenWithWhatItsTableAsks_AndNamesWhatIsMissing()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        using var client = await AgentAsync();
        var vat = organisation.VatNumber;

        var preview = await _factory.UploadAsync(client, PortalImportKind.Dossiers, $"""
            organisation;old number;type;filed on;model;description;doa;damaged;complete;ready from;delivery date;contact;contact phone;grms;consumer;consumer’s street
            {vat};A1;Repair;2026-10-01;LW90T554;Dark;;;;;;;;;Ms Demo;Demo Street 1
            {vat};A2;DOA;2026-10-01;LW90T554;Dead;;no;yes;;;;;;;
            {vat};A3;Enlèvement électroménagers;2026-10-01;LW90T554;Heavy;;;;2026-12-01;;Demo;04 000 00 10;;;
            {vat};A4;Missing accessory;2026-10-01;LW90T554;Remote control;;;;;2026-09-30;;;;;
            {vat};A5;Technical question;2026-10-01;;How?;;;;;;;;;;
            {vat};A6;Return;2026-10-01;LW90T554;Broken;yes;no;;2026-12-01;;;;;;
            {vat};A7;Credit question;2026-10-01;;Why?;;;;;;;;4711001;;
            {vat};A8;Contact;2026-10-01;;When?;;;;;;;;;;
            {vat};B1;Return;2026-10-01;;Broken;;;;;;;;;;
            {vat};B2;Contact;2026-10-01;;;;;;;;;;;;
            {vat};A1;Contact;2026-10-01;;Again?;;;;;;;;;;

            """);

        Assert.Equal("Nouveaux dossiers8Inchangées0Avec erreur3", preview.TextOf("#sum"));
        Assert.Equal(
            [
                "10Code modèleLa valeur manque.", "10Prêt à partir duLa valeur manque.", "10DOALa valeur manque.", "10EndommagéLa valeur manque.",
                "11DescriptionLa valeur manque.", "12Ancien numéroCela figure déjà à la ligne 2.",
            ],
            preview.Said("faults"));
        await _factory.ConfirmAsync(client, preview);
        var dossiers = await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().Where(d => d.OrganisationId == organisation.Id).OrderBy(d => d.EarlierNumber).ToListAsync());
        Assert.Equal(Enum.GetValues<DossierType>(), dossiers.Select(d => d.Type));
        Assert.All(dossiers, d => Assert.True(d.IsOpen));
        foreach (var dossier in dossiers)
            Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync($"/admin/dossiers/{dossier.Number}")).Status);
        Assert.Equal((DeviceLocation.EndUser, (int?)null), (await _factory.ReadAsync(db => db.RepairRequests.AllOrganisations().Where(r => r.DossierId == dossiers[0].Id).Select(r => r.Location).SingleAsync()), dossiers[0].BranchId));
        Assert.Equal("4711001", dossiers[6].GrmsNumber);
    }

    [Fact]
    public async Task Rows_ThatCannotBeTaken_SayWhy()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        using var client = await AgentAsync();
        var vat = organisation.VatNumber;

        var preview = await _factory.UploadAsync(client, PortalImportKind.Dossiers, $"""
            organisation;old number;type;filed on;status;description;branch;model;owner
            NO-SUCH-2;C1;Contact;2026-10-01;;Hello;;;
            {vat};C2;Contact;2026-10-01;Terminé;Hello;;;
            {vat};C3;Plainte;2026-10-01;;Hello;;;
            {vat};C4;Contact;2099-10-01;;Hello;;;
            {vat};C5;Repair;2026-10-01;;Dark;9999;LW90T554;
            {vat};C6;Contact;2026-10-01;;Hello;;;personne@nulle-part.example

            """);

        Assert.Equal(
            [
                "2OrganisationNO-SUCH-2Aucune organisation en service ne porte ce numéro.", "3StatutTerminéCe dossier est clôturé ; seuls les dossiers ouverts sont repris.",
                "4TypePlainteLa valeur n’est pas comprise.", "5Introduit le2099-10-01La date n’est pas plausible.", "6Code postal du point de vente9999L’organisation n’a pas de point de vente ouvert avec ce code postal.",
            ],
            preview.Said("faults"));
        Assert.Equal(["7E-mail du propriétairepersonne@nulle-part.exampleCette personne n’est ni membre ni invitée ; le dossier lui reviendra quand elle le sera. La ligne est reprise."], preview.Said("warnings"));
    }

    [Fact]
    public async Task InvitedPerson_GetsTheirDossiersWithTheirPlace_ButNotThoseGivenToOthers()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var email = RegistrationSteps.NewAddress();
        var staff = await _factory.Data.CreateStaffAsync();
        using var client = await _factory.NewClientAsync(staff);
        await _factory.ConfirmAsync(client, await _factory.UploadAsync(client, PortalImportKind.Members, $"Organisation;E-mail\n{organisation.VatNumber};{email}\n"));
        var preview = await _factory.UploadAsync(client, PortalImportKind.Dossiers, $"{Header}\n{organisation.VatNumber};INV-1;Contact;2026-10-01;;;;Bonjour ?;{email};;\n{organisation.VatNumber};INV-2;Contact;2026-10-01;;;;Bonsoir ?;{email};;\n");
        Assert.Empty(preview.Said("warnings"));
        await _factory.ConfirmAsync(client, preview);
        Assert.Equal(staff.Id, (await DossierAsync(organisation, "INV-1")).OwnerId);
        var other = await _factory.Data.CreateMemberAsync(organisation);
        var given = await DossierAsync(organisation, "INV-2");
        await _factory.WriteAsync(async (write, ct) =>
        {
            await write.Db.Dossiers.AllOrganisations().Where(d => d.Id == given.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.OwnerId, other.Id), ct);
            write.Db.Add(new TimelineEntry { DossierId = given.Id, OrganisationId = organisation.Id, At = _factory.Now, Kind = TimelineKind.HandedOver, Actor = ActorKind.Dealer, AssigneeId = other.Id });
        });

        using var person = await OldPortalFiles.AcceptAsync(_factory, email);

        var user = await _factory.ReadAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());
        var own = await DossierAsync(organisation, "INV-1");
        Assert.Equal((user, other.Id), (own.OwnerId, (await DossierAsync(organisation, "INV-2")).OwnerId));
        Assert.Contains(own.Number, (await person.GetPageAsync("/dossiers?q=inv-1")).MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetPageAsync($"/dossiers/{given.Number}")).Status);
        Assert.Equal(0, await _factory.ReadAsync(db => db.Set<AwaitedOwner>().AllOrganisations().CountAsync(a => a.OrganisationId == organisation.Id)));
    }

    [Fact]
    public async Task PersonWhoAskedToJoin_GetsTheirDossiersOnceApproved()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var applicant = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        using var administrator = await _factory.NewClientAsync(await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
        using var client = await AgentAsync();
        await _factory.ConfirmAsync(client, await _factory.UploadAsync(
            client, PortalImportKind.Dossiers, $"{Header}\n{organisation.VatNumber};ASK-1;Contact;2026-10-01;;;;Bonjour ?;{applicant.Email};;\n"));
        Assert.NotEqual(applicant.Id, (await DossierAsync(organisation, "ASK-1")).OwnerId);
        var request = await _factory.ReadAsync(db => db.Memberships.Where(m => m.UserId == applicant.Id).Select(m => m.Id).SingleAsync());

        await administrator.PostAsync($"/account/users/{request}/approve");

        Assert.Equal(applicant.Id, (await DossierAsync(organisation, "ASK-1")).OwnerId);
    }

    [Fact]
    public async Task Undo_TakesWhatNobodyTouched_AndItsFigures_AndLeavesTheRest()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        using var client = await AgentAsync();
        var done = await _factory.ConfirmAsync(client, await _factory.UploadAsync(client, PortalImportKind.Dossiers,
            $"{Header}\n{organisation.VatNumber};U-1;Contact;2026-10-01;;;;Un ?;;;\n{organisation.VatNumber};U-2;Contact;2026-10-01;;;;Deux ?;;;\n{organisation.VatNumber};U-3;Accessoire manquant;2026-10-01;;LW90T554;;Pied;;;\n".Replace("Téléphone du consommateur\n", "Téléphone du consommateur;Date de livraison\n", StringComparison.Ordinal).Replace("Pied;;;\n", "Pied;;;;2026-09-30\n", StringComparison.Ordinal)));
        await CountAsync();
        Assert.Equal(3, await ReceivedAsync(organisation));
        var touched = await DossierAsync(organisation, "U-2");
        await client.SubmitAsync(await client.GetPageAsync($"/admin/dossiers/{touched.Number}"), "#note", ("Note.Text", "À suivre."));

        var page = await client.GetPageAsync(done.Url);
        Assert.Contains("dossiers sur lesquels il s’est passé quelque chose depuis : 1", page.Plain(), StringComparison.Ordinal);
        await _factory.UndoAsync(client, done);

        Assert.Equal(["U-2"], await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().Where(d => d.OrganisationId == organisation.Id).Select(d => d.EarlierNumber).ToListAsync()));
        Assert.Equal(1, await ReceivedAsync(organisation));
        await CountAsync();
        Assert.Equal(1, await ReceivedAsync(organisation));
    }

    private async Task<PortalClient> AgentAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

    private async Task CountAsync()
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FiguresCounting>().CountAsync(CancellationToken.None);
    }

    private Task<int> ReceivedAsync(TestOrganisation organisation) => _factory.ReadAsync(db => db.Set<FigureCell>()
        .Where(c => c.Scope == organisation.Id && c.Measure == FigureMeasure.Received).SumAsync(c => c.Count));

    private Task<Dossier> DossierAsync(TestOrganisation organisation, string earlier) => _factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking()
        .SingleAsync(d => d.OrganisationId == organisation.Id && d.EarlierNumber == earlier));
}
