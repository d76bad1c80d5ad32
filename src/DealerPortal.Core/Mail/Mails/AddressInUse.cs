namespace DealerPortal.Core.Mail.Mails;

/// <summary>Instead of a code, where the address that an account is to get has one or is invited: the page that asked does not tell.</summary>
public sealed class AddressInUse(string signInUrl) : PortalMail
{
    public override string Subject(MailTexts t) => t["AddressInUse.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["AddressInUse.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["AddressInUse.Asked", t.Brand.Name]),
        new Paragraph(t["AddressInUse.You"]),
        new Button(t["AddressAlreadyRegistered.SignIn"], t.Url(signInUrl)),
        new Paragraph(t["AddressInUse.NotYou"], IsNote: true),
        t.Help(),
    ];
}
