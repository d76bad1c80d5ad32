using System.Globalization;
using System.Net;
using System.Text;
using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin.ServiceCentres;

/// <summary>Taking a confirmed file in takes a while: it is watched, survives its host, and takes no row in twice.</summary>
public sealed class UploadWorkTests : IDisposable
{
    private const int Rows = 6;

    private readonly SaveHook _hook = new();
    private readonly PortalFactory _factory;

    public UploadWorkTests() => _factory = new PortalFactory
    {
        ConfigureMore = services => services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_hook)),
    };

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task HostThatStopsInTheMiddle_IsFollowedByAnother_WhichTakesInWhatIsLeft()
    {
        using var support = await SupportAsync();
        var preview = await ConfirmAsync(support);
        using var stops = new CancellationTokenSource();
        _hook.AtSave<CentreEvent>(4, stops.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _factory.Services.GetRequiredService<WorkJob<CentreTaking>>().RunOnceAsync(stops.Token));

        Assert.Equal(WorkState.Waiting, (await StandAsync()).State);
        Assert.Equal(3, await _factory.ReadAsync(db => db.CentreEvents.CountAsync()));
        Assert.NotNull((await support.GetPageAsync(preview.Url)).Document.QuerySelector("[data-poll-on]"));

        using var other = new PortalFactory { Settings = { ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(_factory.DatabasePath) } };
        await other.RunAsync<CentreTaking>();

        await AssertWholeAsync();
        Assert.Equal(Rows, (await support.GetPageAsync(preview.Url)).TextsOf("tbody td.state").Count(text => text == "Appliqué"));
    }

    [Fact]
    public async Task Failure_IsShown_AndResumedByAColleague_NothingTwice()
    {
        using var support = await SupportAsync();
        var preview = await ConfirmAsync(support);
        var saves = 0;
        _hook.Before = db =>
        {
            if (db.ChangeTracker.Entries<CentreEvent>().Any(entry => entry.State == EntityState.Added) && ++saves > 2)
                throw new IOException("The disk is full.");
        };
        await _factory.RunAsync<CentreTaking>();
        _hook.Before = null;

        Assert.Equal((WorkState.Failed, 3), ((await StandAsync()).State, (await StandAsync()).Attempts));
        Assert.Contains("Arrêté", (await support.GetPageAsync(preview.Url[..preview.Url.LastIndexOf("s/", StringComparison.Ordinal)])).TextOf("tbody"), StringComparison.Ordinal);
        var colleague = await _factory.Data.CreateStaffAsync();
        using var other = await _factory.NewClientAsync(colleague);
        var failed = await other.GetPageAsync(preview.Url);
        Assert.Contains("Une erreur a arrêté le traitement.", failed.MainText, StringComparison.Ordinal);
        await other.SubmitAsync(failed, "#again");
        await _factory.RunAsync<CentreTaking>();

        await AssertWholeAsync();
        Assert.Equal(colleague.Id, await _factory.ReadAsync(db => db.CentreUploads.Select(u => u.OrderedById).SingleAsync()));
        Assert.Contains($"Confirmé par {colleague.FirstName} {colleague.LastName}", (await other.GetPageAsync(preview.Url)).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondConfirmation_OrdersNothing()
    {
        using var support = await SupportAsync();
        var preview = await ConfirmAsync(support);

        Assert.Equal(HttpStatusCode.Redirect, (await support.PostAsync(preview.Url)).Status);
        await _factory.RunAsync<CentreTaking>();

        await AssertWholeAsync();
        Assert.Equal(1, await _factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "centre-upload.ordered")));
    }

    [Fact]
    public async Task Progress_IsAskedForAlone_AndSaysWhenItIsOver()
    {
        using var support = await SupportAsync();
        var preview = await ConfirmAsync(support);
        await _factory.RunAsync<CentreTaking>();
        support.Http.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        var part = await support.GetPageAsync(preview.Url);

        Assert.DoesNotContain("<html", part.Body, StringComparison.Ordinal);
        Assert.Contains("6 lignes sur 6 sont prises.", part.Body, StringComparison.Ordinal);
        Assert.Equal(preview.Url, part.Document.QuerySelector("a.btn-primary")!.GetAttribute("href"));
    }

    /// <summary>Uploads a file and confirms it.</summary>
    /// <returns>The preview that was confirmed.</returns>
    private async Task<PortalPage> ConfirmAsync(PortalClient client)
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var dossier = await _factory.Data.CreateDossierAsync(organisation, await _factory.Data.CreateMemberAsync(organisation));
        var centre = await _factory.Data.CreateCentreAsync();
        var file = new StringBuilder("dossier;code;occurredAt;text\n");
        for (var i = 0; i < Rows; i++)
            file.Append(CultureInfo.InvariantCulture, $"{dossier.Number};INFORMATION;23/11/2026 0{i + 1}:00;Note {i}\n");
        var preview = await client.FollowAsync(
            await client.PostFilesAsync($"/admin/service-centres/{centre.Id}/upload", [new TestFile("file", "semaine.csv", Encoding.UTF8.GetBytes(file.ToString()))]));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(preview, "form.actions")).Status);
        return preview;
    }

    private async Task AssertWholeAsync()
    {
        Assert.Equal((WorkState.Done, Rows), ((await StandAsync()).State, (await StandAsync()).Written));
        Assert.Equal(Rows, await _factory.ReadAsync(db => db.CentreEvents.CountAsync()));
        Assert.Equal(Rows, await _factory.ReadAsync(db => db.Timeline.IgnoreQueryFilters().CountAsync(e => e.Text!.StartsWith("Note "))));
        Assert.Equal($"centre {await _factory.ReadAsync(db => db.CentreUploads.Select(u => u.CentreId).SingleAsync())}, {Rows} rows",
            await _factory.ReadAsync(db => db.Audit.Where(a => a.Action == "centre-upload.confirmed").Select(a => a.Detail).SingleAsync()));
    }

    private Task<(WorkState State, int Written, int Attempts)> StandAsync() =>
        _factory.ReadAsync(db => db.CentreUploads.Select(u => ValueTuple.Create(u.State, u.Written, u.Attempts)).SingleAsync());

    private async Task<PortalClient> SupportAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
}
