namespace DealerPortal.Core.Mail.Mails;

/// <summary>Welcomes who created an organisation, and so administers it.</summary>
public sealed class OrganisationCreated(string organisationName, string url) : PortalMail
{
    public override string Subject(MailTexts t) => t["OrganisationCreated.Subject", organisationName];

    public override string Heading(MailTexts t) => t["OrganisationCreated.Heading", t.Brand.Name];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["OrganisationCreated.Created", organisationName]),
        new Paragraph(t["OrganisationCreated.YouCan"]),
        new List([t["OrganisationCreated.File"], t["OrganisationCreated.Admit"], t["OrganisationCreated.SeeAll"]]),
        new Button(t["Open", t.Brand.Name], t.Url(url)),
        new Paragraph(t["OrganisationCreated.Unconfirmed"], IsNote: true),
        t.Help(),
    ];
}
