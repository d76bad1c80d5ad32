using System.Globalization;
using System.Linq.Expressions;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Repair;

/// <summary>The rules of the repair request; design.md «Forms».</summary>
public sealed class RepairValidator : AbstractValidator<RepairInput>
{
    private const int PostalCodeLength = 4;
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    public RepairValidator(IStringLocalizer<RepairTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;

        RuleFor(x => x.ModelCode)
            .NotEmpty().WithMessage(_ => texts["ModelCode.Missing"])
            .Must((x, _) => x.Facts.Code is not null).WithMessage(_ => texts["ModelCode.Malformed"]);
        RuleFor(x => x.SerialNumber)
            .Must((x, _) => !x.GivesNoSerial || x.Facts.SerialMayBeOmitted).WithMessage(_ => texts["Serial.Needed"])
            .Must((x, serial) => x.GivesNoSerial || !string.IsNullOrWhiteSpace(serial)).WithMessage(x => texts[x.Facts.SerialMayBeOmitted ? "Serial.Missing" : "Serial.Needed"])
            .Must((x, _) => x.GivesNoSerial || x.Facts.Serial is not null).WithMessage(_ => texts["Serial.Malformed"]);
        RuleFor(x => x.Imei)
            .Must(imei => string.IsNullOrWhiteSpace(imei) || Imei.TryParse(imei, out _)).WithMessage(_ => texts["Imei.Wrong"]);
        RuleFor(x => x.Sold).Must(sold => sold is RepairInput.Yes or RepairInput.No).WithMessage(_ => texts["Sold.Missing"]);

        RuleFor(x => x.Location)
            .Must(location => location is RepairInput.AtBranch or RepairInput.AtEndUser).WithMessage(_ => texts["Location.Missing"])
            .Must((x, _) => !x.IsAtEndUser || x.Facts.EndUserAllowed).WithMessage(_ => texts["Location.NotAtEndUser"]);
        When(x => x.Location == RepairInput.AtBranch, () =>
        {
            RuleFor(x => x.BranchId).Must((x, _) => BranchOf(x) is not null).WithMessage(_ => texts["Branch.Missing"]);
            AtMost(RuleFor(x => x.BuyerName), Dossier.EndUserNameMaxLength);
            RuleFor(x => x.BuyerName).Must((x, name) => x.Sold != RepairInput.No || string.IsNullOrWhiteSpace(name)).WithMessage(_ => texts["BuyerName.NotSold"]);
        });
        When(x => x.IsAtEndUser && x.Facts.EndUserAllowed, () =>
        {
            Text(x => x.EndUserName, "EndUserName.Missing", Dossier.EndUserNameMaxLength);
            Text(x => x.EndUserStreet, "EndUserStreet.Missing", Branch.StreetMaxLength);
            RuleFor(x => x.EndUserPostalCode).Must(IsPostalCode).WithMessage(_ => texts["EndUserPostalCode.Wrong"]);
            Text(x => x.EndUserTown, "EndUserTown.Missing", Branch.TownMaxLength);
            RuleFor(x => x.EndUserPhone)
                .NotEmpty().WithMessage(_ => texts["EndUserPhone.Missing"])
                .Must(phone => PhoneNumber.TryParse(phone, out _)).WithMessage(_ => texts["EndUserPhone.Wrong"]);
            RuleFor(x => x.EndUserEmail)
                .Must(mail => string.IsNullOrWhiteSpace(mail) || EmailAddress.TryParse(mail, out _)).WithMessage(_ => texts["EndUserEmail.Wrong"]);
        });

        Text(x => x.Description, "Description.Missing", RepairRequest.DescriptionMaxLength);
        AtMost(RuleFor(x => x.Reference), Dossier.ReferenceMaxLength);
        When(x => !string.IsNullOrWhiteSpace(x.PreferredDate), () => RuleFor(x => x.PreferredDate)
            .Must(date => TryDate(date, out _)).WithMessage(_ => texts["Date.Wrong"])
            .Must((x, _) => x.Facts.Earliest is not null).WithMessage(_ => texts["Date.NeedsModel"])
            .Must((x, date) => TryDate(date, out var day) && day >= x.Facts.Earliest).WithMessage(x => texts["Date.TooEarly", Formats.LongDate(x.Facts.Earliest!.Value)])
            .Must((x, date) => TryDate(date, out var day) && x.Facts.Calendar.IsWorkingDay(day, x.Facts.Country)).WithMessage(_ => texts["Date.NoWorkingDay"]));
        RuleFor(x => x.Confirm).Equal(RepairInput.Ticked).WithMessage(_ => texts["Confirm.Missing"]);

        void Text(Expression<Func<RepairInput, string?>> field, string missing, int maxLength) =>
            AtMost(RuleFor(field).Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage(_ => texts[missing]), maxLength);

        void AtMost(IRuleBuilder<RepairInput, string?> rule, int maxLength) =>
            rule.Must(text => RepairInput.Clean(text).Length <= maxLength).WithMessage(_ => texts["TooLong", maxLength]);
    }

    /// <summary>The organisation's branch that was chosen.</summary>
    public static Branch? BranchOf(RepairInput input) =>
        int.TryParse(input.BranchId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? input.Facts.Branches.FirstOrDefault(b => b.Id == id) : null;

    /// <summary>As browsers post a date, or as people type one where the browser knows no dates.</summary>
    public static bool TryDate(string? typed, out DateOnly date) =>
        DateOnly.TryParseExact(typed?.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool IsPostalCode(string? typed) => typed?.Trim() is { Length: PostalCodeLength } code && code.All(char.IsAsciiDigit);
}
