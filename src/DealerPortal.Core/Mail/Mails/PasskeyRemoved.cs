namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that a passkey of it works no more.</summary>
public sealed class PasskeyRemoved(string passkey) : PortalMail
{
    public override string Subject(MailTexts t) => t["PasskeyRemoved.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["PasskeyRemoved.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["PasskeyRemoved.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture), passkey]),
        t.NotYou(),
    ];
}
