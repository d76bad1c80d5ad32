using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.AppliancePickup;

/// <summary>The rules of a pickup; design.md «Forms».</summary>
public sealed class AppliancePickupValidator : DeviceValidator<AppliancePickupInput>
{
    public AppliancePickupValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<AppliancePickupTexts> texts)
        : base(fields)
    {
        RuleFor(x => x.Purpose).Must((x, _) => x.PurposeValue is not null).WithMessage(_ => texts["Purpose.Missing"]);
        RuleFor(x => x.Reason).Must((x, _) => x.ReasonValue is not null).WithMessage(_ => texts["Reason.Missing"]);
        When(x => x.Reason == AppliancePickupInput.NotRepairable, () => RuleFor(x => x.RepairNumber)
            .Must((x, number) => !string.IsNullOrWhiteSpace(number) || x.FilledSlots.Contains(AppliancePickupForm.Report)).WithMessage(_ => texts["Repair.Missing"])
            .Must((x, number) => string.IsNullOrWhiteSpace(number) || x.Chosen is { Type: DossierType.RepairRequest }).WithMessage(_ => texts["Repair.Unknown"])
            .Must((x, _) => IsOfThisDevice(x)).WithMessage(x => texts["Related.OtherSerial", x.Chosen!.SerialNumber!]));
        When(x => x.Reason == AppliancePickupInput.DoaAccepted, () => RuleFor(x => x.DoaNumber)
            .NotEmpty().WithMessage(_ => texts["Doa.Missing"])
            .Must((x, _) => x.Chosen is { Type: DossierType.TechnicalDoa, IsAccepted: true }).WithMessage(_ => texts["Doa.Unknown"])
            .Must((x, _) => IsOfThisDevice(x)).WithMessage(x => texts["Related.OtherSerial", x.Chosen!.SerialNumber!]));
        When(x => x.Reason == AppliancePickupInput.OtherReason, () =>
            Text(x => x.ReasonText, () => texts["ReasonText.Missing"], Core.Dossiers.AppliancePickup.ReasonTextMaxLength));
        RuleFor(x => x.BranchId).Must((x, _) => ((IBranchInput)x).ChosenBranch is not null).WithMessage(_ => fields["Branch.Missing"]);
        Text(x => x.ContactName, () => texts["ContactName.Missing"], Core.Dossiers.AppliancePickup.ContactNameMaxLength);
        Phone(x => x.ContactPhone, () => texts["ContactPhone.Missing"]);
        ReadyFrom(x => x.ReadyFrom, x => x.Today);
        AtMost(x => x.Floor, Core.Dossiers.AppliancePickup.FloorMaxLength);
        RuleFor(x => x.Lift).Must(lift => string.IsNullOrEmpty(lift) || FormInput.YesOrNo(lift) is not null).WithMessage(_ => texts["Lift.Wrong"]);
        AtMost(x => x.OpeningHours, Core.Dossiers.AppliancePickup.OpeningHoursMaxLength);
        Reference();
    }

    private static bool IsOfThisDevice(AppliancePickupInput input) =>
        input.Chosen?.SerialNumber is not { } serial || input.Device.Serial is not { } typed || serial == typed.Value;
}
