using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Files;

public sealed class FileSweepTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task RunAsync_TakesOldDraftsAndOldOrphans_AndNothingElse()
    {
        using var abandoned = await RepairFiling.StartAsync(portal.Factory);
        await abandoned.SaveAsync(abandoned.Client, 0, ("Description", "old"));
        await abandoned.UploadAsync(RepairFiling.Photo(1), "old.jpg");
        using var sent = await RepairFiling.StartAsync(portal.Factory);
        await sent.UploadAsync(RepairFiling.Photo(2), "sent.jpg");
        await sent.SendAsync();
        portal.Factory.Time.Advance(Draft.Lifetime + TimeSpan.FromHours(1));
        using var open = await RepairFiling.StartAsync(portal.Factory);
        await open.UploadAsync(RepairFiling.Photo(3), "open.jpg");
        await portal.Data.CreateDealercardAsync();
        var (old, young) = (FileKeys.New(), FileKeys.New());
        var store = portal.Factory.Services.GetRequiredService<IFileStore>();
        await store.WriteAsync(old, new MemoryStream([1]), CancellationToken.None);
        await store.WriteAsync(young, new MemoryStream([1]), CancellationToken.None);
        // The store goes by the time of the files, which the test's clock does not move.
        foreach (var file in new DirectoryInfo(portal.Factory.FilesPath).EnumerateFiles("*", SearchOption.AllDirectories))
            file.LastWriteTimeUtc = portal.Factory.Now - FileSweep.OrphanAge - TimeSpan.FromHours(1);
        File.SetLastWriteTimeUtc(Path.Combine(portal.Factory.FilesPath, young), portal.Factory.Now);

        await using (var scope = portal.Factory.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FileSweep>().RunAsync(CancellationToken.None);

        Assert.Null(await abandoned.DraftAsync());
        Assert.Null(await sent.DraftAsync());
        Assert.NotNull(await open.DraftAsync());
        var rows = await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().ToListAsync());
        Assert.Equal(["open.jpg", "sent.jpg"], rows.Select(a => a.Name).Order());
        var left = new DirectoryInfo(portal.Factory.FilesPath).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(portal.Factory.FilesPath, f.FullName)).Order();
        var card = await portal.Factory.ReadAsync(db => db.DealercardVersions.SingleAsync());
        Assert.Equal(rows.SelectMany(a => new[] { a.StorageKey, a.ThumbnailKey! }).Concat([card.StorageKey, card.ThumbnailKey!, young]).Order(), left);
    }
}
