using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>A step that can follow.</summary>
/// <param name="IsAppointment">It comes with a date, hours and a place.</param>
/// <param name="IsMove">The appointment that stands already, at another time.</param>
public sealed record TrackChoice(string Value, StatusBadge Badge, bool IsAppointment, bool IsMove);

/// <summary>A step of the repair or of the return, as typed.</summary>
public abstract class TrackStepForm : StampedForm
{
    public string? Status { get; set; }
    public string? Text { get; set => field = TypedText.Lines(value); }
    public string? Date { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public string? Place { get; set; }
    public string? ComesBy { get; set; }
    public string? Grms { get; set; }

    public DateOnly? OnDate => DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    public TimeOnly? FromTime => Time(From);
    public TimeOnly? UntilTime => Time(Until);

    /// <summary>Whether the step is one of the track.</summary>
    public abstract bool IsKnown { get; }
    public abstract bool IsAppointment { get; }

    /// <summary>The dealer must read why.</summary>
    public abstract bool NeedsReason { get; }

    /// <summary>Null unless one is asked for and complete.</summary>
    [BindNever]
    public PlannedAppointment? Appointment =>
        IsAppointment && OnDate is { } date && FromTime is { } from && UntilTime is { } until && Place is { } place
            ? new(date, from, until, place.Trim(), Typed.OrNull(ComesBy)?.Trim())
            : null;

    public abstract IReadOnlyList<TrackChoice> ChoicesFor(Dossier dossier);

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

public sealed class RepairStepForm : TrackStepForm
{
    public RepairStatus? Next => Typed.Value<RepairStatus>(Status);
    public override bool IsKnown => Next is not null;
    public override bool IsAppointment => Next == RepairStatus.AppointmentScheduled;
    public override bool NeedsReason => Next == RepairStatus.RepairCancelled;

    public override IReadOnlyList<TrackChoice> ChoicesFor(Dossier dossier) =>
    [
        .. RepairTransitions.From(dossier.RepairStatus).Select(step => new TrackChoice(
            step.ToString(), StatusBadge.Of(step), step == RepairStatus.AppointmentScheduled, step == dossier.RepairStatus)),
    ];
}

public sealed class ReturnStepForm : TrackStepForm
{
    public ReturnStatus? Next => Typed.Value<ReturnStatus>(Status);
    public override bool IsKnown => Next is not null;
    public override bool IsAppointment => Next == ReturnStatus.PickupPlanned;
    public override bool NeedsReason => Next == ReturnStatus.Refused;
    public GrmsNumber? GrmsNumber => Core.Dossiers.GrmsNumber.TryParse(Grms, out var number) ? number : null;

    public override IReadOnlyList<TrackChoice> ChoicesFor(Dossier dossier) =>
    [
        .. ReturnTransitions.From(dossier.ReturnStatus).Select(step => new TrackChoice(
            step.ToString(), StatusBadge.Of(step), step == ReturnStatus.PickupPlanned, step == dossier.ReturnStatus)),
    ];
}

public abstract class TrackStepValidator<TForm> : AbstractValidator<TForm>
    where TForm : TrackStepForm
{
    protected TrackStepValidator(IStringLocalizer<AdminTexts> t, TimeProvider time)
    {
        RuleFor(r => r.Status).Must((r, _) => r.IsKnown).WithMessage(_ => t["Step.Missing"]);
        RuleFor(r => r.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().When(r => r.NeedsReason, ApplyConditionTo.CurrentValidator).WithMessage(_ => t["Step.ReasonMissing"])
            .MaximumLength(Dossier.ResolutionTextMaxLength).WithMessage(_ => t["Text.TooLong", Dossier.ResolutionTextMaxLength]);
        When(r => r.IsAppointment, () =>
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
            RuleFor(r => r.ComesBy).MaximumLength(Appointment.ComesByMaxLength).WithMessage(_ => t["Text.TooLong", Appointment.ComesByMaxLength]);
        });
    }
}

public sealed class RepairStepValidator(IStringLocalizer<AdminTexts> t, TimeProvider time) : TrackStepValidator<RepairStepForm>(t, time);

public sealed class ReturnStepValidator : TrackStepValidator<ReturnStepForm>
{
    public ReturnStepValidator(IStringLocalizer<AdminTexts> t, TimeProvider time)
        : base(t, time) =>
        RuleFor(r => r.Grms).Must((r, grms) => string.IsNullOrWhiteSpace(grms) || r.GrmsNumber is not null).WithMessage(_ => t["Step.GrmsWrong"]);
}
