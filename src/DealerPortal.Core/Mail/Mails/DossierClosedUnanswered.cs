namespace DealerPortal.Core.Mail.Mails;

/// <summary>A question was not answered, and the request is closed.</summary>
/// <param name="text">What support had asked.</param>
public sealed class DossierClosedUnanswered(DossierFacts dossier, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Answered;

    protected override bool SettlesQuestion => true;

    protected override string ButtonKey => "Dossier.Reply";

    protected override IEnumerable<MailBlock> News(MailTexts t) => [.. Quoted(text), new Paragraph(t["DossierClosedUnanswered.Reopens", (int)Dossiers.Dossier.ReopenWindow.TotalDays])];
}
