using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.TechnicalQuestion;

/// <summary>The rules of the technical question; design.md «Forms».</summary>
public sealed class TechnicalQuestionValidator : DeviceValidator<TechnicalQuestionInput>
{
    public TechnicalQuestionValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<TechnicalQuestionTexts> texts)
        : base(fields)
    {
        Text(x => x.Subject, () => texts["Subject.Missing"], Core.Dossiers.TechnicalQuestion.SubjectMaxLength);
        Text(x => x.Question, () => texts["Question.Missing"], Core.Dossiers.TechnicalQuestion.QuestionMaxLength);
    }
}
