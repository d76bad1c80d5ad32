namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that no authenticator app belongs to it any more.</summary>
public sealed class SecondFactorSwitchedOff : PortalMail
{
    public override string Subject(MailTexts t) => t["SecondFactorSwitchedOff.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["SecondFactorSwitchedOff.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["SecondFactorSwitchedOff.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        t.NotYou(),
    ];
}
