using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The link by which somebody becomes a member of staff.</summary>
public sealed class StaffInvited(string inviter, StaffRole role, string url) : PortalMail
{
    public override bool IsSecret => true;

    public override string Subject(MailTexts t) => t["StaffInvited.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["StaffInvited.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["StaffInvited.By", inviter, t.Brand.Name, t[$"Role.{role}"]]),
        new Button(t["StaffInvited.Accept"], t.Url(url)),
        new Paragraph(t["StaffInvited.Valid", StaffInvitation.Lifetime.Days]),
        new Paragraph(t["StaffInvited.NotYou"], IsNote: true),
    ];
}
