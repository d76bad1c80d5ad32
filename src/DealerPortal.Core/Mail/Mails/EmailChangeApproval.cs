using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>To the address an account has: the code without which it gets no other one.</summary>
public sealed class EmailChangeApproval(string code, string newEmail) : PortalMail
{
    public override bool IsSecret => true;

    public override string Subject(MailTexts t) => t["EmailChangeApproval.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["EmailChangeApproval.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["EmailChangeApproval.Asked", t.Brand.Name, newEmail]),
        new Code(code),
        new Paragraph(t["RegistrationCode.Valid", (int)MailedCode.CodeLifetime.TotalMinutes]),
        new Paragraph(t["EmailChangeApproval.NotYou"]),
        t.NotYou(),
    ];
}
