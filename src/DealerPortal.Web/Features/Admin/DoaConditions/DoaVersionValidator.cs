using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.DoaConditions;

public sealed class DoaVersionValidator : AbstractValidator<DoaVersionForm>
{
    private const int YearsAhead = 3;

    public DoaVersionValidator(IStringLocalizer<DoaConditionsTexts> texts, TimeProvider time)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.From)
            .NotEmpty().WithMessage(_ => texts["From.Missing"])
            .Must(date => TypedDate.TryParse(date, out _)).WithMessage(_ => texts["From.Wrong"])
            .Must((f, _) => f.EffectiveFrom >= Formats.Today(time)).WithMessage(_ => texts["From.Past"])
            .Must((f, _) => f.EffectiveFrom <= Formats.Today(time).AddYears(YearsAhead)).WithMessage(_ => texts["From.Far", YearsAhead]);
        RuleFor(f => f.Rows)
            .Must((f, _) => f.Asked.Any()).WithMessage(_ => texts["Rows.None"])
            .Must((f, _) => !(Asks(f, DoaConditionKind.Sold) && Asks(f, DoaConditionKind.NotSold))).WithMessage(_ => texts["Rows.Contradiction"]);
        RuleForEach(f => f.Rows).Cascade(CascadeMode.Continue).SetValidator(new RowValidator(texts));
    }

    private static bool Asks(DoaVersionForm form, DoaConditionKind kind) => form.Asked.Any(row => row.Condition == kind);

    private sealed class RowValidator : AbstractValidator<DoaConditionRow>
    {
        public RowValidator(IStringLocalizer<DoaConditionsTexts> texts)
        {
            RuleLevelCascadeMode = CascadeMode.Stop;
            When(row => row.IsAsked, () =>
            {
                RuleFor(row => row.Order).Must((row, _) => row.Place is >= 1 and <= 99).WithMessage((row, _) => texts["Order.Wrong", texts[$"Kind.{row.Condition}"].Value]);
                RuleFor(row => row.MaxDays).Must((row, _) => row.Days is >= 1 and <= DoaCondition.MaxDaysLimit).When(row => row.HasDays)
                    .WithMessage(_ => texts["MaxDays.Wrong", DoaCondition.MaxDaysLimit]);
                Text(RuleFor(row => row.Fr), "fr", texts);
                Text(RuleFor(row => row.Nl), "nl", texts);
                Text(RuleFor(row => row.De), "de", texts);
                Text(RuleFor(row => row.En), "en", texts);
            });
        }

        private static void Text(IRuleBuilderInitial<DoaConditionRow, string?> rule, string language, IStringLocalizer<DoaConditionsTexts> texts) => rule
            .Must(text => TypedText.SingleLine(text).Length > 0).WithMessage((row, _) => texts["Text.Missing", texts[$"Kind.{row.Condition}"].Value, Languages.NativeName(language)])
            .Must(text => TypedText.SingleLine(text).Length <= LocalizedText.MaxLength).WithMessage((row, _) => texts["Text.TooLong", texts[$"Kind.{row.Condition}"].Value, Languages.NativeName(language), LocalizedText.MaxLength])
            .Must((row, text) => row.Days is not { } days || NamesNoOther(text!, days)).WithMessage((row, _) => texts["Text.OtherDays", texts[$"Kind.{row.Condition}"].Value, Languages.NativeName(language), row.Days!]);

        /// <summary>A wording that names a number names the one that is judged by.</summary>
        private static bool NamesNoOther(string text, int days)
        {
            var numbers = string.Concat(text.Select(c => char.IsAsciiDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return numbers.Length == 0 || numbers.Contains(days.ToString(CultureInfo.InvariantCulture));
        }
    }
}
