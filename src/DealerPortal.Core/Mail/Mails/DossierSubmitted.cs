namespace DealerPortal.Core.Mail.Mails;

/// <summary>The receipt, with everything that was filed except what is known of the end user.</summary>
public sealed class DossierSubmitted(DossierFacts dossier) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Received;

    protected override IEnumerable<MailBlock> Notes(MailTexts t) =>
        Dossier.Answers().Where(answer => answer.IsLong).SelectMany(IEnumerable<MailBlock> (answer) => [new Paragraph(answer.Label, IsNote: true), new Quote(answer.Value)]);
}
