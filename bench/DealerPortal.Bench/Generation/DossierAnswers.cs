using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Bench.Generation;

/// <summary>What only the type of a dossier asks.</summary>
internal static class DossierAnswers
{
    /// <summary>The conditions that a migration brings.</summary>
    private const int GeneralConditions = 1;
    private const int GeneralConditionCount = 5;

    public static IReadOnlyList<object> Of(Dossier dossier, Random random)
    {
        var (id, organisation, filed) = (dossier.Id, dossier.OrganisationId, DateOnly.FromDateTime(dossier.CreatedAt));
        var text = random.Of(Vocabulary.Faults);
        switch (dossier.Type)
        {
            case DossierType.RepairRequest:
                return [new RepairRequest { DossierId = id, OrganisationId = organisation, ServiceOffer = dossier.ModelId is null ? null : ServiceOffer.PickUp, SerialOmitted = dossier.SerialNumber is null, Location = DeviceLocation.Branch, Description = text, PreferredDate = filed.AddDays(4) }];
            case DossierType.TechnicalDoa:
                var verdicts = Enumerable.Range(1, GeneralConditionCount).Select(position => new DoaVerdict { DossierId = id, OrganisationId = organisation, Position = position, Outcome = DoaOutcome.Met }).ToList();
                return [new TechnicalDoa { DossierId = id, OrganisationId = organisation, PurchaseDate = filed.AddDays(-6), IsDamaged = false, IsComplete = true, Description = text, ConditionSetId = GeneralConditions, Verdicts = verdicts }, .. verdicts];
            case DossierType.AppliancePickup:
                return [new AppliancePickup { DossierId = id, OrganisationId = organisation, Purpose = PickupPurpose.LargeWhiteGoods, Reason = PickupReason.Other, ReasonText = text, ContactName = random.Of(Vocabulary.LastNames), ContactPhone = "+3240000011", ReadyFrom = filed.AddDays(1) }];
            case DossierType.MissingAccessory:
                var line = new AccessoryLine { DossierId = id, OrganisationId = organisation, Position = 1, What = "Pied réglable", Quantity = random.Next(1, 5) };
                return [new MissingAccessory { DossierId = id, OrganisationId = organisation, DeliveryDate = filed.AddDays(-2), DeliverTo = DeliverTo.Branch, Lines = [line] }, line];
            case DossierType.TechnicalQuestion:
                return [new TechnicalQuestion { DossierId = id, OrganisationId = organisation, Subject = "Installation", Question = text }];
            case DossierType.ReturnRequest:
                return [new ReturnRequest { DossierId = id, OrganisationId = organisation, IsDoa = false, Reason = "Livré par erreur.", IsDamaged = false, Description = text, ReadyFrom = filed.AddDays(1) }];
            case DossierType.CreditQuestion:
                return [new CreditQuestion { DossierId = id, OrganisationId = organisation, Question = text }];
            case DossierType.GeneralQuestion:
                return [new GeneralQuestion { DossierId = id, OrganisationId = organisation, Subject = "Livraison", Message = text }];
            default:
                throw new NotSupportedException($"No answers for {dossier.Type}.");
        }
    }
}
