namespace DealerPortal.Core.Mail.Mails;

/// <summary>Support needs something from the dealer; the dossier waits for it.</summary>
public sealed class DossierQuestion(DossierFacts dossier, string text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Question;

    protected override MailWeight Weight => MailWeight.Question;

    protected override string ButtonKey => "Dossier.Reply";

    protected override IEnumerable<MailBlock> News(MailTexts t) => [new Quote(text), new Paragraph(t["DossierQuestion.Waits"])];
}
