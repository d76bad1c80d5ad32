namespace DealerPortal.Core.Mail.Mails;

/// <summary>The last mail to an address whose account is erased.</summary>
public sealed class AccountErased : PortalMail
{
    public override string Subject(MailTexts t) => t["AccountErased.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["AccountErased.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["AccountErased.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        new Paragraph(t["AccountErased.Stays"]),
        t.NotYou(),
    ];
}
