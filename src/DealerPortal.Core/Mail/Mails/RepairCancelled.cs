using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The repair does not take place, or ended without one.</summary>
/// <param name="reason">As the service centre or support wrote it.</param>
public sealed class RepairCancelled(DossierFacts dossier, string? reason) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Ended;

    protected override string? RepairStatusKey => nameof(RepairStatus.RepairCancelled);

    protected override IEnumerable<MailBlock> News(MailTexts t) =>
        string.IsNullOrWhiteSpace(reason) ? [] : [new Paragraph(t["RepairCancelled.Reason"]), new Quote(reason)];

    protected override IEnumerable<MailBlock> Notes(MailTexts t) => [new Paragraph(t["RepairCancelled.Again"], IsNote: true)];
}
