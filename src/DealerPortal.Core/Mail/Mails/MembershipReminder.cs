namespace DealerPortal.Core.Mail.Mails;

/// <summary>To every administrator, once: a request to join has waited two working days.</summary>
/// <param name="requestedAt">UTC.</param>
public sealed class MembershipReminder(string applicantName, string applicantEmail, string organisationName, DateTime requestedAt, string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["MembershipReminder.Subject", applicantName, organisationName];

    public override string Heading(MailTexts t) => t["MembershipReminder.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["MembershipReminder.Waiting", applicantName, organisationName, Formats.Date(requestedAt, t.Culture)]),
        t.Applicant(applicantName, applicantEmail, organisationName),
        new Paragraph(t["MembershipReminder.NotActive", applicantName]),
        new Button(t["MembershipRequested.Open"], t.Url(url)),
        new Paragraph(t["MembershipRequested.Refuse", applicantName]),
        t.Help(),
    ];

    public override string? FooterReason(MailTexts t) => t["Footer.Administrator", organisationName];
}
