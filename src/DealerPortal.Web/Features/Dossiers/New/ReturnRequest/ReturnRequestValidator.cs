using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.ReturnRequest;

/// <summary>The rules of the return request; design.md «Forms».</summary>
public sealed class ReturnRequestValidator : DeviceValidator<ReturnRequestInput>
{
    public ReturnRequestValidator(IStringLocalizer<FieldTexts> fields, IStringLocalizer<ReturnRequestTexts> texts)
        : base(fields)
    {
        YesOrNo(x => x.Doa, () => texts["Doa.Missing"]);
        When(x => x.Doa == FormInput.No, () => Text(x => x.Reason, () => texts["Reason.Missing"], Core.Dossiers.ReturnRequest.ReasonMaxLength));
        YesOrNo(x => x.Sold, () => fields["Sold.Missing"]);
        YesOrNo(x => x.Damaged, () => fields["Damaged.Missing"]);
        Evidence(x => x.PurchaseDate, x => x);
        Text(x => x.Description, () => texts["Description.Missing"], Core.Dossiers.ReturnRequest.DescriptionMaxLength);
        RuleFor(x => x.BranchId).Must((x, _) => ((IBranchInput)x).ChosenBranch is not null).WithMessage(_ => fields["Branch.Missing"]);
        ReadyFrom(x => x.ReadyFrom, x => x.Today);
        Reference();
    }
}
