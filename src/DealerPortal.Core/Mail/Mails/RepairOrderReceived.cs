using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The service centre has the order.</summary>
public sealed class RepairOrderReceived(DossierFacts dossier) : DossierMail(dossier)
{
    protected override string? RepairStatusKey => nameof(RepairStatus.OrderReceived);
}
