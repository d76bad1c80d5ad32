namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that its password is another one now.</summary>
public sealed class PasswordChanged : PortalMail
{
    public override string Subject(MailTexts t) => t["PasswordChanged.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["PasswordChanged.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["PasswordChanged.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        new Paragraph(t["PasswordChanged.You"]),
        t.NotYou(),
    ];
}
