using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The device does not go back, or is not credited.</summary>
/// <param name="reason">As support wrote it.</param>
public sealed class ReturnRefused(DossierFacts dossier, string? reason) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Return;

    protected override string? ReturnStatusKey => nameof(ReturnStatus.Refused);

    protected override IEnumerable<MailBlock> News(MailTexts t) =>
        string.IsNullOrWhiteSpace(reason) ? [] : [new Paragraph(t["ReturnRefused.Reason"]), new Quote(reason)];
}
