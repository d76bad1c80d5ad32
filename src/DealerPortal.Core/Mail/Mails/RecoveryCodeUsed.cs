namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells the owner of an account that somebody came in by one of its recovery codes.</summary>
public sealed class RecoveryCodeUsed(int left, string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["RecoveryCodeUsed.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["RecoveryCodeUsed.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["RecoveryCodeUsed.When", t.Brand.Name, Formats.DateAndHour(t.NowUtc, t.Culture)]),
        new Paragraph(left switch { 0 => t["RecoveryCodeUsed.NoneLeft"], 1 => t["RecoveryCodeUsed.OneLeft"], _ => t["RecoveryCodeUsed.Left", left] }),
        new Button(t["RecoveryCodeUsed.Manage"], t.Url(url)),
        t.NotYou(),
    ];
}
