using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The device is repaired.</summary>
public sealed class RepairCompleted(DossierFacts dossier) : DossierMail(dossier)
{
    protected override string? RepairStatusKey => nameof(RepairStatus.RepairCompleted);
}
