namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that support took every second factor away, as the owner had asked.</summary>
public sealed class SecondFactorReset : PortalMail
{
    public override string Subject(MailTexts t) => t["SecondFactorReset.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["SecondFactorReset.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["SecondFactorReset.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        new Paragraph(t["SecondFactorReset.Next"]),
        t.NotYou(),
    ];
}
