using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.TechnicalQuestion;

/// <summary>The technical question.</summary>
public sealed class TechnicalQuestionForm(
    PortalDbContext db, IValidator<TechnicalQuestionInput> validator, IStringLocalizer<FieldTexts> fields, IStringLocalizer<TechnicalQuestionTexts> texts) : DeviceForm<TechnicalQuestionInput>(db, fields)
{
    public override string Slug => "technical-question";
    public override DossierType Type => DossierType.TechnicalQuestion;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "help-circle";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => "~/Features/Dossiers/New/TechnicalQuestion/TechnicalQuestion.cshtml";

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(TechnicalQuestionInput.ModelCode), [nameof(TechnicalQuestionInput.ModelCode), nameof(TechnicalQuestionInput.SerialNumber)]),
        new(texts["Section.Question"], nameof(TechnicalQuestionInput.Subject), [nameof(TechnicalQuestionInput.Subject), nameof(TechnicalQuestionInput.Question), DraftController.FilesField]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var answers = Answers(source, mode);
        if (mode == CopyMode.NextLikeThis)
            return answers;
        var details = await Db.Set<Core.Dossiers.TechnicalQuestion>().AsNoTracking().SingleAsync(q => q.DossierId == source.Id, ct);
        answers[nameof(TechnicalQuestionInput.Subject)] = details.Subject;
        answers[nameof(TechnicalQuestionInput.Question)] = details.Question;
        return answers;
    }

    protected override async Task<TechnicalQuestionInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) =>
        new() { Notify = await Db.NotifyDefaultAsync(person, ct) };

    protected override Task<ValidationResult> ValidateAsync(TechnicalQuestionInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(TechnicalQuestionInput input) => Filed(input, dossier => new Core.Dossiers.TechnicalQuestion
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        Subject = FormInput.TextOf(input.Subject)!,
        Question = FormInput.TextOf(input.Question)!,
    });
}
