using DealerPortal.Core.Accounts;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.SignIn;

public sealed class SignInForm
{
    public string? Email { get; init; }
    public string? Password { get; init; }
    public string? Keep { get; init; }
    public string? ReturnUrl { get; init; }
}

internal sealed class SignInValidator : AbstractValidator<SignInForm>
{
    public SignInValidator(IStringLocalizer<SignInTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.Email)
            .NotEmpty().WithMessage(_ => texts["Email.Required"])
            .Must(email => EmailAddress.TryParse(email, out _)).WithMessage(_ => texts["Email.Invalid"]);
        RuleFor(f => f.Password).NotEmpty().WithMessage(_ => texts["Password.Required"]);
    }
}
