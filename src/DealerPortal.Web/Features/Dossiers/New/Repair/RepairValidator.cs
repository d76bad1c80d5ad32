using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Repair;

/// <summary>The rules of the repair request; design.md «Forms».</summary>
public sealed class RepairValidator : DeviceValidator<RepairInput>
{
    private readonly IStringLocalizer<RepairTexts> _texts;

    public RepairValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<RepairTexts> texts)
        : base(fields)
    {
        _texts = texts;
        RuleFor(x => x.Imei).Must(imei => string.IsNullOrWhiteSpace(imei) || Imei.TryParse(imei, out _)).WithMessage(_ => texts["Imei.Wrong"]);
        YesOrNo(x => x.Sold, () => fields["Sold.Missing"]);

        RuleFor(x => x.Location)
            .Must(location => location is RepairInput.AtBranch or RepairInput.AtEndUser).WithMessage(_ => texts["Location.Missing"])
            .Must((x, _) => !x.IsAtEndUser || x.EndUserAllowed).WithMessage(_ => texts["Location.NotAtEndUser"]);
        When(x => x.Location == RepairInput.AtBranch, () =>
        {
            RuleFor(x => x.BranchId).Must((x, _) => ((IBranchInput)x).ChosenBranch is not null).WithMessage(_ => texts["Branch.Missing"]);
            AtMost(x => x.BuyerName, Dossier.EndUserNameMaxLength);
            RuleFor(x => x.BuyerName).Must((x, name) => x.Sold != FormInput.No || string.IsNullOrWhiteSpace(name)).WithMessage(_ => texts["BuyerName.NotSold"]);
        });
        When(x => x.IsAtEndUser && x.EndUserAllowed, () =>
            EndUser(x => x.EndUserName, x => x.EndUserStreet, x => x.EndUserPostalCode, x => x.EndUserTown, x => x.EndUserPhone, x => x.EndUserEmail));

        Text(x => x.Description, () => texts["Description.Missing"], RepairRequest.DescriptionMaxLength);
        Reference();
        When(x => !string.IsNullOrWhiteSpace(x.PreferredDate), () => RuleFor(x => x.PreferredDate)
            .Must(date => TypedDate.TryParse(date, out _)).WithMessage(_ => fields["Date.Wrong"])
            .Must((x, _) => x.Dates.Earliest is not null).WithMessage(_ => texts["Date.NeedsModel"])
            .Must((x, date) => TypedDate.OrNull(date) >= x.Dates.Earliest).WithMessage(x => texts["Date.TooEarly", Formats.LongDate(x.Dates.Earliest!.Value)])
            .Must((x, date) => TypedDate.TryParse(date, out var day) && x.Dates.Calendar.IsWorkingDay(day, x.Dates.Country)).WithMessage(_ => texts["Date.NoWorkingDay"]));
        RuleFor(x => x.Confirm).Equal(FormInput.Ticked).WithMessage(_ => texts["Confirm.Missing"]);
    }

    protected override string SerialMissing(RepairInput input) => input.SerialMayBeOmitted ? _texts["Serial.Missing"] : base.SerialMissing(input);
}
