using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Web.Development.Demo;

/// <summary>DOA conditions of two categories, one of them in its second version; the others go by the general ones.</summary>
internal static class DemoDoaConditions
{
    private static readonly LocalizedText Proof = Text("Preuve d’achat jointe", "Aankoopbewijs bijgevoegd", "Kaufbeleg beigefügt", "Proof of purchase attached");
    private static readonly LocalizedText Plate = Text("Photo de la plaque signalétique jointe", "Foto van het typeplaatje bijgevoegd", "Foto des Typenschilds beigefügt", "Photo of the serial plate attached");
    private static readonly LocalizedText Fault = Text("Photo de l’écran allumé jointe", "Foto van het ingeschakelde scherm bijgevoegd", "Foto des eingeschalteten Bildschirms beigefügt", "Photo of the screen switched on attached");
    private static readonly LocalizedText Undamaged = Text("Dalle et châssis sans dégât", "Paneel en behuizing onbeschadigd", "Panel und Gehäuse unbeschädigt", "Panel and casing undamaged");
    private static readonly LocalizedText Complete = Text("Emballage et accessoires complets", "Verpakking en toebehoren volledig", "Verpackung und Zubehör vollständig", "Packaging and accessories complete");

    public static void Add(WriteScope write, IEnumerable<ProductModel> models, DateTime now)
    {
        var categories = models.Select(model => model.Category).DistinctBy(category => category.Code).ToDictionary(category => category.Code);
        var today = Formats.ToBrussels(now);
        write.Db.AddRange(
            New(categories["television"], 1, DateOnly.FromDateTime(today.AddYears(-2)), (DoaConditionKind.PurchasedWithin, Bought(30), 30), (DoaConditionKind.ProofOfPurchase, Proof, null), (DoaConditionKind.Undamaged, Undamaged, null)),
            New(categories["television"], 2, DateOnly.FromDateTime(today.AddMonths(-2)),
                (DoaConditionKind.PurchasedWithin, Bought(14), 14), (DoaConditionKind.ProofOfPurchase, Proof, null), (DoaConditionKind.SerialPlate, Plate, null),
                (DoaConditionKind.FaultPhoto, Fault, null), (DoaConditionKind.Undamaged, Undamaged, null), (DoaConditionKind.Complete, Complete, null)),
            New(categories["smartphone"], 1, DateOnly.FromDateTime(today.AddYears(-1)),
                (DoaConditionKind.Sold, Text("Appareil vendu", "Toestel verkocht", "Gerät verkauft", "Device sold"), null), (DoaConditionKind.PurchasedWithin, Bought(7), 7),
                (DoaConditionKind.ProofOfPurchase, Proof, null), (DoaConditionKind.SerialPlate, Plate, null), (DoaConditionKind.Complete, Complete, null)));
    }

    private static DoaConditionSet New(ProductCategory category, int version, DateOnly from, params (DoaConditionKind Kind, LocalizedText Text, int? MaxDays)[] conditions) => new()
    {
        CategoryId = category.Id,
        Version = version,
        EffectiveFrom = from,
        Conditions =
        [
            .. conditions.Select((condition, i) => new NewDoaCondition(condition.Kind, condition.MaxDays, condition.Text).At(i + 1)),
        ],
    };

    private static LocalizedText Bought(int days) => Text(
        $"Acheté depuis {days} jours au plus", $"Hoogstens {days} dagen geleden gekocht", $"Vor höchstens {days} Tagen gekauft", $"Bought {days} days ago at most");

    private static LocalizedText Text(string fr, string nl, string de, string en) => new() { Fr = fr, Nl = nl, De = de, En = en };
}
