using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>Reads what is printed. Null: no such dossier for this reader, or none of which this is printed.</summary>
public sealed class SheetReading(PortalDbContext db, DossierReading dossiers, TimeProvider time)
{
    public async Task<SlipPage?> SlipAsync(string number, Reader reader, CancellationToken ct) =>
        await dossiers.ReadAsync(number, reader, ct) is { Kind.Track: DossierTrack.Return } details
            ? new SlipPage(details, await ShopAsync(details, reader, ct), Now) { IsForStaff = reader.IsStaff }
            : null;

    /// <param name="language">In which the receipt is read.</param>
    public async Task<ReceiptPage?> ReceiptAsync(string number, Reader reader, string language, CancellationToken ct)
    {
        using var spoken = SpokenLanguage.Use(language);
        return await dossiers.ReadAsync(number, reader, ct) is { Kind.Track: DossierTrack.Repair } details
            ? new ReceiptPage(details, await ShopAsync(details, reader, ct), language, Now)
            : null;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<Shop> ShopAsync(DossierDetails details, Reader reader, CancellationToken ct)
    {
        var organisationId = details.Dossier.OrganisationId;
        var name = await db.Organisations.AsNoTracking().Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(ct);
        var branch = details.Branch ?? await db.Branches.AsNoTracking().ScopedTo(reader)
            .Where(b => b.OrganisationId == organisationId && b.DeactivatedAt == null).OrderBy(b => b.Id).FirstOrDefaultAsync(ct);
        return new Shop(name, branch);
    }
}
