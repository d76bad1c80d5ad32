namespace DealerPortal.Core.Mail.Mails;

/// <summary>The link that lets someone choose a new password.</summary>
public sealed class PasswordResetLink(string url) : PortalMail
{
    /// <summary>For how long the link works, as the mail says.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    public override bool IsSecret => true;

    public override string Subject(MailTexts t) => t["PasswordResetLink.Subject", t.Brand.Name];

    public override string Heading(MailTexts t) => t["PasswordResetLink.Heading"];

    public override IEnumerable<MailBlock> Blocks(MailTexts t) =>
    [
        new Paragraph(t["PasswordResetLink.Asked", t.Brand.Name]),
        new Button(t["PasswordResetLink.Choose"], t.Url(url)),
        new Paragraph(t["PasswordResetLink.Valid", (int)Lifetime.TotalMinutes]),
        new Paragraph(t["PasswordResetLink.NotYou"], IsNote: true),
        t.Help(),
    ];
}
