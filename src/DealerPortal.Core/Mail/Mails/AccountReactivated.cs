namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that it is open again.</summary>
public sealed class AccountReactivated(string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["AccountReactivated.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["AccountReactivated.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["AccountReactivated.Opened", t.Brand.Name]),
        new Button(t["Open", t.Brand.Name], t.Url(url)),
        t.Help(),
    ];
}
