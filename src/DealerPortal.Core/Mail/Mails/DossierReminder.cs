namespace DealerPortal.Core.Mail.Mails;

/// <summary>A question still waits for the dealer.</summary>
/// <param name="text">What support asked; null where it said nothing.</param>
/// <param name="since">When, UTC.</param>
/// <param name="daysLeft">Working days until the request is closed.</param>
public sealed class DossierReminder(DossierFacts dossier, string? text, DateTime since, int daysLeft) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Reminder;

    protected override MailWeight Weight => MailWeight.Question;

    protected override string ButtonKey => "Dossier.Reply";

    protected override IEnumerable<MailBlock> News(MailTexts t) =>
    [
        new Paragraph(t["DossierReminder.Since", Formats.Date(since, t.Culture)]),
        .. Quoted(text),
        new Paragraph(daysLeft == 1 ? t["DossierReminder.ClosesTomorrow"] : t["DossierReminder.Closes", daysLeft]),
    ];
}
