using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.TechnicalDoa;

/// <summary>The rules of the technical DOA, and the conditions of the device's category; design.md «Forms».</summary>
public sealed class TechnicalDoaValidator : DeviceValidator<TechnicalDoaInput>
{
    public TechnicalDoaValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<TechnicalDoaTexts> texts, IStringLocalizer<TechnicalDoaKind> words)
        : base(fields)
    {
        YesOrNo(x => x.Sold, () => fields["Sold.Missing"]);
        Evidence(x => x.PurchaseDate, x => x);
        YesOrNo(x => x.Damaged, () => fields["Damaged.Missing"]);
        YesOrNo(x => x.Complete, () => texts["Complete.Missing"]);
        Text(x => x.Description, () => texts["Description.Missing"], Core.Dossiers.TechnicalDoa.DescriptionMaxLength);
        RuleFor(x => x.Accepted).Equal(FormInput.Ticked).WithMessage(_ => texts["Accepted.Missing"]);
        Reference();
        RuleFor(x => x.Standing).Custom((standing, context) =>
        {
            foreach (var finding in standing?.Findings ?? [])
            {
                if (finding.Outcome is DoaOutcome.NotMet or DoaOutcome.ProofMissing)
                    context.AddFailure(new ValidationFailure(DoaStanding.FieldOf(finding.Condition.Kind), MessageOf(finding, texts, words)));
            }
        });
    }

    private static string MessageOf(DoaFinding finding, IStringLocalizer<TechnicalDoaTexts> texts, IStringLocalizer<TechnicalDoaKind> words)
    {
        var condition = finding.Condition.TextIn(Languages.Current);
        if (finding.Outcome == DoaOutcome.ProofMissing)
            return texts["Condition.ProofMissing", condition];
        return words.DaysOf(finding) is { } days ? texts["Condition.NotMetAfter", condition, days] : texts["Condition.NotMet", condition];
    }
}
