using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The code that proves an address, and a link that fills it in.</summary>
public sealed class RegistrationCode(string code, string url) : PortalMail
{
    public override bool IsSecret => true;

    public override string Subject(MailTexts t) => t["RegistrationCode.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["RegistrationCode.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["RegistrationCode.Type"]),
        new Code(code),
        new Paragraph(t["RegistrationCode.Valid", (int)Registration.CodeLifetime.TotalMinutes]),
        new Button(t["RegistrationCode.Open"], t.Url(url)),
        new Paragraph(t["RegistrationCode.NotYou"], IsNote: true),
        t.Help(),
    ];
}
