using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>To the address an account is to get: the code that proves its mailbox.</summary>
public sealed class EmailChangeProof(string code) : PortalMail
{
    public override bool IsSecret => true;

    public override string Subject(MailTexts t) => t["EmailChangeProof.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["EmailChangeProof.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["EmailChangeProof.Type", t.Brand.Name]),
        new Code(code),
        new Paragraph(t["RegistrationCode.Valid", (int)MailedCode.CodeLifetime.TotalMinutes]),
        new Paragraph(t["EmailChangeProof.NotYou"], IsNote: true),
        t.Help(),
    ];
}
