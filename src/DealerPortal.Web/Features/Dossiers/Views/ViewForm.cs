using DealerPortal.Core.Dossiers.Lists;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Views;

/// <summary>A view's name, and for a new one the list's query that it keeps.</summary>
public sealed class ViewForm
{
    public string? Name { get; set => field = value?.Trim(); }
    public string? Query { get; set; }
}

public sealed class ViewFormValidator : AbstractValidator<ViewForm>
{
    public ViewFormValidator(IStringLocalizer<ViewsTexts> t)
    {
        RuleFor(v => v.Name).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => t["Name.Missing"])
            .MaximumLength(SavedView.NameMaxLength).WithMessage(_ => t["Name.TooLong", SavedView.NameMaxLength]);
        RuleFor(v => v.Query).MaximumLength(SavedView.QueryMaxLength).WithMessage(_ => t["Query.TooLong"]).OverridePropertyName(v => v.Name);
    }
}
