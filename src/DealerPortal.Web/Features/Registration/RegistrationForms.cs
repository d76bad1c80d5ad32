using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Account;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Registration;

public sealed class RegisterForm
{
    public string? Email { get; init; }
}

public sealed class CodeForm
{
    public string? Code { get; init; }

    /// <summary>The digits alone: people paste codes with spaces.</summary>
    public string Digits => string.Concat((Code ?? "").Where(char.IsAsciiDigit));
}

/// <summary>Who registers. Somebody with an account has said all this before.</summary>
public interface IPersonForm
{
    string? FirstName { get; }
    string? LastName { get; }
    string? Phone { get; }
    string? Password { get; }
    string? PasswordRepeated { get; }
}

public sealed class JoinForm : IPersonForm
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Phone { get; init; }
    public string? Password { get; init; }
    public string? PasswordRepeated { get; init; }
    public string? OrganisationId { get; init; }
    public string? Query { get; init; }
    public string? Wider { get; init; }
}

public sealed class CreateForm : BranchForm, IPersonForm
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Phone { get; init; }
    public string? Password { get; init; }
    public string? PasswordRepeated { get; init; }
    public string? Vat { get; init; }
    public string? Name { get; init; }
}

internal sealed class RegisterValidator : AbstractValidator<RegisterForm>
{
    public RegisterValidator(IStringLocalizer<RegistrationTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.Email)
            .NotEmpty().WithMessage(_ => texts["Email.Required"])
            .Must(email => EmailAddress.TryParse(email, out _)).WithMessage(_ => texts["Email.Invalid"]);
    }
}

internal sealed class CodeValidator : AbstractValidator<CodeForm>
{
    private const int Digits = 6;

    public CodeValidator(IStringLocalizer<RegistrationTexts> texts) =>
        RuleFor(f => f.Digits).Must(digits => digits.Length == Digits).WithMessage(_ => texts["Code.Invalid"]).OverridePropertyName(nameof(CodeForm.Code));
}

internal sealed class PersonValidator : AbstractValidator<IPersonForm>
{
    public PersonValidator(IStringLocalizer<AccountTexts> texts)
    {
        RuleFor(f => f.FirstName).FirstName(texts);
        RuleFor(f => f.LastName).LastName(texts);
        RuleFor(f => f.Phone).Phone(texts);
    }
}

internal sealed class JoinValidator : AbstractValidator<JoinForm>
{
    public JoinValidator(IStringLocalizer<RegistrationTexts> texts) =>
        RuleFor(f => f.OrganisationId).Must(id => int.TryParse(id, out _)).WithMessage(_ => texts["Organisation.Required"]);
}

internal sealed class CreateValidator : AbstractValidator<CreateForm>
{
    public CreateValidator(IStringLocalizer<RegistrationTexts> texts, IStringLocalizer<AccountTexts> fields, IValidator<BranchForm> branch)
    {
        RuleFor(f => f.Vat)
            .Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => texts["Vat.Required"])
            .Must(vat => VatNumber.TryParse(vat, out _)).WithMessage(_ => texts["Vat.Invalid"]);
        RuleFor(f => f.Name).Line(fields, "OrganisationName.Required", Organisation.NameMaxLength);
        Include(branch);
    }
}
