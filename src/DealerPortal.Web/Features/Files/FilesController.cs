using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Files;

/// <summary>Stored files, to whoever may see the dossier or owns the draft they belong to. To everybody else they do not exist.</summary>
[Access(Audience.MemberOrStaff)]
public sealed class FilesController(PortalDbContext db, PortalDatabase database, IFileStore store, CurrentUser user, TimeProvider time) : Controller
{
    [HttpGet("/files/{id:guid}")]
    public async Task<IActionResult> Show(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } file || await store.OpenAsync(file.StorageKey, ct) is not { } content)
            return NotFound();
        if (user.Required.IsStaff)
            await database.WriteAsync((write, _) => Record(write, file), ct);
        Response.SealAsStoredFile();
        return File(content, file.ContentType, file.Name);
    }

    /// <summary>The one thing shown inside a page: a small JPEG that the portal itself drew.</summary>
    [HttpGet("/files/{id:guid}/thumbnail")]
    public async Task<IActionResult> Thumbnail(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { ThumbnailKey: { } key } || await store.OpenAsync(key, ct) is not { } content)
            return NotFound();
        Response.SealAsStoredFile();
        return File(content, "image/jpeg");
    }

    private async Task<Attachment?> FindAsync(Guid id, CancellationToken ct)
    {
        var person = user.Required;
        var attachments = person.IsStaff ? db.Attachments.AllOrganisations() : db.Attachments;
        var entries = person.IsStaff ? db.Timeline.AllOrganisations() : db.Timeline;
        var dossiers = db.Dossiers.VisibleTo(person.Reader);
        return await attachments.AsNoTracking().Where(a => a.Id == id)
            .Where(a => a.DossierId == null
                ? a.UploadedById == person.UserId
                : dossiers.Any(d => d.Id == a.DossierId) && (person.IsStaff || a.TimelineEntryId == null || entries.Any(e => e.Id == a.TimelineEntryId && !e.IsInternal)))
            .SingleOrDefaultAsync(ct);
    }

    private Task Record(WriteScope write, Attachment file)
    {
        write.Db.Record(time.GetUtcNow().UtcDateTime, user.Required.UserId, "file.read", nameof(Attachment), file.Id);
        return Task.CompletedTask;
    }
}
