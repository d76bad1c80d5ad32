using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>Tells a member of staff that the role is another one now.</summary>
public sealed class StaffRoleChanged(StaffRole role, string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["StaffRoleChanged.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["StaffRoleChanged.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["StaffRoleChanged.Role", t.Brand.Name, t[$"Role.{role}"]]),
        new Button(t["Open", t.Brand.Name], t.Url(url)),
    ];
}
