using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Dossiers.List;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>A text to the dealer, and what follows: <c>stay</c>, <c>wait</c> or <c>complete</c>.</summary>
public sealed class AnswerForm : StampedForm, IMessageFiles
{
    public const string Stay = "stay";
    public const string Wait = "wait";
    public const string Complete = "complete";

    public string? Text { get; set => field = TypedText.Lines(value); }
    public List<IFormFile>? Files { get; set; }
    public List<string>? Kept { get; set; }

    [BindNever]
    public IReadOnlyList<MessageFile> TakenIn { get; set; } = [];

    public string? Then { get; set; }
    public string? Resolution { get; set; }

    /// <summary>The id of the template to insert.</summary>
    public string? Template { get; set; }

    /// <summary>The language to insert it in; the dealer's where none was chosen.</summary>
    public string? TemplateLanguage { get; set; }

    public RequestStatus? Next => Then switch { Wait => RequestStatus.WaitingForDealer, Complete => RequestStatus.Completed, _ => null };
    public Resolution? Reached => Next == RequestStatus.Completed ? Typed.Value<Resolution>(Resolution) : null;
}

/// <summary>Who looks after it: the key of a member of staff, or <see cref="QueueQuery.Nobody"/>.</summary>
public sealed class AssignForm : StampedForm
{
    public string? To { get; set; }

    public bool IsUnderstood => To == QueueQuery.Nobody || ListAddress.Number(To) is not null;
    public int? Assignee => ListAddress.Number(To);

    public static string NameOf(int? assignee) => assignee?.ToString(CultureInfo.InvariantCulture) ?? QueueQuery.Nobody;
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

public sealed class AssignValidator : AbstractValidator<AssignForm>
{
    public AssignValidator(IStringLocalizer<AdminTexts> t) => RuleFor(a => a.To).Must((a, _) => a.IsUnderstood).WithMessage(_ => t["Assign.Unknown"]);
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
