using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Content.Announcements;

/// <summary>Puts news away for one person.</summary>
public sealed class AnnouncementDismissing(PortalDatabase database, AnnouncementReading reading, TimeProvider time)
{
    /// <summary>Twice is as good as once.</summary>
    /// <returns>False where this person reads no such news.</returns>
    public async Task<bool> DismissAsync(int id, int userId, int organisationId, CancellationToken ct)
    {
        if (await reading.FindAsync(id, organisationId, ct) is not { Kind: AnnouncementKind.News })
            return false;
        try
        {
            await database.WriteAsync(
                async (write, token) =>
                {
                    if (!await write.Db.AnnouncementDismissals.AnyAsync(d => d.UserId == userId && d.AnnouncementId == id, token))
                        write.Db.Add(new AnnouncementDismissal { UserId = userId, AnnouncementId = id, At = time.GetUtcNow().UtcDateTime });
                },
                ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The second of two clicks at once.
        }

        return true;
    }
}
