using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Web.Features.Admin.Queue;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Bulk;

/// <summary>What a step will do, dossier by dossier, before it is taken.</summary>
/// <param name="Step">Null while something is to be chosen.</param>
/// <param name="Unknown">Numbers of which there is no dossier.</param>
public sealed record BulkPreview(
    BulkForm Form, BulkStep? Step, IReadOnlyList<BulkRow> Rows, IReadOnlyList<string> Unknown, IReadOnlyList<StaffMember> Staff, IReadOnlyList<AnswerTemplate> Templates)
{
    public AnswerTemplate? Template => Templates.FirstOrDefault(template => template.Id == Form.TemplateId);

    public IReadOnlyList<string> Numbers => [.. Rows.Select(row => row.Number), .. Unknown];

    public BulkOutcome? OutcomeOf(BulkRow row) => Step is null ? null : BulkHandling.Foresee(row, Step);

    public bool IsTicked(BulkRow row) => Form.Pick is null || Form.Pick.Any(pick => pick.StartsWith(row.Number + ":", StringComparison.Ordinal));
}

/// <summary>What became of each dossier.</summary>
/// <param name="Unfinished">Those that can be tried again.</param>
/// <param name="From">The list that they were taken from.</param>
public sealed record BulkReport(BulkRun Run, IReadOnlyList<BulkResult> Results, IReadOnlyList<string> Unfinished, QueueQuery From)
{
    public int DoneCount => Results.Count(result => result.Outcome is BulkOutcome.Done);
}

public sealed class BulkFormValidator : AbstractValidator<BulkForm>
{
    public BulkFormValidator(IStringLocalizer<BulkTexts> t)
    {
        RuleFor(b => b.Pick).Must((b, _) => b.Targets.Count > 0).WithMessage(_ => t["Pick.Missing"]);
        RuleFor(b => b.To).Must((b, _) => !string.IsNullOrEmpty(b.To)).When(b => b.Kind == BulkStepKind.Assign).WithMessage(_ => t["To.Missing"]);
        RuleFor(b => b.Status).Must((b, _) => b.StatusValue is not null).When(b => b.Kind == BulkStepKind.ChangeStatus).WithMessage(_ => t["Status.Missing"]);
        RuleFor(b => b.Resolution).Must((b, _) => b.Reached is not null).When(b => b.Kind == BulkStepKind.Close && b.TemplateId is null).WithMessage(_ => t["Resolution.Missing"]);
        RuleFor(b => b.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().When(b => b.NeedsText, ApplyConditionTo.CurrentValidator).WithMessage(_ => t["Text.Missing"])
            .MaximumLength(Dossier.ResolutionTextMaxLength).WithMessage(_ => t["Text.TooLong", Dossier.ResolutionTextMaxLength]);
    }
}
