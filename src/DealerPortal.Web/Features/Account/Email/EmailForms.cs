using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Web.Features.Registration;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Email;

public sealed class EmailForm
{
    public string? NewEmail { get; init; }
}

/// <summary>Both codes, or the one that has come.</summary>
public sealed class EmailCodesForm
{
    public string? CurrentCode { get; init; }
    public string? NewCode { get; init; }

    public CodeForm Of(EmailSide side) => new() { Code = side == EmailSide.Current ? CurrentCode : NewCode };

    public static string NameOf(EmailSide side) => side == EmailSide.Current ? nameof(CurrentCode) : nameof(NewCode);
}

/// <param name="ResendIn">Seconds until other codes may be asked for.</param>
public sealed record EmailCodesPage(string CurrentEmail, string NewEmail, EmailChangeCode Current, EmailChangeCode New, int ResendIn)
{
    public const string Key = nameof(EmailCodesPage);
}

internal sealed class EmailValidator : AbstractValidator<EmailForm>
{
    public EmailValidator(IStringLocalizer<RegistrationTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.NewEmail)
            .NotEmpty().WithMessage(_ => texts["Email.Required"])
            .Must(email => EmailAddress.TryParse(email, out _)).WithMessage(_ => texts["Email.Invalid"]);
    }
}
