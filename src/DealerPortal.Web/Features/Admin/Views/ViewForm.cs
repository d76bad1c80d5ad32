using DealerPortal.Core.Dossiers.Queue;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Views;

/// <summary>A view's name, and for a new one the queue's query that it keeps.</summary>
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
            .MaximumLength(QueueView.NameMaxLength).WithMessage(_ => t["Name.TooLong", QueueView.NameMaxLength]);
        RuleFor(v => v.Query).MaximumLength(QueueView.QueryMaxLength).WithMessage(_ => t["Query.TooLong"]).OverridePropertyName(v => v.Name);
    }
}

/// <param name="Saving">The view that is to be kept, with what was typed; null where none is.</param>
public sealed record ViewsPage(IReadOnlyList<QueueView> Own, ViewForm? Saving);
