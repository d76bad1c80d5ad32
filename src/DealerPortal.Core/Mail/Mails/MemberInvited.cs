using DealerPortal.Core.Accounts.Invitations;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The link by which somebody becomes a member of an organisation.</summary>
public sealed class MemberInvited(string inviter, string organisationName, string url) : PortalMail
{
    public override bool IsSecret => true;

    public override string Subject(MailTexts t) => t["MemberInvited.Subject", organisationName];

    public override string Heading(MailTexts t) => t["MemberInvited.Heading", organisationName];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["MemberInvited.By", inviter, organisationName, t.Brand.Name]),
        new Button(t["MemberInvited.Accept"], t.Url(url)),
        new Paragraph(t["MemberInvited.Valid", MemberInvitation.Lifetime.Days]),
        new Paragraph(t["MemberInvited.NotYou"], IsNote: true),
    ];
}
