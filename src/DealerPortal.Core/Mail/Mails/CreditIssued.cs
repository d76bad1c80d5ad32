using DealerPortal.Core.Credits;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>The credit note of the dossier went out: what was credited, and why it is not all that the device was worth.</summary>
public sealed class CreditIssued(DossierFacts dossier, Credit credit) : DossierMail(dossier)
{
    public override MailTopics Topic => MailTopics.Credited;

    protected override IEnumerable<MailBlock> News(MailTexts t)
    {
        yield return new Highlight(t["CreditIssued.Amount", Formats.Money(credit.Amount, t.Culture)]);
        if (credit is { Expected: { } expected, Depreciation: > 0 } && expected != credit.Amount)
            yield return new Paragraph(t["CreditIssued.Why", Formats.Money(expected, t.Culture), Formats.Percent(credit.Depreciation.Value, t.Culture)]);
        yield return new Facts(
        [
            new Fact(t["Fact.Grms"], credit.GrmsNumber),
            new Fact(t["CreditIssued.To"], credit.Beneficiary == Beneficiary.Shop ? t["CreditIssued.Shop"] : credit.BeneficiaryName ?? t["CreditIssued.Distributor"]),
            .. credit.InvoiceNumber is { } invoice ? [new Fact(t["CreditIssued.Invoice"], invoice)] : Array.Empty<Fact>(),
            .. credit.InvoiceDate is { } date ? [new Fact(t["CreditIssued.Date"], Formats.Date(date, t.Culture))] : Array.Empty<Fact>(),
        ]);
    }
}
