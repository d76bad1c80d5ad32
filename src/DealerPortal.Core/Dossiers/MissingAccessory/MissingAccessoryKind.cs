using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a missing accessory tells about itself; marks its texts.</summary>
public sealed class MissingAccessoryKind(IStringLocalizer<MissingAccessoryKind> texts) : DossierKind<MissingAccessory>
{
    public override DossierType Type => DossierType.MissingAccessory;

    public override bool HasDevice => false;

    public override string? PlaceLabel(bool atEndUser) => texts["DeliverTo"];

    protected override IQueryable<MissingAccessory> Rows(IQueryable<MissingAccessory> rows) => rows.Include(m => m.Lines);

    protected override IEnumerable<DossierAnswer> Answers(MissingAccessory details)
    {
        yield return new(texts["DeliveryDate"], Formats.Date(details.DeliveryDate));
        if (details.DeliveryNoteNumber is { } number)
            yield return new(texts["DeliveryNote"], number);
        yield return new(texts["Lines"], string.Join('\n', details.Lines.OrderBy(line => line.Position).Select(Text)), IsLong: true);
    }

    private static string Text(AccessoryLine line) =>
        $"{Formats.Number(line.Quantity)} × {line.What}{(line.PartNumber is { } part ? $" ({part})" : "")}";
}
