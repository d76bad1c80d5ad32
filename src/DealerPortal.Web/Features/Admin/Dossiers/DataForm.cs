using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>What a dossier says, for support to correct, as typed.</summary>
public sealed class DataForm : StampedForm, IBranchInput, IEndUserInput
{
    public string? ModelCode { get; set; }
    public string? SerialNumber { get; set; }
    public string? Imei { get; set; }
    public string? GrmsNumber { get; set; }
    public string? ServiceOrderNumber { get; set; }
    public string? Reference { get; set; }
    public string? Offer { get; set; }
    public string? BranchId { get; set; }
    public string? EndUserName { get; set; }
    public string? EndUserStreet { get; set; }
    public string? EndUserPostalCode { get; set; }
    public string? EndUserTown { get; set; }
    public string? EndUserPhone { get; set; }
    public string? EndUserEmail { get; set; }

    /// <summary>Those of the dealer, with the one the dossier names even if it was closed since.</summary>
    [BindNever]
    public IReadOnlyList<Branch> Branches { get; set; } = [];

    /// <summary>Whether anything is said of an end user.</summary>
    public bool NamesEndUser =>
        ((string?[])[EndUserName, EndUserStreet, EndUserPostalCode, EndUserTown, EndUserPhone, EndUserEmail]).Any(typed => !string.IsNullOrWhiteSpace(typed));

    public static DataForm Of(DossierDetails details) => new()
    {
        Stamp = details.Dossier.Stamp,
        Seen = details.LastSeen,
        ModelCode = details.Dossier.ModelCode,
        SerialNumber = details.Dossier.SerialNumber,
        Imei = details.Dossier.Imei,
        GrmsNumber = details.Dossier.GrmsNumber,
        ServiceOrderNumber = details.Dossier.ServiceOrderNumber,
        Reference = details.Dossier.Reference,
        BranchId = details.Dossier.BranchId?.ToString(CultureInfo.InvariantCulture),
        EndUserName = details.Dossier.EndUserName,
        EndUserStreet = details.Dossier.EndUserStreet,
        EndUserPostalCode = details.Dossier.EndUserPostalCode,
        EndUserTown = details.Dossier.EndUserTown,
        EndUserPhone = details.Dossier.EndUserPhone is { } phone ? PhoneNumber.Display(phone) : null,
        EndUserEmail = details.Dossier.EndUserEmail,
    };

    /// <summary>Once it is valid. A dossier keeps what its kind has no field for: a device, a service centre’s order.</summary>
    public CorrectedData ToData(Dossier dossier, bool hasDevice, bool hasOrder, CatalogueModel? model) => new(
        FormInput.TextOf(Reference),
        hasDevice ? CodeOrNull : dossier.ModelCode,
        // A model that has left the catalogue stays that of the dossiers that name it.
        hasDevice ? model?.Id ?? (CodeOrNull == dossier.ModelCode ? dossier.ModelId : null) : dossier.ModelId,
        hasDevice ? Core.Dossiers.SerialNumber.TryParse(SerialNumber, out var serial) ? serial.Value : null : dossier.SerialNumber,
        hasDevice ? Core.Dossiers.Imei.TryParse(Imei, out var imei) ? imei.Value : null : dossier.Imei,
        Core.Dossiers.GrmsNumber.TryParse(GrmsNumber, out var grms) ? grms.Value : null,
        hasOrder ? FormInput.TextOf(ServiceOrderNumber) : dossier.ServiceOrderNumber,
        hasDevice ? ((IBranchInput)this).ChosenBranch?.Id : dossier.BranchId,
        NamesEndUser ? this.ToEndUser() : null,
        Typed.Value<ServiceOffer>(Offer));

    private string? CodeOrNull => Core.Catalogue.ModelCode.TryParse(ModelCode, out var code) ? code.Value : null;
}

/// <summary>The rules of what support corrects: nothing that was left out must be given now.</summary>
public sealed class DataValidator : AbstractValidator<DataForm>
{
    private const int PostalCodeDigits = 4;

    public DataValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<AdminTexts> t)
    {
        RuleFor(d => d.ModelCode).Must(code => IsEmpty(code) || ModelCode.TryParse(code, out _)).WithMessage(_ => fields["ModelCode.Malformed"]);
        RuleFor(d => d.SerialNumber).Must(serial => IsEmpty(serial) || SerialNumber.TryParse(serial, out _)).WithMessage(_ => fields["Serial.Malformed"]);
        RuleFor(d => d.Imei).Must(imei => IsEmpty(imei) || Imei.TryParse(imei, out _)).WithMessage(_ => t["Data.ImeiWrong"]);
        RuleFor(d => d.GrmsNumber).Must(grms => IsEmpty(grms) || GrmsNumber.TryParse(grms, out _)).WithMessage(_ => t["Step.GrmsWrong"]);
        AtMost(RuleFor(d => d.ServiceOrderNumber), Dossier.ServiceOrderNumberMaxLength, fields);
        AtMost(RuleFor(d => d.Reference), Dossier.ReferenceMaxLength, fields);
        RuleFor(d => d.BranchId).Must((d, id) => IsEmpty(id) || ((IBranchInput)d).ChosenBranch is not null).WithMessage(_ => t["Data.BranchUnknown"]);
        RuleFor(d => d.EndUserName).Must((d, name) => !d.NamesEndUser || !IsEmpty(name)).WithMessage(_ => fields["EndUserName.Missing"]);
        AtMost(RuleFor(d => d.EndUserName), Dossier.EndUserNameMaxLength, fields);
        AtMost(RuleFor(d => d.EndUserStreet), Branch.StreetMaxLength, fields);
        RuleFor(d => d.EndUserPostalCode).Must(code => IsEmpty(code) || (code!.Trim() is { Length: PostalCodeDigits } digits && digits.All(char.IsAsciiDigit)))
            .WithMessage(_ => fields["EndUserPostalCode.Wrong"]);
        AtMost(RuleFor(d => d.EndUserTown), Branch.TownMaxLength, fields);
        RuleFor(d => d.EndUserPhone).Must(phone => IsEmpty(phone) || PhoneNumber.TryParse(phone, out _)).WithMessage(_ => fields["Phone.Wrong"]);
        RuleFor(d => d.EndUserEmail).Must(mail => IsEmpty(mail) || EmailAddress.TryParse(mail, out _)).WithMessage(_ => fields["EndUserEmail.Wrong"]);
    }

    private static bool IsEmpty(string? typed) => string.IsNullOrWhiteSpace(typed);

    private static void AtMost(IRuleBuilder<DataForm, string?> rule, int maxLength, IStringLocalizer<FieldTexts> fields) =>
        rule.Must(text => FormInput.Clean(text).Length <= maxLength).WithMessage(_ => fields["TooLong", maxLength]);
}
