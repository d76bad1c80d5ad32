using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Erasure;

/// <summary>Removes what a person began to fill in, or support for them, with the files staged on it.</summary>
internal static class PersonalDrafts
{
    /// <returns>The stored objects that no row names any more.</returns>
    public static async Task<List<string?>> RemoveAsync(PortalDbContext db, int userId, CancellationToken ct)
    {
        var drafts = db.Drafts.AllOrganisations().Where(d => d.OwnerId == userId || d.ForUserId == userId);
        var staged = db.Attachments.AllOrganisations().Where(a => a.DraftId != null && drafts.Any(d => d.Id == a.DraftId));
        var keys = await staged.Select(a => new { a.StorageKey, a.ThumbnailKey }).ToListAsync(ct);
        await staged.ExecuteDeleteAsync(ct);
        await drafts.ExecuteDeleteAsync(ct);
        return keys.SelectMany(k => new[] { k.StorageKey, k.ThumbnailKey }).ToList();
    }
}
