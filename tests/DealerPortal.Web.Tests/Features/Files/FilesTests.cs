using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Files;

public sealed class FilesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Show_ServesAsAttachmentThatCannotRun()
    {
        var (filing, id) = await SentWithFileAsync();
        using var _ = filing;

        var file = await filing.Client.GetPageAsync($"/files/{id}");

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal(("attachment", "image/jpeg"), (file.ContentHeaders.ContentDisposition!.DispositionType, file.ContentHeaders.ContentType!.MediaType));
        Assert.Equal("default-src 'none'; sandbox", string.Join(',', file.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", string.Join(',', file.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(file.Headers.CacheControl is { NoStore: true, Private: true });
    }

    [Fact]
    public async Task Thumbnail_IsShownInThePage()
    {
        var (filing, id) = await SentWithFileAsync();
        using var _ = filing;

        var file = await filing.Client.GetPageAsync($"/files/{id}/thumbnail");

        Assert.Equal((HttpStatusCode.OK, "image/jpeg", null), (file.Status, file.ContentHeaders.ContentType!.MediaType, file.ContentHeaders.ContentDisposition));
    }

    [Fact]
    public async Task Show_GoesByTheAccessToTheDossier()
    {
        var (filing, id) = await SentWithFileAsync();
        using var _ = filing;
        var stranger = await portal.Data.CreateOrganisationAsync();

        async Task<HttpStatusCode> SeenByAsync(TestUser person)
        {
            using var client = await portal.Factory.NewClientAsync(person);
            return (await client.GetPageAsync($"/files/{id}")).Status;
        }

        Assert.Equal(HttpStatusCode.NotFound, await SeenByAsync(await portal.Data.CreateMemberAsync(filing.Organisation)));
        Assert.Equal(HttpStatusCode.OK, await SeenByAsync(await portal.Data.CreateMemberAsync(filing.Organisation, Core.Organisations.MembershipRole.Administrator)));
        Assert.Equal(HttpStatusCode.NotFound, await SeenByAsync(await portal.Data.CreateMemberAsync(stranger, Core.Organisations.MembershipRole.Administrator)));
        var support = await portal.Data.CreateStaffAsync();
        Assert.Equal(HttpStatusCode.OK, await SeenByAsync(support));
        Assert.True(await portal.Factory.ReadAsync(db => db.Audit.AnyAsync(a => a.ActorId == support.Id && a.Action == "file.read" && a.SubjectId == id.ToString())));
    }

    [Fact]
    public async Task Show_OfAnInternalNotesFile_IsForSupportOnly()
    {
        var (filing, id) = await SentWithFileAsync();
        using var _ = filing;
        await portal.Factory.WriteAsync(async (write, ct) =>
        {
            var file = await write.Db.Attachments.AllOrganisations().AsNoTracking().SingleAsync(a => a.Id == id, ct);
            var note = new TimelineEntry { DossierId = file.DossierId!.Value, OrganisationId = file.OrganisationId, At = portal.Factory.Now, Kind = TimelineKind.InternalNote, Actor = ActorKind.Support, IsInternal = true };
            write.Db.Add(note);
            await write.Db.SaveChangesAsync(ct);
            await write.Db.Attachments.AllOrganisations().Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.TimelineEntryId, note.Id), ct);
        });

        Assert.Equal(HttpStatusCode.NotFound, (await filing.Client.GetPageAsync($"/files/{id}")).Status);
    }

    private async Task<(RepairFiling Filing, Guid FileId)> SentWithFileAsync()
    {
        var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");
        await filing.SendAsync();
        var dossier = (await filing.DossiersAsync()).Single();
        return (filing, await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().Where(a => a.DossierId == dossier.Id).Select(a => a.Id).SingleAsync()));
    }
}
