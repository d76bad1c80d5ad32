using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a general question tells about itself; marks its texts.</summary>
public sealed class GeneralQuestionKind(IStringLocalizer<GeneralQuestionKind> texts) : DossierKind<GeneralQuestion>
{
    public override DossierType Type => DossierType.GeneralQuestion;

    public override bool HasDevice => false;

    protected override IEnumerable<DossierAnswer> Answers(GeneralQuestion details) =>
    [
        new(texts["Subject"], details.Subject),
        new(texts["Message"], details.Message, IsLong: true),
    ];
}
