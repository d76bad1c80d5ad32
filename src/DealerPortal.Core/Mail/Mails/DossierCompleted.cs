using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The request is completed.</summary>
/// <param name="text">What support wrote beside it.</param>
public sealed class DossierCompleted(DossierFacts dossier, Resolution resolution, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Answered;

    protected override bool SettlesQuestion => true;

    protected override IEnumerable<MailBlock> News(MailTexts t)
    {
        yield return new Highlight(t[$"Resolution.{resolution}"]);
        if (!string.IsNullOrWhiteSpace(text))
            yield return new Quote(text);
        if (Dossier.NextStep(resolution) is { } next)
            yield return new Paragraph(next);
    }

    protected override IEnumerable<MailBlock> Notes(MailTexts t) =>
        [new Paragraph(t["DossierCompleted.Reopen", (int)Dossiers.Dossier.ReopenWindow.TotalDays], IsNote: true)];
}
