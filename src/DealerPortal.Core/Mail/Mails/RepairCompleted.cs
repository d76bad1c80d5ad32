using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The device is repaired.</summary>
/// <param name="text">What the service centre or support wrote beside it.</param>
public sealed class RepairCompleted(DossierFacts dossier, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Ended;

    protected override string? RepairStatusKey => nameof(RepairStatus.RepairCompleted);

    protected override IEnumerable<MailBlock> News(MailTexts t) => Quoted(text);
}
