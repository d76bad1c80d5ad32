namespace DealerPortal.Core.Mail.Mails;

/// <summary>To every administrator of an organisation: somebody asks to join it.</summary>
/// <param name="url">Opens the request; deciding takes a click there.</param>
public sealed class MembershipRequested(string applicantName, string applicantEmail, string organisationName, string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["MembershipRequested.Subject", applicantName, organisationName];

    public override string Heading(MailTexts t) => t["MembershipRequested.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["MembershipRequested.Who", applicantName, organisationName, t.Brand.Name]),
        t.Applicant(applicantName, applicantEmail, organisationName),
        new Paragraph(t["MembershipRequested.YouDecide"]),
        new Paragraph(t["MembershipRequested.NotActive", applicantName]),
        new Paragraph(t["MembershipRequested.Where"]),
        new Button(t["MembershipRequested.Open"], t.Url(url)),
        new Paragraph(t["MembershipRequested.Refuse", applicantName]),
        t.Help(),
    ];

    public override string? FooterReason(MailTexts t) => t["Footer.Administrator", organisationName];
}
