using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Web.Features.Admin.Dossiers;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Templates;

/// <summary>A template as it is typed.</summary>
public sealed class TemplateForm
{
    public string? Name { get; set; }
    public string? Purpose { get; set; }
    public string? Resolution { get; set; }

    /// <summary>Empty for every type.</summary>
    public string? Type { get; set; }

    public string? TextFr { get; set => field = TypedText.Lines(value); }
    public string? TextNl { get; set => field = TypedText.Lines(value); }
    public string? TextDe { get; set => field = TypedText.Lines(value); }
    public string? TextEn { get; set => field = TypedText.Lines(value); }
    public Guid Stamp { get; set; }

    /// <summary><c>true</c> by the button that only shows what would be sent.</summary>
    public string? Preview { get; set; }

    public static TemplateForm Of(AnswerTemplate template) => new()
    {
        Name = template.Name,
        Purpose = template.Purpose.ToString(),
        Resolution = template.Resolution?.ToString(),
        Type = template.Type?.ToString(),
        TextFr = template.Text.Fr,
        TextNl = template.Text.Nl,
        TextDe = template.Text.De,
        TextEn = template.Text.En,
        Stamp = template.Stamp,
    };

    public TemplatePurpose? ChosenPurpose => Typed.Value<TemplatePurpose>(Purpose);

    public Resolution? ChosenResolution => ChosenPurpose == TemplatePurpose.Closing ? Typed.Value<Resolution>(Resolution) : null;

    public DossierType? ChosenType => Typed.Value<DossierType>(Type);

    public LocalizedText Texts => new() { Fr = TextFr ?? "", Nl = TextNl ?? "", De = TextDe ?? "", En = TextEn ?? "" };

    /// <summary>Once it is valid.</summary>
    public TemplateContent ToContent() => new(TypedText.SingleLine(Name), ChosenPurpose!.Value, ChosenResolution, ChosenType, Texts);
}

internal sealed class TemplateValidator : AbstractValidator<TemplateForm>
{
    private readonly IStringLocalizer<TemplatesTexts> _t;

    public TemplateValidator(IStringLocalizer<TemplatesTexts> t)
    {
        _t = t;
        RuleFor(f => f.Name).Cascade(CascadeMode.Stop)
            .Must(name => TypedText.SingleLine(name).Length > 0).WithMessage(_ => t["Name.Missing"])
            .Must(name => TypedText.SingleLine(name).Length <= AnswerTemplate.NameMaxLength).WithMessage(_ => t["TooLong", AnswerTemplate.NameMaxLength]);
        RuleFor(f => f.Purpose).Must((f, _) => f.ChosenPurpose is not null).WithMessage(_ => t["Purpose.Missing"]);
        RuleFor(f => f.Resolution).Must((f, _) => f.ChosenResolution is not null).When(f => f.ChosenPurpose == TemplatePurpose.Closing).WithMessage(_ => t["Resolution.Missing"]);
        RuleFor(f => f.Type).Must((f, type) => string.IsNullOrEmpty(type) || f.ChosenType is not null).WithMessage(_ => t["Type.Unknown"]);
        Text(RuleFor(f => f.TextFr));
        Text(RuleFor(f => f.TextNl));
        Text(RuleFor(f => f.TextDe));
        Text(RuleFor(f => f.TextEn));
    }

    private void Text(IRuleBuilderInitial<TemplateForm, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage(_ => _t["Text.Missing"])
        .MaximumLength(AnswerTemplate.TextMaxLength).WithMessage(_ => _t["TooLong", AnswerTemplate.TextMaxLength])
        .Must(text => TemplateText.UnknownIn(text!).Count == 0).WithMessage((_, text) => _t["Text.UnknownPlace", string.Join(", ", TemplateText.UnknownIn(text!).Take(5))]);
}
