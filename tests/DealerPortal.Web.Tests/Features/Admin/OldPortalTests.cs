using System.Net;
using System.Text;
using DealerPortal.Core.Data;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using DealerPortal.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Files of an old portal, from the upload to what is there afterwards, and back.</summary>
public sealed class OldPortalTests : IDisposable
{
    private const string Header = "Nom;Numéro de TVA;Numéro client;Rue et numéro;Code postal;Localité;Pays;Téléphone";

    private readonly SaveHook _hook = new();
    private readonly PortalFactory _factory;
    private readonly string _one = TestData.NewVatNumber();
    private readonly string _two = TestData.NewVatNumber("LU");

    public OldPortalTests() => _factory = new PortalFactory
    {
        ConfigureMore = services => services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_hook)),
    };

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Organisations_ComeWithTheirBranches_ConfirmedAndFound_AndTheSameFileTwiceChangesNothing()
    {
        using var client = await AgentAsync();
        var file = $"{Header};Remarque\nÉlectro Un;{_one};D-1;Rue Haute 1;4000;Liège;;04 000 00 10;x\nÉlectro Un;{_one};;Rue Basse 2;5000;Namur;BE;;\nElektro Zwei;{_two};d-2;Grand-Rue 3;L-1234;Luxembourg;Luxembourg;+352 26 12 34 56;\n";

        var preview = await _factory.UploadAsync(client, PortalImportKind.Organisations, file);

        Assert.Equal("Nouvelles organisations2Nouveaux points de vente3Inchangées0Avec erreur0", preview.TextOf("#sum"));
        Assert.Contains("Remarque", preview.TextOf("#unknown"), StringComparison.Ordinal);
        Assert.Contains("+352 26 12 34 56", preview.Plain(), StringComparison.Ordinal);
        Assert.False(await ExistsAsync(_one));
        var done = await _factory.ConfirmAsync(client, preview);
        Assert.Contains("Lignes reprises : 3 ; complétées : 0 ; non reprises : 0.", done.Plain(), StringComparison.Ordinal);

        var one = await OrganisationAsync(_one);
        Assert.Equal(("Électro Un", "D-1", "BE"), (one.Name, one.CustomerNumber, one.Country));
        Assert.Equal(_factory.Now, one.ConfirmedAt);
        var branches = await BranchesAsync(_one);
        Assert.Equal(["Rue Basse 2, 5000 Namur", "Rue Haute 1, 4000 Liège"], branches.Select(b => b.AddressLine).Order(StringComparer.Ordinal));
        Assert.Equal("+3240000010", branches.Single(b => b.Town == "Liège").Phone);
        var luxembourg = Assert.Single(await BranchesAsync(_two));
        Assert.Equal(("LU", "1234", "+35226123456"), (luxembourg.Country, luxembourg.PostalCode, luxembourg.Phone));
        Assert.Equal("D-2", (await OrganisationAsync(_two)).CustomerNumber);
        Assert.Contains("Électro Un", (await client.GetPageAsync("/admin/organisations?q=namur")).MainText, StringComparison.Ordinal);
        Assert.Contains("organisation.imported", await _factory.ReadAsync(db => db.Audit.Select(a => a.Action).ToListAsync()));

        var again = await _factory.UploadAsync(client, PortalImportKind.Organisations, file);
        Assert.Equal("Nouvelles organisations0Nouveaux points de vente0Inchangées3Avec erreur0", again.TextOf("#sum"));
        Assert.Null(again.Document.QuerySelector("#confirm"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(again, "#discard")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync(again.Url)).Status);
    }

    [Fact]
    public async Task Organisation_ThatIsThere_GetsWhatItLacks_AndKeepsWhatItHas()
    {
        var there = await _factory.Data.CreateOrganisationAsync("Déjà Là");
        using var client = await AgentAsync();
        var street = (await BranchesAsync(there.VatNumber)).Single();

        var preview = await _factory.UploadAsync(client, PortalImportKind.Organisations, $"{Header}\nAutre Nom;{there.VatNumber};D-7;{street.Street.ToUpperInvariant()};{street.PostalCode};liege;;\nAutre Nom;{there.VatNumber};D-8;Rue Neuve 9;1000;Bruxelles;;\n");

        Assert.Equal("Nouvelles organisations0Nouveaux points de vente1Complétées1Inchangées0Avec erreur0", preview.TextOf("#sum"));
        Assert.Equal(["3Numéro clientD-8L’organisation a un autre numéro client et le garde. La ligne est reprise."], preview.Said("warnings"));
        await _factory.ConfirmAsync(client, preview);
        var organisation = await OrganisationAsync(there.VatNumber);
        Assert.Equal(("Déjà Là", "D-7", null), (organisation.Name, organisation.CustomerNumber, organisation.ConfirmedAt));
        Assert.Equal(2, (await BranchesAsync(there.VatNumber)).Count);

        await _factory.UndoAsync(client, preview);
        organisation = await OrganisationAsync(there.VatNumber);
        Assert.Null(organisation.CustomerNumber);
        Assert.Equal(street.Id, Assert.Single(await BranchesAsync(there.VatNumber)).Id);
    }

    [Fact]
    public async Task Rows_ThatCannotBeTaken_AreNamedWithLineColumnAndReason_AndTheOthersGoIn()
    {
        var taken = await _factory.Data.CreateOrganisationAsync();
        await _factory.NumberAsync(taken, "D-9");
        var gone = await _factory.Data.CreateOrganisationAsync();
        var now = _factory.Now;
        await _factory.WriteAsync((write, ct) => write.Db.Organisations.Where(o => o.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.DeactivatedAt, now), ct));
        using var client = await AgentAsync();

        var preview = await _factory.UploadAsync(client, PortalImportKind.Organisations, $"""
            {Header}
            Bon;{_one};D-1;Rue Haute 1;4000;Liège;;
            ;BE0123456789;D;Rue Haute 1;40;Liège;FR;abc
            Pris;{_two};D-9;Rue Haute 1;4000;Liège;;
            Aussi;{_two};D-1;Rue Haute 1;4000;Liège;;
            Parti;{gone.VatNumber};;Rue Haute 1;4000;Liège;;
            Bon;{_one};;Rue  haute, 1;4000;LIEGE;;

            """);

        Assert.Equal("Nouvelles organisations1Nouveaux points de vente1Inchangées0Avec erreur5", preview.TextOf("#sum"));
        Assert.Equal(
            [
                "3NomLa valeur manque.", "3Numéro de TVABE0123456789La valeur n’est pas comprise.", "3Numéro clientDLa valeur n’est pas comprise.",
                "3Code postal40La valeur n’est pas comprise.", "3PaysFRLa valeur n’est pas comprise.", "3TéléphoneabcLa valeur n’est pas comprise.",
                "4Numéro clientD-9Une autre organisation porte ce numéro client.", "5Numéro clientD-1Une autre organisation porte ce numéro client.",
                $"6Numéro de TVA{gone.VatNumber}Cette organisation est hors service.", "7Rue et numéroCela figure déjà à la ligne 2.",
            ],
            preview.Said("faults"));
        var file = await client.GetPageAsync(preview.Url + "/faults");
        Assert.Equal(("text/csv", "attachment"), (file.ContentHeaders.ContentType!.MediaType, file.ContentHeaders.ContentDisposition!.DispositionType));
        Assert.Contains("4;Numéro client;D-9;", file.Body, StringComparison.Ordinal);
        await _factory.ConfirmAsync(client, preview);
        Assert.Single(await BranchesAsync(_one));
        Assert.False(await ExistsAsync(_two));
    }

    [Theory]
    [InlineData("", "Organisations", "Choisissez un fichier.")]
    [InlineData("a", "", "Choisissez ce que le fichier contient.")]
    [InlineData("nom;tva;rue;localité\nx;y;z;z\n", "Organisations", "Des colonnes obligatoires manquent : Code postal.")]
    [InlineData("nom;tva;rue;cp;localité\n", "Organisations", "Le fichier ne contient aucune ligne sous les noms des colonnes.")]
    public async Task File_ThatIsNone_IsRefusedAtItsField(string content, string kind, string message)
    {
        using var client = await AgentAsync();

        var refused = await client.PostFilesAsync(OldPortalFiles.Url, [new TestFile("File", "a.csv", Encoding.UTF8.GetBytes(content))], ("Kind", kind));

        Assert.Equal((HttpStatusCode.BadRequest, "Erreur : " + message), (refused.Status, refused.TextOf("#upload .field-error").Replace('\u00a0', ' ')));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("nl")]
    [InlineData("de")]
    [InlineData("en")]
    public async Task Template_OfEveryKind_IsTakenAsItIs(string language)
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(language: language));
        foreach (var kind in Enum.GetValues<PortalImportKind>())
        {
            var template = await client.GetPageAsync($"{OldPortalFiles.Url}/template?kind={kind}");
            Assert.Equal("text/csv", template.ContentHeaders.ContentType!.MediaType);

            var preview = await _factory.UploadAsync(client, kind, template.Body);

            Assert.Null(preview.Document.QuerySelector("#unknown"));
            Assert.Empty(preview.Said("faults"));
            await _factory.ConfirmAsync(client, preview);
        }
    }

    [Fact]
    public async Task Undo_TakesEverythingBack_UnlessSomethingDependsOnIt()
    {
        using var client = await AgentAsync();
        var done = await ImportAsync(client, $"Électro Un;{_one};D-1;Rue Haute 1;4000;Liège;;\nÉlectro Un;{_one};;Rue Basse 2;5000;Namur;;\nElektro Zwei;{_two};;Grand-Rue 3;1234;Luxembourg;LU;\n");
        var one = await OrganisationAsync(_one);
        var (branch, other) = ((await BranchesAsync(_one))[0], await OrganisationAsync(_two));
        var member = await _factory.Data.CreateMemberAsync(new TestOrganisation(one.Id, one.Name, one.VatNumber, branch.Id));
        await _factory.Data.CreateBranchAsync(new TestOrganisation(other.Id, other.Name, other.VatNumber, 0), "Rue Neuve 4");

        var blocked = await client.GetPageAsync(done.Url);

        Assert.Null(blocked.Document.QuerySelector("#undo"));
        Assert.Contains("membres ou demandes d’adhésion dans ces organisations : 1", blocked.Plain(), StringComparison.Ordinal);
        Assert.Contains("points de vente ajoutés depuis : 1", blocked.Plain(), StringComparison.Ordinal);
        await client.PostAsync(done.Url + "/undo");
        await _factory.RunAsync<PortalImporting>();
        Assert.True(await ExistsAsync(_one));

        await _factory.WriteAsync(async (write, ct) =>
        {
            await write.Db.Memberships.Where(m => m.UserId == member.Id).ExecuteDeleteAsync(ct);
            await write.Db.Branches.AllOrganisations().Where(b => b.Street == "Rue Neuve 4").ExecuteDeleteAsync(ct);
        });
        var undone = await _factory.UndoAsync(client, done);

        Assert.Contains("Lignes retirées : 3", undone.Plain(), StringComparison.Ordinal);
        Assert.Equal((false, false), (await ExistsAsync(_one), await ExistsAsync(_two)));
        Assert.Equal(0, await _factory.ReadAsync(db => db.Branches.AllOrganisations().CountAsync()));
        Assert.Equal(0, await _factory.ReadAsync(db => db.Set<PortalImportTrace>().CountAsync()));
    }

    [Fact]
    public async Task HostThatStopsInTheMiddle_IsFollowedByAnother_WhichLosesAndDoublesNothing()
    {
        using var client = await AgentAsync();
        var rows = string.Concat(Enumerable.Range(1, 250).Select(i => FormattableString.Invariant($"Électro {i % 90};{Vat(i % 90)};;Rue Haute {i};4000;Liège;;\n")));
        var preview = await _factory.UploadAsync(client, PortalImportKind.Organisations, $"{Header}\n{rows}");
        Assert.Equal("Nouvelles organisations90Nouveaux points de vente250Inchangées0Avec erreur0", preview.TextOf("#sum"));
        await client.SubmitAsync(preview, "#confirm");
        using var stops = new CancellationTokenSource();
        // The second hundred is on its way and not yet committed.
        _hook.Before = db =>
        {
            if (((PortalDbContext)db).Branches.AllOrganisations().Count() > 100)
                stops.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _factory.Services.GetRequiredService<WorkJob<PortalImporting>>().RunOnceAsync(stops.Token));
        Assert.Equal(100, await _factory.ReadAsync(db => db.Branches.AllOrganisations().CountAsync()));
        using var other = new PortalFactory { Settings = { ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(_factory.DatabasePath), ["Files:Path"] = _factory.FilesPath } };
        await other.RunAsync<PortalImporting>();

        Assert.Equal((90, 250), (await _factory.ReadAsync(db => db.Organisations.CountAsync()), await _factory.ReadAsync(db => db.Branches.AllOrganisations().CountAsync())));
        Assert.Contains("Lignes reprises : 250", (await client.GetPageAsync(preview.Url)).Plain(), StringComparison.Ordinal);

        static string Vat(int i) => VatNumber.TryParse(FormattableString.Invariant($"BE{9_800_000 + i:00000000}{97 - (9_800_000 + i) % 97:00}"), out var vat) ? vat.Value : throw new InvalidOperationException();
    }

    [Fact]
    public async Task Verb_ChecksWritesAndUndoes_AndSaysByItsCodeWhetherAllWentIn()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        var path = Path.Combine(Directory.CreateTempSubdirectory("dealerportal-verb-").FullName, "organisations.csv");
        await File.WriteAllTextAsync(path, $"{Header}\nÉlectro Un;{_one};;Rue Haute 1;4000;Liège;;\nÉlectro Deux;{_two};;;4000;Liège;;\n");
        string[] said = ["organisations", path, "--as", staff.Email.ToUpperInvariant(), "--check", "--Setting=x"];
        var order = ImportOrder.Take(ImportOrder.Import, ref said)!;
        Assert.Equal(["--Setting=x"], said);

        var (code, csv, notes) = await RunAsync(order);
        Assert.Equal((1, "3;Rue et numéro;;La valeur manque."), (code, csv.TrimEnd().Split('\n')[^1].TrimEnd()));
        Assert.Contains("Nouvelles organisations: 1", notes, StringComparison.Ordinal);
        Assert.Equal((false, 0), (await ExistsAsync(_one), await _factory.ReadAsync(db => db.Set<PortalImport>().CountAsync())));

        (code, _, _) = await RunAsync(order with { OnlyCheck = false });
        Assert.Equal((1, true), (code, await ExistsAsync(_one)));
        await File.WriteAllTextAsync(path, $"{Header}\nÉlectro Un;{_one};;Rue Haute 1;4000;Liège;;\n");
        (code, _, _) = await RunAsync(order with { OnlyCheck = false });
        Assert.Equal(0, code);

        var id = await _factory.ReadAsync(db => db.Set<PortalImport>().Select(i => i.Id).SingleAsync());
        string[] undo = [$"{id}", "--as", staff.Email];
        (code, _, notes) = await RunAsync(ImportOrder.Take(ImportOrder.Undo, ref undo)!);
        Assert.Equal((0, false), (code, await ExistsAsync(_one)));
        Assert.Contains("Lignes retirées : 1", notes, StringComparison.Ordinal);

        var dealer = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        Assert.Equal(1, (await RunAsync(order with { Staff = dealer.Email })).Code);
    }

    [Theory]
    [InlineData("organisations", "a.csv")]
    [InlineData("everything", "a.csv", "--as", "a@example.com")]
    [InlineData("1", "--as", "a@example.com")]
    [InlineData("organisations", "a.csv", "b.csv", "--as", "a@example.com")]
    public void Verb_WithoutAllItNeeds_IsNotTaken(params string[] args) => Assert.Null(ImportOrder.Take(ImportOrder.Import, ref args));

    private async Task<PortalClient> AgentAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

    private async Task<(int Code, string Csv, string Notes)> RunAsync(ImportOrder order)
    {
        await using var csv = new StringWriter();
        await using var notes = new StringWriter();
        var code = await new ImportVerbs(_factory.Services, csv, notes).RunAsync(order, CancellationToken.None);
        return (code, csv.ToString(), notes.ToString().Replace('\u00a0', ' '));
    }

    private async Task<PortalPage> ImportAsync(PortalClient client, string rows) => await _factory.ConfirmAsync(client, await _factory.UploadAsync(client, PortalImportKind.Organisations, $"{Header}\n{rows}"));

    private Task<bool> ExistsAsync(string vat) => _factory.ReadAsync(db => db.Organisations.AnyAsync(o => o.VatNumber == vat));

    private Task<Organisation> OrganisationAsync(string vat) => _factory.ReadAsync(db => db.Organisations.AsNoTracking().SingleAsync(o => o.VatNumber == vat));

    private Task<List<Branch>> BranchesAsync(string vat) => _factory.ReadAsync(db => db.Branches.AllOrganisations().AsNoTracking()
        .Where(b => db.Organisations.Any(o => o.Id == b.OrganisationId && o.VatNumber == vat)).OrderBy(b => b.Id).ToListAsync());
}
