namespace DealerPortal.Core.Mail.Mails;

/// <summary>The number under which the manufacturer keeps the return and its credit, where no other mail brings it.</summary>
public sealed class GrmsNumberKnown(DossierFacts dossier) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Credited;

    protected override MailWeight Weight => MailWeight.Minor;

    protected override IEnumerable<MailBlock> News(MailTexts t) => Dossier.GrmsNumber is { } known ? [new Highlight(t["ReturnCredited.Grms", known])] : [];
}
