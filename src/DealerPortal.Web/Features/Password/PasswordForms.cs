using DealerPortal.Core.Accounts;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Password;

public sealed class ForgotForm
{
    public string? Email { get; init; }
}

public sealed class ResetForm
{
    public string? Token { get; init; }
    public string? Password { get; init; }
    public string? PasswordRepeated { get; init; }
}

internal sealed class ForgotValidator : AbstractValidator<ForgotForm>
{
    public ForgotValidator(IStringLocalizer<PasswordTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.Email)
            .NotEmpty().WithMessage(_ => texts["Email.Required"])
            .Must(email => EmailAddress.TryParse(email, out _)).WithMessage(_ => texts["Email.Invalid"]);
    }
}
