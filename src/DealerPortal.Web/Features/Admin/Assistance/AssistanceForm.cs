using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Content;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Assistance;

/// <summary>A new version as it is typed.</summary>
public sealed class AssistanceForm
{
    public const string Preview = "preview";
    public const string Publish = "publish";

    /// <summary>The newest version that was there when the page was opened.</summary>
    public string? Latest { get; set; }

    public string? From { get; set; }
    public string? Fr { get; set => field = TypedText.Lines(value); }
    public string? Nl { get; set => field = TypedText.Lines(value); }
    public string? De { get; set => field = TypedText.Lines(value); }
    public string? En { get; set => field = TypedText.Lines(value); }

    /// <summary><see cref="Publish"/>; anything else only shows what it would look like.</summary>
    public string? Then { get; set; }

    public DateOnly? EffectiveFrom => TypedDate.OrNull(From);
    public LocalizedText Text => new() { Fr = Fr ?? "", Nl = Nl ?? "", De = De ?? "", En = En ?? "" };

    public static AssistanceForm Of(LocalizedText text, int latest) => new()
    {
        Latest = latest.ToString(CultureInfo.InvariantCulture),
        Fr = text.Fr,
        Nl = text.Nl,
        De = text.De,
        En = text.En,
    };

    /// <summary>Once it is valid.</summary>
    public NewAssistanceText ToVersion(int actorId) =>
        new(EffectiveFrom!.Value, Text, int.TryParse(Latest, NumberStyles.None, CultureInfo.InvariantCulture, out var latest) ? latest : 0, actorId);
}

public sealed class AssistanceValidator : AbstractValidator<AssistanceForm>
{
    private const int YearsAhead = 3;

    public AssistanceValidator(IStringLocalizer<AssistanceTexts> t, TimeProvider time)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.From)
            .Must((f, _) => f.EffectiveFrom is not null).WithMessage(_ => t["From.Wrong"])
            .Must((f, _) => f.EffectiveFrom >= Formats.Today(time)).WithMessage(_ => t["From.Past"])
            .Must((f, _) => f.EffectiveFrom <= Formats.Today(time).AddYears(YearsAhead)).WithMessage(_ => t["From.Far", YearsAhead]);
        foreach (var rule in (IRuleBuilderInitial<AssistanceForm, string?>[])[RuleFor(f => f.Fr), RuleFor(f => f.Nl), RuleFor(f => f.De), RuleFor(f => f.En)])
        {
            rule.Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage(_ => t["Text.Missing"])
                .MaximumLength(Markdown.MaxLength).WithMessage(_ => t["TooLong", Formats.Number(Markdown.MaxLength)])
                .Must(text => AssistancePlaces.AreKnownIn(text!)).WithMessage(_ => t["Text.Places", AssistancePlaces.Phone, AssistancePlaces.Site]);
        }
    }
}
