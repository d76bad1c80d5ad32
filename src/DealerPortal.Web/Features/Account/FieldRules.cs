using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account;

/// <summary>The rules of fields that several forms have: names, phones, addresses.</summary>
internal static class FieldRules
{
    public static void Line<T>(this IRuleBuilderInitial<T, string?> rule, IStringLocalizer<AccountTexts> texts, string required, int maxLength) => rule
        .Cascade(CascadeMode.Stop)
        .Must(line => TypedText.SingleLine(line).Length > 0).WithMessage(_ => texts[required])
        .Must(line => TypedText.SingleLine(line).Length <= maxLength).WithMessage(_ => texts["TooLong", maxLength]);

    /// <summary>A line that may be left out.</summary>
    public static void OptionalLine<T>(this IRuleBuilderInitial<T, string?> rule, IStringLocalizer<AccountTexts> texts, int maxLength) =>
        rule.Must(line => TypedText.SingleLine(line).Length <= maxLength).WithMessage(_ => texts["TooLong", maxLength]);

    public static void Phone<T>(this IRuleBuilderInitial<T, string?> rule, IStringLocalizer<AccountTexts> texts) => rule
        .Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage(_ => texts["Phone.Required"])
        .Must(phone => PhoneNumber.TryParse(phone, out _)).WithMessage(_ => texts["Phone.Invalid"]);

    public static void FirstName<T>(this IRuleBuilderInitial<T, string?> rule, IStringLocalizer<AccountTexts> texts) =>
        rule.Line(texts, "FirstName.Required", User.NameMaxLength);

    public static void LastName<T>(this IRuleBuilderInitial<T, string?> rule, IStringLocalizer<AccountTexts> texts) =>
        rule.Line(texts, "LastName.Required", User.NameMaxLength);
}

/// <summary>A branch as it is typed. Contact and opening hours are asked under Account alone: registering asks for what it cannot do without.</summary>
public class BranchForm
{
    public string? Street { get; init; }
    public string? PostalCode { get; init; }
    public string? Town { get; init; }
    public string? Country { get; init; }
    public string? BranchPhone { get; init; }

    /// <summary>Once it is valid.</summary>
    public BranchAddress ToAddress() => new(
        TypedText.SingleLine(Street),
        TypedText.SingleLine(PostalCode),
        TypedText.SingleLine(Town),
        Country!,
        PhoneNumber.TryParse(BranchPhone, out var phone) ? phone : null);
}

/// <summary>A branch with what it says of itself, as its organisation's administrator types it; whoever registers is asked for less.</summary>
public sealed class BranchDetailsForm : BranchForm
{
    public string? ContactName { get; init; }
    public string? OpeningHours { get; init; }

    /// <summary>Once it is valid.</summary>
    public BranchAddress ToDetails() => ToAddress() with { ContactName = LineOf(ContactName), OpeningHours = LineOf(OpeningHours) };

    private static string? LineOf(string? typed) => TypedText.SingleLine(typed) is { Length: > 0 } line ? line : null;
}

internal sealed class BranchValidator : AbstractValidator<BranchForm>
{
    private const int PostalCodeDigits = 4;
    private static readonly string[] _countries = ["BE", "LU"];

    public BranchValidator(IStringLocalizer<AccountTexts> texts)
    {
        RuleFor(f => f.Street).Line(texts, "Street.Required", Branch.StreetMaxLength);
        RuleFor(f => f.Country).Must(country => _countries.Contains(country)).WithMessage(_ => texts["Country.Required"]);
        RuleFor(f => f.PostalCode)
            .Cascade(CascadeMode.Stop)
            .Must(code => TypedText.SingleLine(code).Length > 0).WithMessage(_ => texts["PostalCode.Required"])
            .Must(code => TypedText.SingleLine(code) is { Length: PostalCodeDigits } digits && digits.All(char.IsAsciiDigit)).WithMessage(_ => texts["PostalCode.Invalid"]);
        RuleFor(f => f.Town).Line(texts, "Town.Required", Branch.TownMaxLength);
        RuleFor(f => f.BranchPhone).Phone(texts);
    }
}

internal sealed class BranchDetailsValidator : AbstractValidator<BranchDetailsForm>
{
    public BranchDetailsValidator(IStringLocalizer<AccountTexts> texts, IValidator<BranchForm> address)
    {
        Include(address);
        RuleFor(f => f.ContactName).OptionalLine(texts, Branch.ContactNameMaxLength);
        RuleFor(f => f.OpeningHours).OptionalLine(texts, Branch.OpeningHoursMaxLength);
    }
}
