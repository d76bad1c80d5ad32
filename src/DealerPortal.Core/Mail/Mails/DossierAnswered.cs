namespace DealerPortal.Core.Mail.Mails;

/// <summary>Support wrote in the dossier.</summary>
public sealed class DossierAnswered(DossierFacts dossier, string text) : DossierMail(dossier)
{
    protected override string ButtonKey => "Dossier.Reply";

    protected override IEnumerable<MailBlock> News(MailTexts t) => [new Quote(text)];
}
