using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.MissingAccessory;

/// <summary>The rules of the missing accessory; design.md «Forms».</summary>
public sealed class MissingAccessoryValidator : DeviceValidator<MissingAccessoryInput>
{
    /// <summary>The name of the field of a line.</summary>
    public static string NameOf(int index, string field) => string.Create(CultureInfo.InvariantCulture, $"Lines[{index}].{field}");

    public MissingAccessoryValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<MissingAccessoryTexts> texts)
        : base(fields)
    {
        RuleFor(x => x.FilledLines).Must(lines => lines.Count > 0).WithMessage(_ => texts["Lines.Missing"]).OverridePropertyName(NameOf(0, nameof(AccessoryLineInput.What)));
        RuleFor(x => x.FilledLines).Must(lines => lines.Count <= Core.Dossiers.MissingAccessory.MaxLines)
            .WithMessage(_ => texts["Lines.TooMany", Core.Dossiers.MissingAccessory.MaxLines]).OverridePropertyName(NameOf(Core.Dossiers.MissingAccessory.MaxLines, nameof(AccessoryLineInput.What)));
        RuleForEach(x => x.Lines).Cascade(CascadeMode.Continue).Where(line => !line.IsBlank).ChildRules(line =>
        {
            line.RuleFor(x => x.What).Cascade(CascadeMode.Stop)
                .Must(what => !string.IsNullOrWhiteSpace(what)).WithMessage(_ => texts["What.Missing"])
                .Must(what => FormInput.Clean(what).Length <= AccessoryLine.WhatMaxLength).WithMessage(_ => fields["TooLong", AccessoryLine.WhatMaxLength]);
            line.RuleFor(x => x.PartNumber)
                .Must(part => FormInput.Clean(part).Length <= AccessoryLine.PartNumberMaxLength).WithMessage(_ => fields["TooLong", AccessoryLine.PartNumberMaxLength]);
            line.RuleFor(x => x.Quantity).Must(quantity => QuantityOf(quantity) is not null).WithMessage(_ => texts["Quantity.Wrong", AccessoryLine.MaxQuantity]);
        });

        Date(x => x.DeliveryDate, () => texts["DeliveryDate.Missing"])
            .Must((x, date) => TypedDate.OrNull(date) <= x.Today).WithMessage(_ => texts["DeliveryDate.Future"]);
        AtMost(x => x.DeliveryNote, Core.Dossiers.MissingAccessory.NoteNumberMaxLength);
        RuleFor(x => x.DeliveryNote).Must((x, note) => !string.IsNullOrWhiteSpace(note) || x.FilledSlots.Contains(MissingAccessoryForm.DeliveryNoteFile)).WithMessage(_ => texts["DeliveryNote.Missing"]);

        RuleFor(x => x.DeliverTo).Must(to => to is MissingAccessoryInput.ToBranch or MissingAccessoryInput.ToEndUser).WithMessage(_ => texts["DeliverTo.Missing"]);
        When(x => x.DeliverTo == MissingAccessoryInput.ToBranch, () =>
            RuleFor(x => x.BranchId).Must((x, _) => ((IBranchInput)x).ChosenBranch is not null).WithMessage(_ => fields["Branch.Missing"]));
        When(x => x.IsToEndUser, () =>
            EndUser(x => x.EndUserName, x => x.EndUserStreet, x => x.EndUserPostalCode, x => x.EndUserTown, x => x.EndUserPhone, x => x.EndUserEmail));
        Reference();
    }

    /// <summary>Null for what is no quantity.</summary>
    public static int? QuantityOf(string? typed) =>
        int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) && quantity is >= 1 and <= AccessoryLine.MaxQuantity ? quantity : null;
}
