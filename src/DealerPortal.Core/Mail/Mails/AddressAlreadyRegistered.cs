namespace DealerPortal.Core.Mail.Mails;

/// <summary>Instead of a code, where the address has an account: the page that asked does not tell.</summary>
public sealed class AddressAlreadyRegistered(string signInUrl, string resetUrl) : PortalMail
{
    public override string Subject(MailTexts t) => t["AddressAlreadyRegistered.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["AddressAlreadyRegistered.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["AddressAlreadyRegistered.Known", t.Brand.Name]),
        new Button(t["AddressAlreadyRegistered.SignIn"], t.Url(signInUrl)),
        new Paragraph(t["AddressAlreadyRegistered.Forgotten"]),
        new Button(t["AddressAlreadyRegistered.Reset"], t.Url(resetUrl)),
        new Paragraph(t["AddressAlreadyRegistered.NotYou"], IsNote: true),
        t.Help(),
    ];
}
