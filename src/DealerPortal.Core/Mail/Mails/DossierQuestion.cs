namespace DealerPortal.Core.Mail.Mails;

/// <summary>Support needs something from the dealer; the dossier waits for it.</summary>
public sealed class DossierQuestion(DossierFacts dossier, string text) : DossierMail(dossier)
{
    protected override string ButtonKey => "Dossier.Reply";

    protected override IEnumerable<MailBlock> News(MailTexts t) => [new Quote(text), new Paragraph(t["DossierQuestion.Waits"])];
}
