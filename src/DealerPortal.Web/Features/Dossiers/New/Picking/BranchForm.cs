using DealerPortal.Core.Organisations;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Picking;

/// <summary>A point of sale as typed while somebody waits at the counter: contact and opening hours can follow under Account.</summary>
public sealed class BranchForm
{
    public string? Street { get; set; }
    public string? PostalCode { get; set; }
    public string? Town { get; set; }
    public string? Country { get; set; }
    public string? Phone { get; set; }
}

public sealed class BranchFormValidator : AbstractValidator<BranchForm>
{
    private const int PostalCodeLength = 4;

    public BranchFormValidator(IStringLocalizer<NewTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(x => x.Street).NotEmpty().WithMessage(_ => texts["Branch.Street.Missing"])
            .MaximumLength(Branch.StreetMaxLength).WithMessage(_ => texts["TooLong", Branch.StreetMaxLength]);
        RuleFor(x => x.PostalCode).Must(code => code?.Trim() is { Length: PostalCodeLength } digits && digits.All(char.IsAsciiDigit))
            .WithMessage(_ => texts["Branch.PostalCode.Wrong"]);
        RuleFor(x => x.Town).NotEmpty().WithMessage(_ => texts["Branch.Town.Missing"])
            .MaximumLength(Branch.TownMaxLength).WithMessage(_ => texts["TooLong", Branch.TownMaxLength]);
        RuleFor(x => x.Country).Must(country => country is "BE" or "LU").WithMessage(_ => texts["Branch.Country.Missing"]);
        RuleFor(x => x.Phone).Must(phone => string.IsNullOrWhiteSpace(phone) || PhoneNumber.TryParse(phone, out string _)).WithMessage(_ => texts["Branch.Phone.Wrong"]);
    }
}
