using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

public static class PersonDefaults
{
    /// <summary>Whether to be kept informed by mail, as the person wishes it under Account.</summary>
    public static async Task<string?> NotifyDefaultAsync(this PortalDbContext db, SessionSnapshot person, CancellationToken ct) =>
        await db.Users.Where(u => u.Id == person.FilesForUserId).Select(u => u.NotifyByMail).SingleAsync(ct) ? FormInput.Ticked : null;
}
