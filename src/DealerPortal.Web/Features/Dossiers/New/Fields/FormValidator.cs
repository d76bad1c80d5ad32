using System.Globalization;
using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>The rules that forms share; the first that fails speaks for its field.</summary>
public abstract class FormValidator<TInput> : AbstractValidator<TInput>
    where TInput : FormInput
{
    private const int PostalCodeLength = 4;

    protected FormValidator(IStringLocalizer<FieldTexts> fields)
    {
        Fields = fields;
        RuleLevelCascadeMode = CascadeMode.Stop;
    }

    protected IStringLocalizer<FieldTexts> Fields { get; }

    /// <summary>A text that must be there.</summary>
    protected void Text(Expression<Func<TInput, string?>> field, Func<string> missing, int maxLength) =>
        AtMost(RuleFor(field).Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage(_ => missing()), maxLength);

    /// <summary>A text that may be left out.</summary>
    protected void AtMost(Expression<Func<TInput, string?>> field, int maxLength) => AtMost(RuleFor(field), maxLength);

    /// <summary>One of the two answers.</summary>
    protected void YesOrNo(Expression<Func<TInput, string?>> field, Func<string> missing) =>
        RuleFor(field).Must(answer => FormInput.YesOrNo(answer) is not null).WithMessage(_ => missing());

    protected void Phone(Expression<Func<TInput, string?>> field, Func<string> missing) => RuleFor(field)
        .NotEmpty().WithMessage(_ => missing())
        .Must(phone => PhoneNumber.TryParse(phone, out _)).WithMessage(_ => Fields["Phone.Wrong"]);

    /// <summary>A date that must be there.</summary>
    protected IRuleBuilderOptions<TInput, string?> Date(Expression<Func<TInput, string?>> field, Func<string> missing) => RuleFor(field)
        .NotEmpty().WithMessage(_ => missing())
        .Must(date => TypedDate.TryParse(date, out _)).WithMessage(_ => Fields["Date.Wrong"]);

    /// <summary>From which day on a driver can come.</summary>
    protected void ReadyFrom(Expression<Func<TInput, string?>> field, Func<TInput, DateOnly> today) =>
        Date(field, () => Fields["ReadyFrom.Missing"]).Must((x, date) => TypedDate.OrNull(date) >= today(x)).WithMessage(_ => Fields["ReadyFrom.Past"]);

    protected void Reference() => AtMost(x => x.Reference, Dossier.ReferenceMaxLength);

    /// <summary>A file in a slot of the form.</summary>
    protected void FileIn(string slot, Func<TInput, IReadOnlySet<string>> filled, Func<string> missing) =>
        RuleFor(x => filled(x).Contains(slot)).Equal(true).WithMessage(_ => missing()).OverridePropertyName(slot);

    /// <summary>The end user with an address, as <see cref="IEndUserInput"/> names its fields.</summary>
    protected void EndUser(
        Expression<Func<TInput, string?>> name,
        Expression<Func<TInput, string?>> street,
        Expression<Func<TInput, string?>> postalCode,
        Expression<Func<TInput, string?>> town,
        Expression<Func<TInput, string?>> phone,
        Expression<Func<TInput, string?>> email)
    {
        Text(name, () => Fields["EndUserName.Missing"], Dossier.EndUserNameMaxLength);
        Text(street, () => Fields["EndUserStreet.Missing"], Branch.StreetMaxLength);
        RuleFor(postalCode).Must(IsPostalCode).WithMessage(_ => Fields["EndUserPostalCode.Wrong"]);
        Text(town, () => Fields["EndUserTown.Missing"], Branch.TownMaxLength);
        Phone(phone, () => Fields["EndUserPhone.Missing"]);
        RuleFor(email).Must(mail => string.IsNullOrWhiteSpace(mail) || EmailAddress.TryParse(mail, out _)).WithMessage(_ => Fields["EndUserEmail.Wrong"]);
    }

    private void AtMost(IRuleBuilder<TInput, string?> rule, int maxLength) =>
        rule.Must(text => FormInput.Clean(text).Length <= maxLength).WithMessage(_ => Fields["TooLong", maxLength]);

    private static bool IsPostalCode(string? typed) => typed?.Trim() is { Length: PostalCodeLength } code && code.All(char.IsAsciiDigit);
}

/// <summary>The rules of a form about one device.</summary>
public abstract class DeviceValidator<TInput> : FormValidator<TInput>
    where TInput : DeviceInput
{
    protected DeviceValidator(IStringLocalizer<FieldTexts> fields)
        : base(fields)
    {
        RuleFor(x => x.ModelCode)
            .Must((x, code) => !x.IsModelRequired || !string.IsNullOrWhiteSpace(code)).WithMessage(_ => fields["ModelCode.Missing"])
            .Must((x, code) => string.IsNullOrWhiteSpace(code) || x.Device.Code is not null).WithMessage(_ => fields["ModelCode.Malformed"]);
        RuleFor(x => x.SerialNumber)
            .Must((x, serial) => !x.IsSerialRequired || !string.IsNullOrWhiteSpace(serial)).WithMessage(SerialMissing)
            .Must((x, serial) => string.IsNullOrWhiteSpace(serial) || x.Device.Serial is not null).WithMessage(_ => fields["Serial.Malformed"]);
    }

    /// <summary>The photo of the serial plate, and of a sold device when it was bought and what proves it.</summary>
    protected void Evidence(Expression<Func<TInput, string?>> purchaseDate, Func<TInput, IEvidenceInput> evidence)
    {
        When(x => evidence(x).IsSold, () =>
        {
            Date(purchaseDate, () => Fields["PurchaseDate.Missing"])
                .Must((x, date) => TypedDate.OrNull(date) <= evidence(x).Today).WithMessage(_ => Fields["PurchaseDate.Future"]);
            FileIn(New.Fields.Evidence.ProofOfPurchase, x => evidence(x).FilledSlots, () => Fields["Evidence.Proof.Missing"]);
        });
        FileIn(New.Fields.Evidence.SerialPlate, x => evidence(x).FilledSlots, () => Fields["Evidence.Plate.Missing"]);
    }

    /// <summary>What is said where the serial number is required and missing.</summary>
    protected virtual string SerialMissing(TInput input) => Fields["Serial.Needed"];
}

public static class TypedDate
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    /// <summary>As browsers post a date, or as people type one where the browser knows no dates.</summary>
    public static bool TryParse(string? typed, out DateOnly date) =>
        DateOnly.TryParseExact(typed?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Null for what is no date.</summary>
    public static DateOnly? OrNull(string? typed) => TryParse(typed, out var date) ? date : null;
}
