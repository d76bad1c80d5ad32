namespace DealerPortal.Core.Mail.Mails;

/// <summary>To who asked to join: the request waits for an administrator.</summary>
public sealed class MembershipRequestReceived(string organisationName) : PortalMail
{
    public override string Subject(MailTexts t) => t["MembershipRequestReceived.Subject", organisationName];

    public override string Heading(MailTexts t) => t["MembershipRequestReceived.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["MembershipRequestReceived.Sent", organisationName]),
        new Paragraph(t["MembershipRequestReceived.NotActive"]),
        t.Help(),
    ];
}
