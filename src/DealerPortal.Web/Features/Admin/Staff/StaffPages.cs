using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Staff;

/// <param name="Members">Those who can sign in first.</param>
/// <param name="Invitations">Those that wait, the newest first.</param>
public sealed record StaffPage(IReadOnlyList<StaffRow> Members, IReadOnlyList<InvitationRow> Invitations, int UserId);

public sealed record StaffRow(int Id, string FirstName, string LastName, string Email, StaffRole Role, DateTime? LastSignInAt, bool HasSecondFactor, DateTime? DeactivatedAt)
{
    public string FullName => $"{FirstName} {LastName}";
}

/// <param name="ExpiresAt">When the last link stops working.</param>
public sealed record InvitationRow(Guid Id, string Email, StaffRole Role, string InvitedBy, DateTime SentAt, DateTime ExpiresAt, bool IsExpired);

public sealed class InviteForm
{
    public string? Email { get; init; }
    public string? Role { get; init; }

    /// <summary>Of the mail; not the page's, which has a field of the plain name.</summary>
    public string? MailLanguage { get; init; }
}

internal sealed class InviteValidator : AbstractValidator<InviteForm>
{
    private static readonly string[] _roles = [nameof(StaffRole.SupportAgent), nameof(StaffRole.PortalAdministrator)];

    public InviteValidator(IStringLocalizer<StaffTexts> texts)
    {
        RuleFor(f => f.Email).Must(email => EmailAddress.TryParse(email, out _)).WithMessage(_ => texts["Email.Invalid"]);
        RuleFor(f => f.Role).Must(role => _roles.Contains(role)).WithMessage(_ => texts["Role.Required"]);
        RuleFor(f => f.MailLanguage).Must(language => Languages.All.Contains(language)).WithMessage(_ => texts["Language.Required"]);
    }
}
