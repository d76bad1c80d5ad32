using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a repair request tells about itself; marks its texts.</summary>
public sealed class RepairKind(IStringLocalizer<RepairKind> texts) : DossierKind<RepairRequest>
{
    public override DossierType Type => DossierType.RepairRequest;

    public override DossierTrack Track => DossierTrack.Repair;

    protected override IEnumerable<DossierAnswer> Answers(RepairRequest details)
    {
        if (details.ServiceOffer is { } offer)
            yield return new(texts["ServiceOffer"], texts[$"ServiceOffer.{offer}"]);
        if (details.PreferredDate is { } date)
            yield return new(texts["PreferredDate"], Formats.Date(date));
        yield return new(texts["Description"], details.Description, IsLong: true);
    }
}
