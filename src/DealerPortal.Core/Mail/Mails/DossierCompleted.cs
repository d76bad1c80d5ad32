using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The request is completed.</summary>
/// <param name="resolutionKey">The name of a <see cref="Resolution"/>.</param>
/// <param name="text">What support wrote beside it.</param>
public sealed class DossierCompleted(DossierFacts dossier, string resolutionKey, string? text) : DossierMail(dossier)
{
    protected override IEnumerable<MailBlock> News(MailTexts t)
    {
        yield return new Highlight(t[$"Resolution.{resolutionKey}"]);
        if (!string.IsNullOrWhiteSpace(text))
            yield return new Quote(text);
    }

    protected override IEnumerable<MailBlock> Notes(MailTexts t) =>
        [new Paragraph(t["DossierCompleted.Reopen", (int)Dossiers.Dossier.ReopenWindow.TotalDays], IsNote: true)];
}
