namespace DealerPortal.Core.Mail.Mails;

/// <summary>An administrator of the organisation made the dossier this person's own.</summary>
/// <param name="byName">Who did.</param>
public sealed class DossierHandedOver(DossierFacts dossier, string byName) : DossierMail(dossier)
{
    protected override IEnumerable<MailBlock> News(MailTexts t) => [new Paragraph(t["DossierHandedOver.By", byName])];
}
