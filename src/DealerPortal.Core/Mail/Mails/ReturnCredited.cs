using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The device is credited, under a GRMS number where one is known.</summary>
/// <param name="grmsNumber">Where the credit brings it; otherwise the dossier's own.</param>
/// <param name="text">What support wrote beside it.</param>
public sealed class ReturnCredited(DossierFacts dossier, string? grmsNumber, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Credited;

    protected override string? ReturnStatusKey => nameof(ReturnStatus.Credited);

    protected override IEnumerable<MailBlock> News(MailTexts t)
    {
        if ((grmsNumber ?? Dossier.GrmsNumber) is { } known)
            yield return new Highlight(t["ReturnCredited.Grms", known]);
        foreach (var block in Quoted(text))
            yield return block;
    }
}
