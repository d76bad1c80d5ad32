using DealerPortal.Web.Features.Dossiers.New.Fields;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.GeneralQuestion;

/// <summary>The rules of the general question; design.md «Forms».</summary>
public sealed class GeneralQuestionValidator : FormValidator<GeneralQuestionInput>
{
    public GeneralQuestionValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<GeneralQuestionTexts> texts)
        : base(fields)
    {
        Text(x => x.Subject, () => texts["Subject.Missing"], Core.Dossiers.GeneralQuestion.SubjectMaxLength);
        Text(x => x.Message, () => texts["Message.Missing"], Core.Dossiers.GeneralQuestion.MessageMaxLength);
    }
}
