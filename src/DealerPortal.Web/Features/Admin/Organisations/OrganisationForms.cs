using DealerPortal.Core;
using DealerPortal.Core.Organisations;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Organisations;

/// <summary>What support changes of an organisation, as typed.</summary>
public sealed class OrganisationForm
{
    public string? Name { get; set; }
    public string? CustomerNumber { get; set; }
    public Guid Stamp { get; set; }

    /// <summary><c>true</c> by the button that also confirms.</summary>
    public string? Confirm { get; set; }

    /// <summary>Null for none, and for what is no customer number.</summary>
    public CustomerNumber? Number => Core.Organisations.CustomerNumber.TryParse(CustomerNumber, out var number) ? number : null;
}

/// <summary>Which organisation goes on, and that one means it.</summary>
public sealed class MergeForm
{
    public string? Into { get; set; }

    /// <summary>The VAT number of the one that goes, typed.</summary>
    public string? Vat { get; set; }

    public bool KeepAdministrators { get; set; }
}

internal sealed class OrganisationValidator : AbstractValidator<OrganisationForm>
{
    public OrganisationValidator(IStringLocalizer<OrganisationsTexts> t)
    {
        RuleFor(f => f.Name).Cascade(CascadeMode.Stop)
            .Must(name => TypedText.SingleLine(name).Length > 0).WithMessage(_ => t["Name.Missing"])
            .Must(name => TypedText.SingleLine(name).Length <= Organisation.NameMaxLength).WithMessage(_ => t["TooLong", Organisation.NameMaxLength]);
        RuleFor(f => f.CustomerNumber)
            .Must((f, number) => string.IsNullOrWhiteSpace(number) || f.Number is not null).WithMessage(_ => t["CustomerNumber.Invalid", Organisation.CustomerNumberMaxLength]);
    }
}
