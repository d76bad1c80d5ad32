namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>Within how many working days support acts on a dossier, by type. Settings <c>Promise:Days:RepairRequest</c> and so on.</summary>
public sealed class PromiseOptions
{
    public Dictionary<DossierType, int> Days { get; } = new()
    {
        [DossierType.RepairRequest] = 1,
        [DossierType.TechnicalDoa] = 2,
        [DossierType.AppliancePickup] = 2,
        [DossierType.MissingAccessory] = 3,
        [DossierType.TechnicalQuestion] = 1,
        [DossierType.ReturnRequest] = 2,
        [DossierType.CreditQuestion] = 3,
        [DossierType.GeneralQuestion] = 2,
    };
}
