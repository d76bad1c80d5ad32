namespace DealerPortal.Core.Mail.Mails;

/// <summary>Support wrote in the dossier.</summary>
/// <param name="takesUp">Whether the request goes on with it, so that no earlier question waits.</param>
public sealed class DossierAnswered(DossierFacts dossier, string text, bool takesUp = false) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Answered;

    protected override bool SettlesQuestion => takesUp;

    protected override string ButtonKey => "Dossier.Reply";

    protected override IEnumerable<MailBlock> News(MailTexts t) => [new Quote(text)];
}
