using System.IO.Compression;
using System.Net;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Exports;

/// <summary>Lists as files: what the list shows, within its reader's rights, on record; long ones in the background.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly PortalFactory _factory = new() { Settings = { ["Exports:DirectRows"] = "3" } };

    private TestData Data => _factory.Data;

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Csv_OfADealer_HoldsWhatTheListShows_InItsOrder()
    {
        var (organisation, person) = await DealerAsync();
        var older = await Data.CreateDossierAsync(organisation, person, d => { d.CreatedAt = _factory.Now.AddDays(-1); d.EndUserName = "=Mme Spécimen"; d.SerialNumber = "7D6M5AB1800045N"; d.Reference = "שלום 😀"; });
        var newer = await Data.CreateDossierAsync(organisation, person);
        await Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.Completed);
        await ForeignAsync();
        using var client = await _factory.NewClientAsync(person);

        var page = await client.GetPageAsync("/dossiers?status=processing&sort=oldest");
        var csv = await client.GetPageAsync(page.Document.QuerySelector("a[href*='export.csv']")!.GetAttribute("href")!);

        Assert.Equal("text/csv; charset=utf-8", csv.ContentHeaders.ContentType!.ToString());
        Assert.Equal("dossiers-2026-11-23-1000.csv", csv.ContentHeaders.ContentDisposition!.FileName!.Trim('"'));
        var lines = csv.Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([older.Number, newer.Number], lines[1..].Select(line => line.Split(';')[0]));
        Assert.Equal("Dossier;Type de demande;Déposé le;Modèle;Numéro de série;Votre référence;Utilisateur final;Statut;Résolution;Attend;Numéro GRMS;Modifié le", lines[0]);
        Assert.Contains(";22/11/2026 10:00;LW90T554/BE;7D6M5AB1800045N;שלום 😀;'=Mme Spécimen;En traitement;;le support;", lines[1], StringComparison.Ordinal);
        var audit = await LastAuditAsync();
        Assert.Equal((person.Id, true), (audit.ActorId!.Value, audit.Detail!.StartsWith($"rows=2 format=Csv organisation={organisation.Id} status=Submitted,InProgress", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Export_OfAnEmployee_HoldsTheirOwnOnly_AlsoWhenSearching(string format)
    {
        var (organisation, administrator) = await DealerAsync();
        var employee = await Data.CreateMemberAsync(organisation);
        var own = await Data.CreateDossierAsync(organisation, employee, d => d.Reference = "partout");
        var other = await Data.CreateDossierAsync(organisation, administrator, d => d.Reference = "partout");
        var foreign = await ForeignAsync();
        using var client = await _factory.NewClientAsync(employee);

        foreach (var query in (string[])["", "?q=partout", $"?by={administrator.Id}&q=partout"])
        {
            var text = TextOf(await client.GetPageAsync($"/dossiers/export.{format}{query}"), format);
            Assert.Equal(!query.Contains("by=", StringComparison.Ordinal), text.Contains(own.Number, StringComparison.Ordinal));
            Assert.DoesNotContain(other.Number, text, StringComparison.Ordinal);
            Assert.DoesNotContain(foreign.Number, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fr", "csv", "Attend le dealer")]
    [InlineData("nl", "xlsx", "Wacht op de dealer")]
    public async Task Export_OfTheQueue_IsInTheReadersLanguage_AndHoldsNoEndUser(string language, string format, string status)
    {
        var (organisation, person) = await DealerAsync();
        var waiting = await Data.CreateDossierAsync(organisation, person, d => { d.Status = RequestStatus.WaitingForDealer; d.EndUserName = "Mme Introuvable"; });
        var done = await Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.Completed);
        using var support = await _factory.NewClientAsync(await Data.CreateStaffAsync(language: language));

        var text = TextOf(await support.GetPageAsync($"/admin/export.{format}?waits=dealer&org={organisation.VatNumber}"), format);

        Assert.Contains(waiting.Number, text, StringComparison.Ordinal);
        Assert.Contains(status, text, StringComparison.Ordinal);
        Assert.Contains(organisation.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(done.Number, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Introuvable", text, StringComparison.Ordinal);
        Assert.Contains($"waiting-on=Dealer filter-organisation={organisation.Id}", (await LastAuditAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongList_BecomesAFile_ThatIsWatchedFoundAgainAndFetched_ByWhoAskedForIt()
    {
        var (organisation, person) = await DealerAsync();
        var dossiers = new List<TestDossier>();
        for (var i = 0; i < 5; i++)
            dossiers.Add(await Data.CreateDossierAsync(organisation, person, d => d.CreatedAt = _factory.Now.AddMinutes(-i)));
        using var client = await _factory.NewClientAsync(person);

        var offer = await client.FollowAsync(await client.GetPageAsync("/dossiers/export.csv?status=processing"));
        Assert.Empty(await _factory.ReadAsync(db => db.Set<Export>().ToListAsync()));
        var waiting = await client.FollowAsync(await client.SubmitAsync(offer, "main form"));
        Assert.NotNull(waiting.Document.QuerySelector("[data-poll-on]"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync(waiting.Url + "/file")).Status);
        await RunJobAsync();

        var list = await client.GetPageAsync("/exports");
        Assert.Equal(waiting.Url, list.Document.QuerySelector("tbody a.key")!.GetAttribute("href"));
        var ready = await client.GetPageAsync(waiting.Url);
        Assert.Contains("5 dossiers", ready.MainText, StringComparison.Ordinal);
        Assert.Null(ready.Document.QuerySelector("[data-poll-on]"));
        var file = await client.GetPageAsync(ready.Document.QuerySelector("main a.btn-primary")!.GetAttribute("href")!);
        Assert.Equal(dossiers.Select(d => d.Number), file.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(';')[0]));

        using var colleague = await _factory.NewClientAsync(await Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
        using var support = await _factory.NewClientAsync(await Data.CreateStaffAsync());
        foreach (var stranger in (PortalClient[])[colleague, support])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetPageAsync(waiting.Url)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetPageAsync(waiting.Url + "/file")).Status);
        }

        // Its time is over after a week, and so is the file's.
        var key = await _factory.ReadAsync(db => db.Set<Export>().Select(e => e.StorageKey).SingleAsync());
        _factory.Time.Advance(Export.Lifetime + TimeSpan.FromMinutes(1));
        await RunJobAsync();
        Assert.Empty(await _factory.ReadAsync(db => db.Set<Export>().ToListAsync()));
        Assert.Null(await _factory.Services.GetRequiredService<IFileStore>().OpenAsync(key!, CancellationToken.None));
    }

    [Fact]
    public async Task LongList_OfWhoLostRightsSince_HoldsAndShowsNoMoreThanTheyMaySee()
    {
        var (organisation, _) = await DealerAsync();
        var demoted = await Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var other = await Data.CreateMemberAsync(organisation);
        for (var i = 0; i < 5; i++)
            await Data.CreateDossierAsync(organisation, i == 0 ? demoted : other);
        using var client = await _factory.NewClientAsync(demoted);
        var ordered = await client.SubmitAsync(await client.FollowAsync(await client.GetPageAsync("/dossiers/export.xlsx")), "main form");
        await _factory.WriteAsync(async (write, ct) => (await write.Db.Memberships.SingleAsync(m => m.UserId == demoted.Id, ct)).Role = MembershipRole.Employee);

        await RunJobAsync();

        Assert.Equal(1, await _factory.ReadAsync(db => db.Set<Export>().Select(e => e.Written).SingleAsync()));
        using var again = await _factory.NewClientAsync(demoted);
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetPageAsync(ordered.Location!)).Status);

        await client.PostAsync("/exports", ("format", "csv"), ("query", ""));
        await _factory.WriteAsync(async (write, ct) => (await write.Db.Memberships.SingleAsync(m => m.UserId == demoted.Id, ct)).Deactivate(demoted.Id, _factory.Now));
        await RunJobAsync();
        Assert.Equal(WorkState.Failed, await _factory.ReadAsync(db => db.Set<Export>().OrderByDescending(e => e.RequestedAt).ThenByDescending(e => e.Id).Select(e => e.State).FirstAsync()));
    }

    [Fact]
    public async Task LongList_OfAnInstanceThatFellSilent_IsTakenOver_AndTheSweepLeavesItsFile()
    {
        var (organisation, person) = await DealerAsync();
        await Data.CreateDossierAsync(organisation, person);
        using var client = await _factory.NewClientAsync(person);
        var ordered = await client.PostAsync("/exports", ("format", "csv"), ("query", ""));
        var now = _factory.Now;
        await _factory.WriteAsync((write, ct) => write.Db.Set<Export>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, WorkState.Running).SetProperty(e => e.LeaseOwner, Guid.NewGuid()).SetProperty(e => e.LeaseUntil, now + Worker.Lease), ct));

        await RunJobAsync();
        Assert.Equal(WorkState.Running, await StateAsync());
        _factory.Time.Advance(Worker.Lease + TimeSpan.FromSeconds(1));
        await RunJobAsync();
        Assert.Equal(WorkState.Done, await StateAsync());

        _factory.Time.Advance(FileSweep.OrphanAge + FileSweep.OrphanAge);
        await using (var scope = _factory.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FileSweep>().RunAsync(CancellationToken.None);
        using var again = await _factory.NewClientAsync(person);
        Assert.Equal(HttpStatusCode.OK, (await again.GetPageAsync(ordered.Location! + "/file")).Status);
    }

    private Task<WorkState> StateAsync() => _factory.ReadAsync(db => db.Set<Export>().Select(e => e.State).SingleAsync());

    private Task RunJobAsync() => _factory.RunAsync<ExportWriting>();

    private Task<AuditEntry> LastAuditAsync() => _factory.ReadAsync(db => db.Audit.Where(a => a.Action == "dossiers.exported").OrderByDescending(a => a.Id).FirstAsync());

    private static string TextOf(PortalPage page, string format)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        if (format == "csv")
            return page.Body;
        using var zip = new ZipArchive(new MemoryStream(page.Content));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return WebUtility.HtmlDecode(reader.ReadToEnd());
    }

    private async Task<TestDossier> ForeignAsync()
    {
        var (organisation, person) = await DealerAsync();
        return await Data.CreateDossierAsync(organisation, person, d => d.Reference = "partout");
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync()
    {
        var organisation = await Data.CreateOrganisationAsync();
        return (organisation, await Data.CreateMemberAsync(organisation, MembershipRole.Administrator));
    }
}
