using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;

namespace DealerPortal.Bench.Generation;

/// <summary>The models that dossiers name, the popular ones first.</summary>
internal static class Catalogue
{
    private const int ModelsPerCategory = 200;

    private static readonly (string Code, string Prefix, ProductGroup Group, ServiceOffer Offer)[] Categories =
    [
        ("washing-machine", "LW", ProductGroup.WhiteGoods, ServiceOffer.InHome), ("dryer", "LT", ProductGroup.WhiteGoods, ServiceOffer.InHome),
        ("dishwasher", "DV", ProductGroup.WhiteGoods, ServiceOffer.InHome), ("refrigerator", "RF", ProductGroup.WhiteGoods, ServiceOffer.InHome),
        ("oven", "OV", ProductGroup.WhiteGoods, ServiceOffer.InHome), ("television", "TV", ProductGroup.BrownGoods, ServiceOffer.PickUp),
        ("soundbar", "SB", ProductGroup.BrownGoods, ServiceOffer.PickUp), ("vacuum", "VC", ProductGroup.WhiteGoods, ServiceOffer.PickUp),
        ("telephone", "GX", ProductGroup.Mobile, ServiceOffer.PickUp), ("tablet", "TB", ProductGroup.Mobile, ServiceOffer.PickUp),
    ];

    public static async Task<IReadOnlyList<ProductModel>> AddAsync(PortalDatabase database, Random random, CancellationToken ct)
    {
        var categories = Categories.Select(category => new ProductCategory
        {
            Code = category.Code,
            Group = category.Group,
            Name = Text(category.Code),
            HasImei = category.Group == ProductGroup.Mobile,
            DefaultServiceOffer = category.Offer,
        }).ToList();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var models = new List<ProductModel>();
        for (var i = 0; i < ModelsPerCategory; i++)
        {
            foreach (var (category, (_, prefix, _, offer)) in categories.Zip(Categories))
            {
                string key;
                do
                {
                    key = $"{prefix}{random.Next(40, 99)}{(char)('A' + random.Next(26))}{random.Next(100, 999)}";
                }
                while (!codes.Add(key));
                models.Add(new ProductModel
                {
                    Code = $"{key}/BE",
                    Key = key,
                    CategoryId = 0,
                    Category = category,
                    Name = Text($"{category.Code} {key}"),
                    ServiceOffer = offer,
                    LeadTimeDays = 1 + random.Next(4),
                });
            }
        }

        return await database.WriteAsync(
            (write, _) =>
            {
                write.Db.AddRange(models);
                return Task.FromResult(models);
            }, ct);
    }

    private static LocalizedText Text(string text) => new() { Fr = text, Nl = text, De = text, En = text };
}
