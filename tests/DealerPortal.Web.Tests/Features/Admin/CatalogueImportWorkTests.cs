using System.Globalization;
using System.Net;
using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Writing a confirmed file takes a while: it is watched, survives its host, and neither loses nor doubles a row.</summary>
public sealed class CatalogueImportWorkTests : IDisposable
{
    private const string Url = "/admin/catalogue/import";

    /// <summary>Two full batches and the rest.</summary>
    private const int Rows = 2300;

    private readonly SaveHook _hook = new();
    private readonly PortalFactory _factory;

    public CatalogueImportWorkTests() => _factory = new PortalFactory
    {
        ConfigureMore = services => services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_hook)),
    };

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task HostThatStopsInTheMiddle_IsFollowedByAnother_WhichLosesAndDoublesNothing()
    {
        using var client = await AdministratorAsync();
        var preview = await ConfirmAsync(client);
        using var stops = new CancellationTokenSource();
        _hook.AtSave<ProductModel>(2, stops.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _factory.Services.GetRequiredService<WorkJob<CatalogueWriting>>().RunOnceAsync(stops.Token));

        Assert.Equal((WorkState.Waiting, 1000, 0), await StandAsync());
        var page = await client.GetPageAsync(preview.Url);
        Assert.Contains("1 000 modèles sur 2 300 sont écrits.", Plain(page), StringComparison.Ordinal);
        Assert.Equal(("1000", "2300"), (page.Document.QuerySelector("progress")!.GetAttribute("value"), page.Document.QuerySelector("progress")!.GetAttribute("max")));

        using var other = new PortalFactory { Settings = { ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(_factory.DatabasePath) } };
        await other.RunAsync<CatalogueWriting>();

        await AssertWholeAsync();
        Assert.Contains("Ajoutés : 2 300, modifiés : 0.", Plain(await client.GetPageAsync(preview.Url)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstanceThatFellSilent_IsTakenOverOnceItsLeaseIsOver()
    {
        using var client = await AdministratorAsync();
        await ConfirmAsync(client);
        var now = _factory.Now;
        await _factory.WriteAsync((write, ct) => write.Db.Set<CatalogueImport>().ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, WorkState.Running).SetProperty(i => i.LeaseOwner, Guid.NewGuid()).SetProperty(i => i.LeaseUntil, now + Worker.Lease), ct));

        await _factory.RunAsync<CatalogueWriting>();
        Assert.Equal(WorkState.Running, (await StandAsync()).State);
        _factory.Time.Advance(Worker.Lease + TimeSpan.FromSeconds(1));
        await _factory.RunAsync<CatalogueWriting>();

        await AssertWholeAsync();
    }

    [Fact]
    public async Task WhoLostTheLease_WritesNothingMore()
    {
        using var client = await AdministratorAsync();
        await ConfirmAsync(client);
        // Somebody takes over while the second batch is being saved: what this instance writes must not stay.
        _hook.Before = db =>
        {
            if (db.ChangeTracker.Entries<ProductModel>().Any(entry => entry.State == EntityState.Added && entry.Entity.Key == "XX01500"))
            {
                _hook.Before = null;
                db.Set<CatalogueImport>().ExecuteUpdate(set => set.SetProperty(i => i.LeaseOwner, Guid.NewGuid()));
            }
        };

        await _factory.RunAsync<CatalogueWriting>();

        // The rolled back batch was written again, by whoever holds the lease now, once.
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Failure_IsShown_AndResumed_WhereItStopped()
    {
        using var client = await AdministratorAsync();
        var preview = await ConfirmAsync(client);
        var saves = 0;
        _hook.Before = db =>
        {
            if (db.ChangeTracker.Entries<ProductModel>().Any(entry => entry.State == EntityState.Added) && ++saves > 1)
                throw new IOException("The disk is full.");
        };
        await _factory.RunAsync<CatalogueWriting>();
        _hook.Before = null;

        Assert.Equal((WorkState.Failed, 1000, 3), await StandAsync());
        Assert.Contains("Arrêté", (await client.GetPageAsync(Url)).TextOf("section[aria-labelledby=kept]"), StringComparison.Ordinal);
        var failed = await client.GetPageAsync(preview.Url);
        Assert.Contains("1 000 modèles sur 2 300 sont écrits. Une erreur l’a arrêtée.", Plain(failed), StringComparison.Ordinal);
        Assert.Null(failed.Document.QuerySelector("[data-poll-on]"));
        await client.SubmitAsync(failed, "#again");
        await _factory.RunAsync<CatalogueWriting>();

        await AssertWholeAsync();
        Assert.Equal(["again", "rows=2300"], (await AuditAsync("catalogue-import.ordered")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ModelChangedByAPersonSinceItStopped_IsLeftAlone_WithAllThatIsLeft()
    {
        var model = await _factory.Data.CreateModelAsync("RF48A9/BE");
        using var client = await AdministratorAsync();
        using var colleague = await AdministratorAsync();
        var preview = await ConfirmAsync(client, more: "RF48A9/BE;;;;;;;9;\n");
        using var stops = new CancellationTokenSource();
        _hook.AtSave<ProductModel>(2, stops.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _factory.Services.GetRequiredService<WorkJob<CatalogueWriting>>().RunOnceAsync(stops.Token));
        _factory.Time.Advance(TimeSpan.FromMinutes(1));
        await colleague.SubmitAsync(await colleague.GetPageAsync($"/admin/catalogue/{model.Id}"), "#model", ("Form.LeadTime", "5"));

        await _factory.RunAsync<CatalogueWriting>();

        Assert.Equal((WorkState.Overtaken, 1000, 1), await StandAsync());
        Assert.Equal(5, await _factory.ReadAsync(db => db.Models.Where(m => m.Id == model.Id).Select(m => m.LeadTimeDays).SingleAsync()));
        Assert.Equal(1000, await ImportedAsync());
        var page = await client.GetPageAsync(preview.Url);
        Assert.Equal(["RF48A9/BE"], page.TextsOf("#changed a"));
        await client.SubmitAsync(page, "#confirm");
        await _factory.RunAsync<CatalogueWriting>();
        Assert.Equal(9, await _factory.ReadAsync(db => db.Models.Where(m => m.Id == model.Id).Select(m => m.LeadTimeDays).SingleAsync()));
        Assert.Equal(Rows, (await AuditAsync("model.added")).Distinct().Count());
    }

    [Fact]
    public async Task SecondConfirmation_OrdersNothing_AndWhatIsUnderWayIsNeitherDiscardedNorSwept()
    {
        using var client = await AdministratorAsync();
        var preview = await ConfirmAsync(client);

        Assert.Equal(preview.Url, (await client.SubmitAsync(preview, "#confirm")).Location);
        Assert.Equal(preview.Url, (await client.PostAsync(preview.Url + "/discard")).Location);
        _factory.Time.Advance(CatalogueImport.Lifetime + CatalogueImport.LifetimeOnceOrdered);
        await using (var scope = _factory.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FileSweep>().RunAsync(CancellationToken.None);
        await _factory.RunAsync<CatalogueWriting>();

        await AssertWholeAsync();
        Assert.Equal(["rows=2300"], await AuditAsync("catalogue-import.ordered"));
    }

    [Fact]
    public async Task Progress_IsAskedForAlone_AndSaysWhenItIsOver()
    {
        using var client = await AdministratorAsync();
        var preview = await ConfirmAsync(client);
        await _factory.RunAsync<CatalogueWriting>();
        client.Http.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        var part = await client.GetPageAsync(preview.Url);

        Assert.DoesNotContain("<html", part.Body, StringComparison.Ordinal);
        Assert.Null(part.Document.QuerySelector("[data-poll-on]"));
        Assert.Equal(preview.Url, part.Document.QuerySelector("a.btn-primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task WhoIsNoAdministratorAnyMore_HasNothingWritten()
    {
        using var client = await AdministratorAsync();
        await ConfirmAsync(client);
        await _factory.WriteAsync((write, ct) => write.Db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.StaffRole, StaffRole.SupportAgent), ct));

        await _factory.RunAsync<CatalogueWriting>();

        Assert.Equal((WorkState.Failed, 0, 1), await StandAsync());
        Assert.Equal(0, await ImportedAsync());
    }

    /// <summary>Uploads a file and confirms it.</summary>
    /// <returns>The preview that was confirmed.</returns>
    private async Task<PortalPage> ConfirmAsync(PortalClient client, string more = "")
    {
        await _factory.Data.CreateModelAsync("TV55QD8/BE");
        var category = await _factory.ReadAsync(db => db.Categories.Select(c => c.Code).FirstAsync());
        var file = new StringBuilder("code;category;name_fr;name_nl;name_de;name_en;service_offer;lead_time_days;active\n");
        for (var i = 0; i < Rows; i++)
            file.Append(CultureInfo.InvariantCulture, $"XX{i:00000};{category};Un {i};Een {i};Eins {i};One {i};;;\n");
        var upload = new TestFile("File", "modèles.csv", Encoding.UTF8.GetBytes(file.Append(more).ToString()), "text/csv");
        var preview = await client.FollowAsync(await client.SubmitAsync(await client.GetPageAsync(Url), "#upload", [upload]));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(preview, "#confirm")).Status);
        return preview;
    }

    private async Task AssertWholeAsync()
    {
        Assert.Equal((WorkState.Done, Rows, 1), await StandAsync());
        Assert.Equal((Rows, Rows), await _factory.ReadAsync(db => db.Set<CatalogueImport>().Select(i => ValueTuple.Create(i.Added, i.Written)).SingleAsync()));
        Assert.Equal(Rows, await ImportedAsync());
        var added = await AuditAsync("model.added");
        Assert.Equal((Rows, Rows), (added.Count, added.Distinct().Count()));
    }

    private Task<(WorkState State, int Written, int Attempts)> StandAsync() =>
        _factory.ReadAsync(db => db.Set<CatalogueImport>().Select(i => ValueTuple.Create(i.State, i.Written, i.Attempts)).SingleAsync());

    private Task<int> ImportedAsync() => _factory.ReadAsync(db => db.Models.CountAsync(m => m.Key.StartsWith("XX")));

    private Task<List<string>> AuditAsync(string action) => _factory.ReadAsync(db => db.Audit.Where(a => a.Action == action).Select(a => a.Detail!).ToListAsync());

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private static string Plain(PortalPage page) => page.MainText.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
