using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The return or the pickup is accepted.</summary>
/// <param name="text">What support wrote beside it.</param>
public sealed class ReturnAuthorised(DossierFacts dossier, string? text) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Return;

    protected override string? ReturnStatusKey => nameof(ReturnStatus.Authorised);

    protected override IEnumerable<MailBlock> Notes(MailTexts t) => [Slip(t)];

    protected override IEnumerable<MailBlock> News(MailTexts t) => Quoted(text);
}
