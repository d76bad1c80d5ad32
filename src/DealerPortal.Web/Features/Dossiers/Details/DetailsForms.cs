using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Features.Dossiers.List;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>A dealer's message: a text, files, or both. A photo alone is an answer, and could not be kept if it were refused for want of a text.</summary>
public sealed class MessageForm : IMessageFiles
{
    public string? Text { get; set => field = TypedText.Lines(value); }
    public List<IFormFile>? Files { get; set; }
    public List<string>? Kept { get; set; }

    [BindNever]
    public IReadOnlyList<MessageFile> TakenIn { get; set; } = [];
}

/// <summary>What a form carries that changes the state it was made for.</summary>
public class StampedForm
{
    public Guid Stamp { get; set; }

    /// <summary>The newest timeline entry that was on the page.</summary>
    public long Seen { get; set; }
}

public sealed class CancelForm
{
    public string? Reason { get; set => field = TypedText.Lines(value); }
}

/// <summary>When another date would suit.</summary>
public sealed class AnotherDateForm
{
    public string? Text { get; set => field = TypedText.Lines(value); }
}

/// <summary>Whose the dossier is to be: the key of a colleague.</summary>
public sealed class OwnerForm : StampedForm
{
    public string? To { get; set; }

    public int? Colleague => ListAddress.Number(To);
}

public sealed class AnotherDateValidator : AbstractValidator<AnotherDateForm>
{
    public AnotherDateValidator(IStringLocalizer<DetailsTexts> t) => RuleFor(a => a.Text).Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage(_ => t["AnotherDate.Missing"])
        .MaximumLength(TimelineEntry.TextMaxLength).WithMessage(_ => t["Text.TooLong", TimelineEntry.TextMaxLength]);
}

public sealed class MessageValidator : AbstractValidator<MessageForm>
{
    public MessageValidator(IStringLocalizer<DetailsTexts> t)
    {
        RuleFor(m => m.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().When(m => m is { Files: not { Count: > 0 }, Kept: not { Count: > 0 } }, ApplyConditionTo.CurrentValidator).WithMessage(_ => t["Message.Missing"])
            .MaximumLength(TimelineEntry.TextMaxLength).WithMessage(_ => t["Text.TooLong", TimelineEntry.TextMaxLength]);
    }
}

public sealed class CancelValidator : AbstractValidator<CancelForm>
{
    public CancelValidator(IStringLocalizer<DetailsTexts> t) =>
        RuleFor(c => c.Reason).MaximumLength(TimelineEntry.TextMaxLength).WithMessage(_ => t["Text.TooLong", TimelineEntry.TextMaxLength]);
}

/// <summary>The page of a dossier, with what was typed in a form that was refused.</summary>
public sealed record DetailsPage(DossierDetails Details, DateTime Now)
{
    public MessageForm Message { get; init; } = new();
    public CancelForm Cancel { get; init; } = new();
    public AnotherDateForm AnotherDate { get; init; } = new();
    public OwnerForm Owner { get; init; } = new();

    /// <summary>To whom the reader can give it; none for those who may not.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];

    /// <summary>What happened since the page that a refused form was sent from; null when none was.</summary>
    public IReadOnlyList<TimelineItem>? ChangedSince { get; init; }

    /// <summary>What can be filed next on the strength of this dossier.</summary>
    public required IReadOnlyList<FollowUp> Follows { get; init; }

    /// <summary>What happened after an entry.</summary>
    public IReadOnlyList<TimelineItem> Since(long seen) => [.. Details.Timeline.Where(item => item.Entry.Id > seen)];

    public bool CanAskAnotherDate => Details is { IsFrozen: false, Appointment: not null, Dossier.AwaitsAppointment: true };
    public bool CanWithdraw => Details.Dossier.Status == RequestStatus.Submitted;
    public bool CanAskToCancel => Details.Dossier is { IsOpen: true, Status: not RequestStatus.Submitted };
}

/// <param name="Slug">Of the form.</param>
public sealed record FollowUp(string Slug, string Icon, string Label);
