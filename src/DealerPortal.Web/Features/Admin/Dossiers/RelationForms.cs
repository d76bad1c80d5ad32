using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.Details;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>The dossier that goes on, and what the dealer reads on the duplicate.</summary>
public sealed class MergeForm : StampedForm
{
    public string? Survivor { get; set; }
    public string? Text { get; set => field = TypedText.Lines(value); }
}

/// <summary>The other dossier of a link.</summary>
public sealed class LinkForm
{
    public string? Other { get; set; }
}

public sealed class MergeValidator : AbstractValidator<MergeForm>
{
    public MergeValidator(IStringLocalizer<AdminTexts> t)
    {
        RuleFor(m => m.Survivor).Must(number => DossierNumber.TryParse(number, out _)).WithMessage(_ => t["Number.Wrong"]);
        RuleFor(m => m.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => t["Status.TextMissing"])
            .MaximumLength(Dossier.ResolutionTextMaxLength).WithMessage(_ => t["Text.TooLong", Dossier.ResolutionTextMaxLength]);
    }
}

public sealed class LinkValidator : AbstractValidator<LinkForm>
{
    public LinkValidator(IStringLocalizer<AdminTexts> t) => RuleFor(l => l.Other).Must(number => DossierNumber.TryParse(number, out _)).WithMessage(_ => t["Number.Wrong"]);
}
