using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ClosingDays;

/// <summary>One closing day or several in a row, as typed.</summary>
public sealed class ClosingDaysForm
{
    /// <summary>The longest closing that is entered at once: longer is a wrong year.</summary>
    public const int MaxDays = 62;

    public const int YearsAhead = 10;

    public string? From { get; set; }

    /// <summary>Empty for one day.</summary>
    public string? Until { get; set; }
    public string? Note { get; set; }

    /// <summary>Ticked where a day that is over is meant.</summary>
    public string? Past { get; set; }

    public DateOnly? FirstDay => TypedDate.OrNull(From);
    public DateOnly? LastDay => string.IsNullOrWhiteSpace(Until) ? FirstDay : TypedDate.OrNull(Until);
}

public sealed class ClosingDaysValidator : AbstractValidator<ClosingDaysForm>
{
    public ClosingDaysValidator(IStringLocalizer<ClosingDaysTexts> texts, TimeProvider time)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.From)
            .NotEmpty().WithMessage(_ => texts["From.Missing"])
            .Must(date => TypedDate.TryParse(date, out _)).WithMessage(_ => texts["Date.Wrong"])
            .Must((f, _) => f.FirstDay <= Formats.Today(time).AddYears(ClosingDaysForm.YearsAhead)).WithMessage(_ => texts["From.Far", ClosingDaysForm.YearsAhead])
            .Must((f, _) => f.Past == "true" || f.FirstDay >= Formats.Today(time)).WithMessage(_ => texts["From.Past"])
            .Must((f, _) => f.FirstDay >= Formats.Today(time).AddYears(-1)).WithMessage(_ => texts["From.LongPast"]);
        RuleFor(f => f.Until)
            .Must(date => string.IsNullOrWhiteSpace(date) || TypedDate.TryParse(date, out _)).WithMessage(_ => texts["Date.Wrong"])
            .Must((f, _) => f.FirstDay is null || f.LastDay >= f.FirstDay).WithMessage(_ => texts["Until.Before"])
            .Must((f, _) => f.FirstDay is null || f.LastDay!.Value.DayNumber - f.FirstDay.Value.DayNumber < ClosingDaysForm.MaxDays).WithMessage(_ => texts["Until.Far", ClosingDaysForm.MaxDays]);
        RuleFor(f => f.Note)
            .Must(note => TypedText.SingleLine(note).Length > 0).WithMessage(_ => texts["Note.Missing"])
            .Must(note => TypedText.SingleLine(note).Length <= ClosingDay.NoteMaxLength).WithMessage(_ => texts["Note.TooLong", ClosingDay.NoteMaxLength]);
    }
}
