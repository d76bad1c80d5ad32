namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells both addresses that the account has another one now.</summary>
public sealed class EmailChanged(string oldEmail, string newEmail) : PortalMail
{
    public override string Subject(MailTexts t) => t["EmailChanged.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["EmailChanged.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["EmailChanged.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        new Facts([new Fact(t["EmailChanged.Old"], oldEmail), new Fact(t["EmailChanged.New"], newEmail)]),
        new Paragraph(t["EmailChanged.From"]),
        t.NotYou(),
    ];
}
