using System.Net;
using System.Text;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Files of credits, from the upload to what the dealer sees and is told.</summary>
public sealed class CreditImportTests : IDisposable
{
    private const string Url = "/admin/credits/imports";
    private const string Header = "Numéro GRMS;Numéro client;Montant;Dépréciation;Date de la demande;Numéro de série;Référence;Numéro de facture;Numéro de dossier";

    private readonly SaveHook _hook = new();
    private readonly PortalFactory _factory;

    public CreditImportTests() => _factory = new PortalFactory
    {
        ConfigureMore = services => services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_hook)),
    };

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task File_GoesFromUnknownColumnsToCredits_AndItsColumnsAreAskedOnce()
    {
        var organisation = await KnownAsync("D-7");
        using var client = await AgentAsync();

        var asked = await UploadAsync(client, "No;Client;Net;Introduit;Remarque\n4000001;D-7;12,50;12/11/2026;urgent\n4000002;D-8;13;12/11/2026;\n;D-7;x;12/11/2026;\n");
        Assert.Equal("Que contiennent les colonnes ?", asked.TextOf("h1").Replace('\u00a0', ' '));
        Assert.Equal(["No", "Client", "Net", "Introduit", "Remarque"], asked.TextsOf("#columns tbody th"));
        var refused = await client.PostAsync(asked.Url + "/columns", ("Meaning", "GrmsNumber"), ("Meaning", "GrmsNumber"), ("Meaning", "Amount"), ("Meaning", ""), ("Meaning", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Aucune colonne ne contient « Numéro client ».", Plain(refused), StringComparison.Ordinal);
        Assert.Contains("Deux colonnes ne peuvent pas contenir « Numéro GRMS ».", Plain(refused), StringComparison.Ordinal);
        Assert.Equal(["GrmsNumber", "GrmsNumber", "Amount", "", ""], refused.Document.QuerySelectorAll("#columns select").Select(select => ((AngleSharp.Html.Dom.IHtmlSelectElement)select).Value));

        Assert.Equal(HttpStatusCode.Redirect, (await client.PostAsync(asked.Url + "/columns", ("Meaning", "GrmsNumber"), ("Meaning", "CustomerNumber"), ("Meaning", "Amount"), ("Meaning", "RequestedOn"), ("Meaning", ""))).Status);
        var waiting = await client.GetPageAsync(asked.Url);
        Assert.NotNull(waiting.Document.QuerySelector("[data-poll] [data-poll-on]"));
        await _factory.RunAsync<CreditImporting>();
        var preview = await client.GetPageAsync(asked.Url);

        Assert.Equal("Nouveaux2Modifiés0Inchangés0Avec erreur1", preview.TextOf("#sum"));
        Assert.Contains("1 crédit a un numéro client qu’aucune organisation confirmée ne porte.", Plain(preview), StringComparison.Ordinal);
        Assert.Equal(["4Numéro GRMSLa valeur manque.", "4MontantxLa valeur n’est pas comprise."], preview.TextsOf("section[aria-labelledby=faults] tbody tr"));
        Assert.Equal(0, await CountAsync());
        await client.SubmitAsync(preview, "#confirm");
        await _factory.RunAsync<CreditImporting>();

        Assert.Contains("2 crédits ajoutés, 0 mis à jour, 1 lignes non reprises.", Plain(await client.GetPageAsync(asked.Url)), StringComparison.Ordinal);
        var owners = await _factory.ReadAsync(db => db.Credits.AllOrganisations().OrderBy(c => c.GrmsNumber).Select(c => c.OrganisationId).ToListAsync());
        Assert.Equal([organisation.Id, null], owners);
        // The second time nobody is asked, and nothing changes.
        var again = await UploadAsync(client, "No;Client;Net;Introduit;Remarque\n4000001;D-7;12,50;12/11/2026;tout autre chose\n");
        Assert.Equal("Nouveaux0Modifiés0Inchangés1Avec erreur0", again.TextOf("#sum"));
        Assert.Null(again.Document.QuerySelector("#confirm"));
    }

    [Fact]
    public async Task Row_ThatComesTwiceOrGoesBack_IsLeftOut_AndWhatChangedIsTaken()
    {
        await KnownAsync("D-7");
        using var client = await AgentAsync();
        await ImportAsync(client, "1;D-7;100;;2026-11-12;;;;\n2;D-7;200;;2026-11-12;;;F-2;\n3;D-7;300;;2026-11-12;;;;\n");

        var preview = await UploadAsync(client, $"{Header}\n1;D-7;100;;2026-11-12;;;;\n2;D-7;200;;2026-11-12;;;;\n3;D-8;300;;2026-11-12;;;;\n4;D-7;1;;2026-11-12;;;;\n4;D-7;2;;2026-11-12;;;;\n1;D-7;101;;2026-11-12;;;;\n");

        Assert.Equal("Nouveaux1Modifiés0Inchangés1Avec erreur4", preview.TextOf("#sum"));
        Assert.Equal(
            [
                "3ÉtatCe crédit est déjà émis ; il ne redevient pas « en cours ».", "4Numéro clientD-8Ce crédit existe déjà avec un autre numéro client.",
                "6Numéro GRMSLe numéro GRMS figure déjà à la ligne 5.", "7Numéro GRMSLe numéro GRMS figure déjà à la ligne 2.",
            ],
            preview.TextsOf("section[aria-labelledby=faults] tbody tr").Select(text => text.Replace('\u00a0', ' ')));
        var changed = await UploadAsync(client, $"{Header}\n1;D-7;101;10;2026-11-12;;;F-1;\n");
        Assert.Equal("Nouveaux0Modifiés1Inchangés0Avec erreur0", changed.TextOf("#sum"));
        await client.SubmitAsync(changed, "#confirm");
        await _factory.RunAsync<CreditImporting>();
        var credit = await CreditAsync("1");
        Assert.Equal((10100L, 10m, CreditState.Issued), (credit.AmountCents, credit.Depreciation, credit.State));

        // Taken back, it says what it said before.
        await client.SubmitAsync(await client.GetPageAsync(changed.Url), "#undo");
        await _factory.RunAsync<CreditImporting>();
        credit = await CreditAsync("1");
        Assert.Equal((10000L, null, CreditState.InProcess), (credit.AmountCents, credit.Depreciation, credit.State));
    }

    [Fact]
    public async Task Faults_AreAFileThatSpreadsheetsReadWithoutRunningIt()
    {
        using var client = await AgentAsync();
        var preview = await UploadAsync(client, $"{Header}\n1;D-7;=1+1;;2026-11-12;;;;\n");

        var file = await client.GetPageAsync(preview.Url + "/faults");

        Assert.Equal(("text/csv", "attachment"), (file.ContentHeaders.ContentType!.MediaType, file.ContentHeaders.ContentDisposition!.DispositionType));
        Assert.Contains("'=1+1", file.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choisissez un fichier.")]
    [InlineData("grms;customer;amount;request date\n", "Le fichier ne contient aucune ligne sous les noms des colonnes.")]
    [InlineData("\u0001\0\0\0", "Ce fichier n’est ni un CSV ni un classeur Excel (.xlsx) lisible.")]
    public async Task File_ThatIsNone_IsRefusedAtItsField(string content, string message)
    {
        using var client = await AgentAsync();

        var refused = await client.PostFilesAsync(Url, [new TestFile("File", "credits.csv", Encoding.UTF8.GetBytes(content))]);

        Assert.Equal((HttpStatusCode.BadRequest, "Erreur : " + message), (refused.Status, refused.TextOf("#upload .field-error").Replace('\u00a0', ' ')));
    }

    [Fact]
    public async Task Import_CannotBeUndone_OnceSomebodyAskedAboutIt()
    {
        var organisation = await KnownAsync("D-7");
        var member = await _factory.Data.CreateMemberAsync(organisation);
        using var client = await AgentAsync();
        var done = await ImportAsync(client, "77;D-7;100;;2026-11-12;;;;\n");
        Assert.NotNull(done.Document.QuerySelector("#undo"));
        using var dealer = await _factory.NewClientAsync(member);
        await AskAsync(dealer, "77");

        var blocked = await client.GetPageAsync(done.Url);

        Assert.Null(blocked.Document.QuerySelector("#undo"));
        Assert.Contains("crédits qui ont reçu une question : 1", Plain(blocked), StringComparison.Ordinal);
        await client.PostAsync(done.Url + "/undo");
        await _factory.RunAsync<CreditImporting>();
        Assert.Equal(1, await CountAsync());
        Assert.Contains("Questions posées", Plain(await client.GetPageAsync("/admin/credits/77")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credits_FindTheirDossiers_ByNumberGrmsSerialAndReference_OrNotAtAll()
    {
        var organisation = await KnownAsync("D-7");
        var member = await _factory.Data.CreateMemberAsync(organisation);
        var byNumber = await _factory.Data.CreateReturnAsync(organisation, member);
        var byGrms = await _factory.Data.CreateReturnAsync(organisation, member, filed => filed.GrmsNumber = "5002");
        var bySerial = await _factory.Data.CreateReturnAsync(organisation, member, filed => filed.SerialNumber = "SN5003");
        var byReference = await _factory.Data.CreateReturnAsync(organisation, member, filed => (filed.Reference, filed.SerialNumber) = ("Comptoir 5004", null));
        foreach (var _ in Enumerable.Range(0, 2))
            await _factory.Data.CreateReturnAsync(organisation, member, filed => filed.SerialNumber = "TWICE5005");
        var foreign = await _factory.Data.CreateOrganisationAsync();
        await _factory.Data.CreateReturnAsync(foreign, await _factory.Data.CreateMemberAsync(foreign), filed => filed.SerialNumber = "SN5006");
        await IndexAsync();
        using var client = await AgentAsync();

        await ImportAsync(client,
            $"5001;D-7;1;;2026-11-12;SN5003;;;{byNumber.Number}\n5002;D-7;1;;2026-11-12;;;;\n5003;D-7;1;;2026-12-12;sn 5003;;;\n5004;D-7;1;;2026-12-12;;COMPTOIR5004;;\n5005;D-7;1;;2026-12-12;TWICE5005;;;\n5006;D-7;1;;2026-12-12;SN5006;;;\n");

        Assert.Equal(
            [byNumber.Id, byGrms.Id, bySerial.Id, byReference.Id, null, null],
            await _factory.ReadAsync(db => db.Credits.AllOrganisations().OrderBy(c => c.GrmsNumber).Select(c => c.DossierId).ToListAsync()));
        Assert.Equal("5003", await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().Where(d => d.Id == bySerial.Id).Select(d => d.GrmsNumber).SingleAsync()));
        using var dealer = await _factory.NewClientAsync(member);
        Assert.Contains("Crédit 5003 trouvé", (await dealer.GetPageAsync($"/dossiers/{bySerial.Number}")).TextOf("#live-timeline"), StringComparison.Ordinal);

        // The rest is a list of work, which a person works off.
        var list = await client.GetPageAsync("/admin/credits?gap=Dossier");
        Assert.Equal(["5006", "5005"], list.TextsOf("tbody th a").Order(StringComparer.Ordinal).Reverse());
        var refused = await client.SubmitAsync(await client.GetPageAsync("/admin/credits/5006"), "form[action='/admin/credits/link']", ("Number", "26-0000000-0"));
        Assert.Equal((HttpStatusCode.BadRequest, "26-0000000-0"), (refused.Status, refused.ValueOf("Number")));
        var theirs = await _factory.ReadAsync(db => db.Dossiers.AllOrganisations().Where(d => d.OrganisationId == foreign.Id).Select(d => d.Number).SingleAsync());
        Assert.Contains("Ce dossier est celui d’un autre revendeur.", (await client.SubmitAsync(await client.GetPageAsync("/admin/credits/5006"), "form[action='/admin/credits/link']", ("Number", theirs))).MainText, StringComparison.Ordinal);
        var linked = await client.FollowAsync(await client.SubmitAsync(await client.GetPageAsync("/admin/credits/5006"), "form[action='/admin/credits/link']", ("Number", byReference.Number)));
        Assert.Contains($"Le crédit est lié au dossier {byReference.Number}.", linked.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IssuedCredit_IsToldToTheOwnerOnce_WithWhatWasExpectedAndWhy()
    {
        var organisation = await KnownAsync("D-7");
        var member = await _factory.Data.CreateMemberAsync(organisation);
        var filed = await _factory.Data.CreateReturnAsync(organisation, member, dossier => (dossier.SerialNumber, dossier.NotifyByMail) = ("SN6001", true));
        var silent = await _factory.Data.CreateReturnAsync(organisation, member, dossier => (dossier.SerialNumber, dossier.NotifyByMail) = ("SN6002", false));
        await IndexAsync();
        using var client = await AgentAsync();

        await ImportAsync(client, "6001;D-7;256,50;43;2026-12-12;SN6001;;;\n6002;D-7;10;;2026-12-12;SN6002;;F-2;\n");
        Assert.Empty(await MailsAsync(filed));
        await ImportAsync(client, "6001;D-7;256,50;43;2026-12-12;SN6001;;F-1;\n");
        await ImportAsync(client, "6001;D-7;256,50;43;2026-12-12;SN6001;;F-1bis;\n");

        var mail = Assert.Single(await MailsAsync(filed));
        Assert.Contains("256,50", mail.Text, StringComparison.Ordinal);
        Assert.Contains("450,00", mail.Text, StringComparison.Ordinal);
        Assert.Contains("43", mail.Text, StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(silent));
        using var dealer = await _factory.NewClientAsync(member);
        var page = await dealer.GetPageAsync($"/dossiers/{filed.Number}");
        Assert.Contains("Note de crédit 6001 émise", page.TextOf("#live-timeline"), StringComparison.Ordinal);
        Assert.Equal("Attendu450,00 €Dépréciation43 %Crédité256,50 €", page.TextOf("#live-credits dl").Replace('\u00a0', ' '));
    }

    [Fact]
    public async Task CustomerNumber_BringsTheCreditsThatWaitedForIt_AndTakesThemAway()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var member = await _factory.Data.CreateMemberAsync(organisation);
        using var client = await AgentAsync();
        await ImportAsync(client, "7001;D-70;1;;2026-11-12;;;;\n");
        using var dealer = await _factory.NewClientAsync(member);
        Assert.Equal(HttpStatusCode.NotFound, (await dealer.GetPageAsync("/credits/7001")).Status);

        await SaveOrganisationAsync(client, organisation, "D-70");
        Assert.Equal(HttpStatusCode.OK, (await dealer.GetPageAsync("/credits/7001")).Status);
        await SaveOrganisationAsync(client, organisation, "D-71");
        Assert.Equal(HttpStatusCode.NotFound, (await dealer.GetPageAsync("/credits/7001")).Status);
    }

    [Fact]
    public async Task HostThatStopsInTheMiddle_IsFollowedByAnother_WhichLosesAndDoublesNothing()
    {
        await KnownAsync("D-7");
        using var client = await AgentAsync();
        var rows = string.Concat(Enumerable.Range(1, 2300).Select(i => FormattableString.Invariant($"8{i:0000};D-7;{i};;2026-11-12;;;;\n")));
        var preview = await UploadAsync(client, $"{Header}\n{rows}");
        await client.SubmitAsync(preview, "#confirm");
        using var stops = new CancellationTokenSource();
        // The second thousand is in and not yet committed.
        _hook.Before = db =>
        {
            if (((PortalDbContext)db).Credits.AllOrganisations().Count() > 1000)
                stops.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _factory.Services.GetRequiredService<WorkJob<CreditImporting>>().RunOnceAsync(stops.Token));
        Assert.Equal(1000, await CountAsync());
        using var other = new PortalFactory { Settings = { ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(_factory.DatabasePath), ["Files:Path"] = _factory.FilesPath } };
        await other.RunAsync<CreditImporting>();

        Assert.Equal((2300, Enumerable.Range(1, 2300).Sum() * 100L), (await CountAsync(), await _factory.ReadAsync(db => db.Credits.AllOrganisations().SumAsync(c => c.AmountCents))));
        Assert.Contains("2 300 crédits ajoutés", Plain(await client.GetPageAsync(preview.Url)), StringComparison.Ordinal);
        await client.SubmitAsync(await client.GetPageAsync(preview.Url), "#undo");
        await _factory.RunAsync<CreditImporting>();
        Assert.Equal(0, await CountAsync());
        Assert.Contains("2 300 crédits retirés, 0 remis comme avant.", Plain(await client.GetPageAsync(preview.Url)), StringComparison.Ordinal);
    }

    private static string Plain(PortalPage page) => page.MainText.Replace('\u00a0', ' ');

    private async Task<TestOrganisation> KnownAsync(string customerNumber)
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var now = _factory.Now;
        await _factory.WriteAsync((write, ct) => write.Db.Organisations.Where(o => o.Id == organisation.Id).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.CustomerNumber, customerNumber).SetProperty(o => o.ConfirmedAt, now), ct));
        return organisation;
    }

    /// <summary>Brings the words by which dossiers are found to what the tests wrote.</summary>
    private Task IndexAsync() => _factory.WriteAsync(async (write, ct) =>
    {
        await write.Db.DossierTokens.AllOrganisations().ExecuteDeleteAsync(ct);
        write.Db.AddRange((await write.Db.Dossiers.AllOrganisations().AsNoTracking().ToListAsync(ct)).SelectMany(DossierSearchRows.Of));
    });

    private async Task<PortalClient> AgentAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

    /// <summary>Uploaded and, where nothing has to be asked, checked.</summary>
    private async Task<PortalPage> UploadAsync(PortalClient client, string content)
    {
        var sent = await client.PostFilesAsync(Url, [new TestFile("File", "credits.csv", Encoding.UTF8.GetBytes(content))]);
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        await _factory.RunAsync<CreditImporting>();
        return await client.GetPageAsync(sent.Location!);
    }

    private async Task<PortalPage> ImportAsync(PortalClient client, string rows)
    {
        var preview = await UploadAsync(client, $"{Header}\n{rows}");
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(preview, "#confirm")).Status);
        await _factory.RunAsync<CreditImporting>();
        return await client.GetPageAsync(preview.Url);
    }

    private static async Task AskAsync(PortalClient dealer, string grms)
    {
        var form = await dealer.FollowAsync(await dealer.GetPageAsync(Assert.Single((await dealer.GetPageAsync($"/credits/{grms}")).HrefsOf("a[href*=credit-question]"))));
        Assert.Equal(grms, form.ValueOf("GrmsNumber"));
        Assert.Equal(HttpStatusCode.Redirect, (await dealer.SubmitAsync(form, "main form", ("Question", "Pourquoi ce montant ?"))).Status);
    }

    private static async Task SaveOrganisationAsync(PortalClient client, TestOrganisation organisation, string customerNumber)
    {
        var page = await client.GetPageAsync($"/admin/organisations/{organisation.Id}");
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(page, "#organisation", ("CustomerNumber", customerNumber), ("Confirm", "true"))).Status);
    }

    private Task<int> CountAsync() => _factory.ReadAsync(db => db.Credits.AllOrganisations().CountAsync());

    private Task<Credit> CreditAsync(string grms) => _factory.ReadAsync(db => db.Credits.AllOrganisations().AsNoTracking().SingleAsync(c => c.GrmsNumber == grms));

    private async Task<IReadOnlyList<TestMail>> MailsAsync(TestDossier dossier) => [.. (await _factory.MailsAsync()).Where(mail => mail.Row.DossierId == dossier.Id && mail.Kind == "CreditIssued")];
}
