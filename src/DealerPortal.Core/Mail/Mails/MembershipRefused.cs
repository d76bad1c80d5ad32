namespace DealerPortal.Core.Mail.Mails;

/// <summary>To who asked to join: an administrator said no.</summary>
public sealed class MembershipRefused(string organisationName) : PortalMail
{
    public override string Subject(MailTexts t) => t["MembershipRefused.Subject", organisationName];

    public override string Heading(MailTexts t) => t["MembershipRefused.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["MembershipRefused.Refused", organisationName]),
        new Paragraph(t["MembershipRefused.Mistake"]),
        t.Help(),
    ];
}
