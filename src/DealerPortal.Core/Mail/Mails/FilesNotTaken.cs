using DealerPortal.Core.Mail.Inbound;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>Files of an answer by mail could not be taken: which, why, and where to send them instead.</summary>
/// <param name="hasMessage">Whether the rest of the answer is on the dossier.</param>
public sealed class FilesNotTaken(DossierFacts dossier, IReadOnlyList<RefusedFile> files, bool hasMessage) : DossierMail(dossier)
{
    protected override MailWeight Weight => MailWeight.Minor;

    protected override string ButtonKey => "Dossier.Reply";

    public override string? FooterReason(MailTexts t) => t["FilesNotTaken.Footer"];

    protected override IEnumerable<MailBlock> News(MailTexts t) =>
    [
        new List([.. files.Select(file => t[$"FilesNotTaken.{file.Reason}", file.Name])]),
        new Paragraph(t[hasMessage ? "FilesNotTaken.Rest" : "FilesNotTaken.Nothing"]),
        new Paragraph(t["FilesNotTaken.Instead"]),
    ];
}
