using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a repair request tells about itself; marks its texts.</summary>
public sealed class RepairKind(IStringLocalizer<RepairKind> texts) : DossierKind<RepairRequest>
{
    public override DossierType Type => DossierType.RepairRequest;

    public override DossierTrack Track => DossierTrack.Repair;

    public override bool LacksOffer(IDossierDetails details) => details is RepairRequest { ServiceOffer: null };

    public override async Task<bool> SetMissingOfferAsync(PortalDbContext db, long dossierId, ServiceOffer offer, CancellationToken ct) =>
        await db.RepairRequests.OfFound().Where(r => r.DossierId == dossierId && r.ServiceOffer == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ServiceOffer, offer), ct) > 0;

    protected override IEnumerable<DossierAnswer> Answers(RepairRequest details)
    {
        if (details.ServiceOffer is { } offer)
            yield return new(texts["ServiceOffer"], texts[$"ServiceOffer.{offer}"]);
        if (details.PreferredDate is { } date)
            yield return new(texts["PreferredDate"], Formats.Date(date));
        yield return new(texts["Description"], details.Description, IsLong: true);
    }
}
