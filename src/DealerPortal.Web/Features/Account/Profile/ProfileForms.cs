using DealerPortal.Core;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Profile;

public sealed class ProfileForm
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Phone { get; init; }
    public string? PreferredLanguage { get; init; }
}

public sealed class ChangePasswordForm
{
    public string? CurrentPassword { get; init; }
    public string? NewPassword { get; init; }
    public string? NewPasswordRepeated { get; init; }
}

public sealed record ProfilePage(ProfileForm Profile, string Email);

internal sealed class ProfileValidator : AbstractValidator<ProfileForm>
{
    public ProfileValidator(IStringLocalizer<AccountTexts> texts)
    {
        RuleFor(f => f.FirstName).FirstName(texts);
        RuleFor(f => f.LastName).LastName(texts);
        RuleFor(f => f.Phone).Phone(texts);
        RuleFor(f => f.PreferredLanguage).Must(language => Languages.All.Contains(language)).WithMessage(_ => texts["Language.Required"]);
    }
}
