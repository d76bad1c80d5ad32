using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The repair pauses until a part has come.</summary>
/// <param name="text">What the service centre or support wrote beside it.</param>
public sealed class RepairWaitsForParts(DossierFacts dossier, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Appointment;

    protected override string? RepairStatusKey => nameof(RepairStatus.WaitingForParts);

    protected override IEnumerable<MailBlock> News(MailTexts t) => Quoted(text);
}
