using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a question about a credit note tells about itself; marks its texts.</summary>
public sealed class CreditQuestionKind(IStringLocalizer<CreditQuestionKind> texts) : DossierKind<CreditQuestion>
{
    public override DossierType Type => DossierType.CreditQuestion;

    public override bool HasDevice => false;

    protected override IEnumerable<DossierAnswer> Answers(CreditQuestion details) => [new(texts["Question"], details.Question, IsLong: true)];
}
