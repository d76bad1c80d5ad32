using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a technical question tells about itself; marks its texts.</summary>
public sealed class TechnicalQuestionKind(IStringLocalizer<TechnicalQuestionKind> texts) : DossierKind<TechnicalQuestion>
{
    public override DossierType Type => DossierType.TechnicalQuestion;

    /// <summary>Many questions are about a model, or about none.</summary>
    public override bool HasDevice => false;

    protected override IEnumerable<DossierAnswer> Answers(TechnicalQuestion details) =>
    [
        new(texts["Subject"], details.Subject),
        new(texts["Question"], details.Question, IsLong: true),
    ];
}
