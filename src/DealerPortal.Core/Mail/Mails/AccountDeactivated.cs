namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that it is closed.</summary>
public sealed class AccountDeactivated : PortalMail
{
    public override string Subject(MailTexts t) => t["AccountDeactivated.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["AccountDeactivated.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["AccountDeactivated.Closed", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        t.Help(),
    ];
}
