using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.CreditQuestion;

/// <summary>The rules of the question about a credit note; design.md «Forms».</summary>
public sealed class CreditQuestionValidator : FormValidator<CreditQuestionInput>
{
    public CreditQuestionValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<CreditQuestionTexts> texts)
        : base(fields)
    {
        RuleFor(x => x.GrmsNumber).Must(number => string.IsNullOrWhiteSpace(number) || GrmsNumber.TryParse(number, out _)).WithMessage(_ => texts["Grms.Wrong"]);
        Text(x => x.Question, () => texts["Question.Missing"], Core.Dossiers.CreditQuestion.QuestionMaxLength);
    }
}
