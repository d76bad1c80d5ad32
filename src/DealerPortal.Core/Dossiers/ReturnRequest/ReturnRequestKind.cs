using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a return request tells about itself; marks its texts.</summary>
public sealed class ReturnRequestKind(IStringLocalizer<ReturnRequestKind> texts) : DossierKind<ReturnRequest>
{
    public override DossierType Type => DossierType.ReturnRequest;

    public override DossierTrack Track => DossierTrack.Return;

    protected override SlipFacts Slip(ReturnRequest details) => new()
    {
        Title = texts["Slip.Title"],
        Checks = [texts["Slip.Packed"], texts["Slip.Accessories"], texts["Slip.Attached"]],
        ReadyFrom = details.ReadyFrom,
    };

    protected override IEnumerable<DossierAnswer> Answers(ReturnRequest details)
    {
        yield return new(texts["Doa"], texts[details.IsDoa ? "Yes" : "No"]);
        if (details.Reason is { } reason)
            yield return new(texts["Reason"], reason, IsLong: true);
        yield return new(texts["Damaged"], texts[details.IsDamaged ? "Yes" : "No"]);
        if (details.PurchaseDate is { } date)
            yield return new(texts["PurchaseDate"], Formats.Date(date));
        yield return new(texts["ReadyFrom"], Formats.Date(details.ReadyFrom));
        yield return new(texts["Description"], details.Description, IsLong: true);
    }
}
