namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that it has another passkey.</summary>
public sealed class PasskeyAdded(string passkey) : PortalMail
{
    public override string Subject(MailTexts t) => t["PasskeyAdded.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["PasskeyAdded.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["PasskeyAdded.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture), passkey]),
        new Paragraph(t["PasskeyAdded.Why"]),
        t.NotYou(),
    ];
}
