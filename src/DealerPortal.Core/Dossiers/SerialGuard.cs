using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <summary>An open dossier for the same device in the own organisation.</summary>
/// <param name="OwnerName">Whom to ask where this person may not open it.</param>
public sealed record SameSerial(string Number, DossierType Type, DateTime CreatedAt, string OwnerName, bool MayOpen);

public static class SerialGuard
{
    private const int MaxShown = 5;

    /// <summary>
    /// The own organisation's open dossiers for a serial number, the newest first. Other organisations' are no dealer's
    /// business and are not hinted at.
    /// </summary>
    public static async Task<IReadOnlyList<SameSerial>> OpenWithSerialAsync(
        this PortalDbContext db, SerialNumber serial, Reader reader, CancellationToken ct) => await (
            from dossier in db.Dossiers.AsNoTracking()
            join owner in db.Users.AsNoTracking() on dossier.OwnerId equals owner.Id
            where dossier.SerialNumber == serial.Value && dossier.IsOpen
            orderby dossier.CreatedAt descending
            select new SameSerial(
                dossier.Number, dossier.Type, dossier.CreatedAt, PersonName.Shown(owner.FirstName + " " + owner.LastName),
                reader.SeesWholeOrganisation || dossier.OwnerId == reader.UserId)).Take(MaxShown).ToListAsync(ct);
}
