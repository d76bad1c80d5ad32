namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that an authenticator app belongs to it now.</summary>
public sealed class SecondFactorSwitchedOn : PortalMail
{
    public override string Subject(MailTexts t) => t["SecondFactorSwitchedOn.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["SecondFactorSwitchedOn.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["SecondFactorSwitchedOn.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        new Paragraph(t["SecondFactorSwitchedOn.Codes"]),
        t.NotYou(),
    ];
}
