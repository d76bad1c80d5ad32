using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Features.Dossiers.Details;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>A text to the dealer, and what follows: <c>stay</c>, <c>wait</c> or <c>complete</c>.</summary>
public sealed class AnswerForm : StampedForm
{
    public const string Stay = "stay";
    public const string Wait = "wait";
    public const string Complete = "complete";

    public string? Text { get; set => field = TypedText.Lines(value); }
    public List<IFormFile>? Files { get; set; }
    public string? Then { get; set; }
    public string? Resolution { get; set; }

    public RequestStatus? Next => Then switch { Wait => RequestStatus.WaitingForDealer, Complete => RequestStatus.Completed, _ => null };
    public Resolution? Reached => Next == RequestStatus.Completed ? Typed.Value<Resolution>(Resolution) : null;
}

public sealed class NoteForm
{
    public string? Text { get; set => field = TypedText.Lines(value); }
}

public sealed class StatusForm : StampedForm
{
    public string? To { get; set; }
    public string? Resolution { get; set; }
    public string? Text { get; set => field = TypedText.Lines(value); }

    public RequestStatus? Next => Typed.Value<RequestStatus>(To);
    public Resolution? Reached => Next == RequestStatus.Completed ? Typed.Value<Resolution>(Resolution) : null;
}

public sealed class RepairStepForm : StampedForm
{
    public string? Status { get; set; }
    public string? Text { get; set => field = TypedText.Lines(value); }
    public string? Date { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public string? Place { get; set; }

    public RepairStatus? Next => Typed.Value<RepairStatus>(Status);
    public DateOnly? OnDate => DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    public TimeOnly? FromTime => Time(From);
    public TimeOnly? UntilTime => Time(Until);

    /// <summary>Null unless one is asked for and complete.</summary>
    public PlannedAppointment? Appointment =>
        Next == RepairStatus.AppointmentScheduled && OnDate is { } date && FromTime is { } from && UntilTime is { } until && Place is { } place
            ? new(date, from, until, place.Trim())
            : null;

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

internal static class Typed
{
    public static TEnum? Value<TEnum>(string? name)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Where(value => value.ToString() == name).Select(value => (TEnum?)value).FirstOrDefault();

    /// <summary>What is stored for a text that may be left out.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

public sealed class AnswerValidator : AbstractValidator<AnswerForm>
{
    public AnswerValidator(IStringLocalizer<AdminTexts> t)
    {
        RuleFor(a => a.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => t["Answer.Missing"])
            .MaximumLength(TimelineEntry.TextMaxLength).WithMessage(_ => t["Text.TooLong", TimelineEntry.TextMaxLength])
            .MaximumLength(Dossier.ResolutionTextMaxLength).When(a => a.Next == RequestStatus.Completed, ApplyConditionTo.CurrentValidator)
            .WithMessage(_ => t["Text.TooLong", Dossier.ResolutionTextMaxLength]);
        RuleFor(a => a.Resolution).Must((a, _) => a.Reached is not null).When(a => a.Next == RequestStatus.Completed).WithMessage(_ => t["Resolution.Missing"]);
    }
}

public sealed class NoteValidator : AbstractValidator<NoteForm>
{
    public NoteValidator(IStringLocalizer<AdminTexts> t) =>
        RuleFor(n => n.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => t["Note.Missing"])
            .MaximumLength(TimelineEntry.TextMaxLength).WithMessage(_ => t["Text.TooLong", TimelineEntry.TextMaxLength]);
}

public sealed class StatusValidator : AbstractValidator<StatusForm>
{
    public StatusValidator(IStringLocalizer<AdminTexts> t)
    {
        RuleFor(s => s.To).Must((s, _) => s.Next is not null).WithMessage(_ => t["Status.Missing"]);
        RuleFor(s => s.Resolution).Must((s, _) => s.Reached is not null).When(s => s.Next == RequestStatus.Completed).WithMessage(_ => t["Resolution.Missing"]);
        RuleFor(s => s.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().When(s => s.Next is RequestStatus.Completed or RequestStatus.WaitingForDealer, ApplyConditionTo.CurrentValidator).WithMessage(_ => t["Status.TextMissing"])
            .MaximumLength(Dossier.ResolutionTextMaxLength).WithMessage(_ => t["Text.TooLong", Dossier.ResolutionTextMaxLength]);
    }
}

public sealed class RepairStepValidator : AbstractValidator<RepairStepForm>
{
    public RepairStepValidator(IStringLocalizer<AdminTexts> t, TimeProvider time)
    {
        RuleFor(r => r.Status).Must((r, _) => r.Next is not null).WithMessage(_ => t["Repair.Missing"]);
        RuleFor(r => r.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().When(r => r.Next == RepairStatus.RepairCancelled, ApplyConditionTo.CurrentValidator).WithMessage(_ => t["Repair.ReasonMissing"])
            .MaximumLength(Dossier.ResolutionTextMaxLength).WithMessage(_ => t["Text.TooLong", Dossier.ResolutionTextMaxLength]);
        When(r => r.Next == RepairStatus.AppointmentScheduled, () =>
        {
            RuleFor(r => r.Date).Cascade(CascadeMode.Stop)
                .Must((r, _) => r.OnDate is not null).WithMessage(_ => t["Appointment.DateMissing"])
                .Must((r, _) => r.OnDate >= Formats.Today(time)).WithMessage(_ => t["Appointment.DatePast"]);
            RuleFor(r => r.From).Must((r, _) => r.FromTime is not null).WithMessage(_ => t["Appointment.FromMissing"]);
            RuleFor(r => r.Until).Cascade(CascadeMode.Stop)
                .Must((r, _) => r.UntilTime is not null).WithMessage(_ => t["Appointment.UntilMissing"])
                .Must((r, _) => r.FromTime is null || r.UntilTime > r.FromTime).WithMessage(_ => t["Appointment.UntilEarly"]);
            RuleFor(r => r.Place).Cascade(CascadeMode.Stop)
                .NotEmpty().WithMessage(_ => t["Appointment.PlaceMissing"])
                .MaximumLength(Appointment.PlaceMaxLength).WithMessage(_ => t["Text.TooLong", Appointment.PlaceMaxLength]);
        });
    }
}
