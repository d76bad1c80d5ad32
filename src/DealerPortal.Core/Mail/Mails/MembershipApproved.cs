namespace DealerPortal.Core.Mail.Mails;

/// <summary>To who asked to join: the account works now.</summary>
public sealed class MembershipApproved(string organisationName, string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["MembershipApproved.Subject", organisationName];

    public override string Heading(MailTexts t) => t["MembershipApproved.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["MembershipApproved.Approved", organisationName]),
        new Button(t["Open", t.Brand.Name], t.Url(url)),
        t.Help(),
    ];
}
