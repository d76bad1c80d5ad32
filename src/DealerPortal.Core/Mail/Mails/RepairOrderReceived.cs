using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The service centre has the order.</summary>
/// <param name="text">What the service centre or support wrote beside it.</param>
public sealed class RepairOrderReceived(DossierFacts dossier, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Received;

    protected override string? RepairStatusKey => nameof(RepairStatus.OrderReceived);

    protected override IEnumerable<MailBlock> News(MailTexts t) => Quoted(text);
}
